package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Spoken;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Questions at any time: an approved answer, or what is known so far; then back to what was open. */
final class Answering {
    private Answering() {}

    static void question(Turn turn, String question) {
        Optional<FaqEntry> approved = turn.flow.faq().flatMap(faq -> faq.answer(question));
        String words = question.toLowerCase(Locale.ROOT);
        Optional<Utterance> answer = completion(turn, words)
                .or(() -> approved.map(entry -> new Utterance(entry.answer(), true)))
                .or(() -> offered(turn, words).map(told -> new Utterance(told, false)))
                .or(() -> known(turn, words).map(known -> new Utterance(known, false)));
        answer.ifPresent(turn::say);
        if (answer.isPresent()) {
            turn.state = turn.state.with(turn.state.repair().stuck().understood());
        } else if (Overriding.handles(turn, RepairPattern.OUT_OF_SCOPE)) {
            return;
        } else {
            unknown(turn);
        }
        if (turn.state.phase() == Phase.COLLECTING || turn.state.phase() == Phase.DONE) {
            Questions.resume(turn);
        }
    }

    /** What is known of a value: of what was offered or made last, else what the caller said. */
    static void about(Turn turn, String name, String question) {
        if (turn.state.phase() == Phase.RUNNING) {
            turn.state = turn.state.with(turn.state.agenda().asked(name));
            return;
        }
        if (tell(turn, name)) {
            Questions.resume(turn);
        } else if (!question.isBlank()) {
            question(turn, question);
        } else {
            turn.say(Phrase.UNKNOWN_VALUE);
            Questions.ask(turn, Questions.isIdle(turn) ? Questions.Wording.FULL : Questions.Wording.SHORT);
        }
    }

    /** Answers what was asked while something was being done. */
    static void waiting(Turn turn) {
        List<String> asked = turn.state.agenda().questions();
        turn.state = turn.state.with(turn.state.agenda().answered());
        asked.forEach(name -> tell(turn, name));
    }

    private static boolean tell(Turn turn, String name) {
        Optional<String> value = turn.state
                .agenda()
                .item()
                .flatMap(item -> item.find(name))
                .or(() -> turn.state.slots().find(name).map(SlotValues.Value::normal));
        value.ifPresent(normal -> {
            turn.does(new SystemAct.Informs(name, normal));
            turn.say(turn.told(name, value) + ".");
        });
        return value.isPresent();
    }

    /** An unanswered question leaves a caller who only came to ask with nothing: it counts as not understood. */
    private static void unknown(Turn turn) {
        turn.say(Phrase.NO_ANSWER);
        turn.flow
                .handOverTarget()
                .ifPresent(to -> turn.say(
                        Spoken.sentence(turn.text(Phrase.TARGET_MAY_KNOW, "target", Repairing.the(turn, to)))));
        if (turn.flow.slots().isEmpty()) {
            Repairing.unanswered(turn);
        }
    }

    /** What came of the finished task, in the author's own words. */
    private static Optional<Utterance> completion(Turn turn, String question) {
        return Optional.of(turn.state.repair().completion())
                .filter(words -> turn.state.phase() == Phase.DONE
                        && !words.text().isEmpty()
                        && turn.language().cues().result().matcher(question).find());
    }

    /** The first value of what was offered or made last that the question names. */
    private static Optional<String> offered(Turn turn, String question) {
        return turn.state.agenda().item().stream()
                .flatMap(item -> item.values().entrySet().stream())
                .filter(value -> mentions(question, turn.label(value.getKey())))
                .map(value -> turn.told(value.getKey(), Optional.of(value.getValue())) + ".")
                .findFirst();
    }

    private static Optional<String> known(Turn turn, String question) {
        List<Slot<?>> filled = turn.flow.slots().stream()
                .<Slot<?>>map(slot -> slot)
                .filter(slot -> turn.state.slots().has(slot.name()))
                .toList();
        List<Slot<?>> asked =
                filled.stream().filter(slot -> mentions(question, slot.label())).toList();
        if (!asked.isEmpty()) {
            return Optional.of(sentences(turn, asked));
        }
        if (!turn.language().cues().summary().matcher(question).find()) {
            return Optional.empty();
        }
        return Optional.of(filled.isEmpty() ? turn.text(Phrase.NOTHING_YET) : sentences(turn, filled));
    }

    private static boolean mentions(String question, String label) {
        return Pattern.compile(
                        "\\b" + Pattern.quote(label.toLowerCase(Locale.ROOT)) + "\\b", Pattern.UNICODE_CHARACTER_CLASS)
                .matcher(question)
                .find();
    }

    private static String sentences(Turn turn, List<Slot<?>> slots) {
        return Spoken.sentence(turn.language()
                        .all(slots.stream()
                                .map(slot -> turn.text(
                                        Phrase.VALUE_OF_SEVERAL,
                                        "label",
                                        slot.label(),
                                        "value",
                                        turn.spoken(slot).orElse("")))
                                .toList()))
                + ".";
    }
}
