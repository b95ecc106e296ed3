package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.TextPattern;
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
        String words = question.toLowerCase(Locale.ROOT);
        Optional<String> source = Choosing.source(turn, words);
        Optional<Utterance> news = completion(turn, words);
        if (source.isPresent() || news.isPresent()) {
            settle(turn, news.or(() -> source.map(told -> new Utterance(told, false))));
            return;
        }
        switch (turn.flow.faq().map(faq -> faq.find(question)).orElse(new Faq.Finding.None())) {
            case Faq.Finding.Clear clear -> entry(turn, clear.entry());
            case Faq.Finding.Unclear unclear -> {
                boolean unlike =
                        turn.flow.faq().flatMap(faq -> faq.answer(question)).isEmpty();
                if (unlike && told(turn, words).isPresent()) {
                    otherwise(turn, question);
                } else if (!Choosing.leave(turn, question, unclear.hits())) {
                    byScore(turn, question);
                }
            }
            case Faq.Finding.None none -> otherwise(turn, question);
        }
    }

    /** Answers without a model's choice: what the index finds best, if it is sure enough. */
    static void byScore(Turn turn, String question) {
        turn.flow
                .faq()
                .flatMap(faq -> faq.answer(question))
                .ifPresentOrElse(best -> entry(turn, best), () -> otherwise(turn, question));
    }

    /** The approved answer of an entry. */
    static void entry(Turn turn, FaqEntry entry) {
        turn.state =
                turn.state.with(turn.state.inquiry().answering(entry.questions().getFirst()));
        settle(turn, Optional.of(new Utterance(entry.answer(), true)));
    }

    /** No entry answers it: perhaps it is about what was offered or said so far. */
    static void otherwise(Turn turn, String question) {
        boolean isReadBack = turn.state
                .confirmation()
                .filter(open -> open.purpose() != FlowState.Purpose.CHANGE)
                .isPresent();
        if (isReadBack && isOfEarlier(turn, question)) {
            turn.state = turn.state.with(turn.state.repair().stuck().understood());
            Repairing.repeat(turn, "");
            return;
        }
        settle(turn, told(turn, question.toLowerCase(Locale.ROOT)).map(told -> new Utterance(told, false)));
    }

    /**
     * Whether it asks for what was before a change, and for no value that is called so: what is known now would be a wrong answer,
     * what is read back may name it.
     */
    private static boolean isOfEarlier(Turn turn, String question) {
        String words = question.toLowerCase(Locale.ROOT);
        Pattern earlier = turn.language().cues().earlier();
        return earlier.matcher(words).find()
                && turn.flow.slots().stream()
                        .map(slot -> turn.language().bare(slot.label()))
                        .noneMatch(label -> mentions(words, label)
                                && earlier.matcher(label.toLowerCase(Locale.ROOT))
                                        .find());
    }

    private static Optional<String> told(Turn turn, String question) {
        if (isOfEarlier(turn, question)) {
            return Optional.empty();
        }
        return offered(turn, question).or(() -> known(turn, question));
    }

    private static void settle(Turn turn, Optional<Utterance> answer) {
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
            Waiting.forAnswer(turn, name);
            return;
        }
        if (!isOfEarlier(turn, question) && tell(turn, name)) {
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
        Waiting.takeQuestions(turn).forEach(name -> tell(turn, name));
    }

    static boolean tell(Turn turn, String name) {
        Optional<String> value = turn.state
                .agenda()
                .item()
                .flatMap(item -> item.find(name))
                .or(() -> turn.state.slots().find(name).map(SlotValues.Value::normal));
        value.ifPresent(normal -> {
            turn.does(new SystemAct.Informs(name, normal));
            turn.say(TextPattern.withoutStop(turn.told(name, value)) + ".");
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
                .filter(value -> mentions(question, turn.language().bare(turn.label(value.getKey()))))
                .map(value -> TextPattern.withoutStop(turn.told(value.getKey(), Optional.of(value.getValue()))) + ".")
                .findFirst();
    }

    private static Optional<String> known(Turn turn, String question) {
        List<Slot<?>> filled = turn.flow.slots().stream()
                .<Slot<?>>map(slot -> slot)
                .filter(slot -> turn.state.slots().has(slot.name()))
                .toList();
        List<Slot<?>> asked = filled.stream()
                .filter(slot -> mentions(question, turn.language().bare(slot.label())))
                .toList();
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
        return Spoken.sentence(TextPattern.withoutStop(turn.language()
                        .all(slots.stream()
                                .map(slot -> turn.text(
                                        Phrase.VALUE_OF_SEVERAL,
                                        "label",
                                        slot.label(),
                                        "value",
                                        turn.spoken(slot).orElse("")))
                                .toList())))
                + ".";
    }
}
