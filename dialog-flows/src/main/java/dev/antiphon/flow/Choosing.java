package dev.antiphon.flow;

import dev.antiphon.flow.DialogueAct.Unusable;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.tier.Struggle.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Leaves a question to the model where several approved answers may fit: nothing is said, the model is given the entries'
 * questions by number and calls again with the one that the caller means, or with none. What was to be said beside the answer
 * is kept until then.
 */
final class Choosing {
    /** Enough to tell entries apart. */
    private static final int MOST_QUESTIONS = 3;

    private static final String TOPIC = "choice of an answer";

    private Choosing() {}

    /** The caller's turn begins: what was kept for the model's choice is said, whether it has chosen or not. */
    static void begin(Turn turn) {
        turn.state.inquiry().choice().ifPresent(open -> {
            turn.say(open.before());
            if (turn.meant.chooses()) {
                turn.state = turn.state.with(turn.state.inquiry().with(open.saying(Utterance.NOTHING, open.inFull())));
            } else {
                turn.leftOpen(open.question());
                turn.state = turn.state.with(turn.state.inquiry().closed());
            }
        });
    }

    /** Whether the model is to choose before anything is said. */
    static boolean isOpen(Turn turn) {
        return turn.state.inquiry().choice().isPresent() && turn.state.phase() != Phase.ENDED;
    }

    /** Leaves a question to the model, unless it was left so much already or another call waits; whether it is left. */
    static boolean leave(Turn turn, String question, List<Faq.Hit> hits) {
        Inquiry inquiry = turn.state.inquiry();
        if (!turn.mayChoose(question)
                || inquiry.choice().isPresent()
                || inquiry.rounds() >= Inquiry.MOST_ROUNDS
                || !turn.state.effects().held().isEmpty()) {
            return false;
        }
        List<String> entries = hits.stream()
                .map(hit -> hit.entry().questions().getFirst())
                .distinct()
                .toList();
        turn.state = turn.state.with(inquiry.choosing(question, entries));
        return true;
    }

    /** Takes the words of the turn back until the model has chosen; what it chooses from, by number. */
    static Map<Integer, String> offered(Turn turn) {
        Inquiry inquiry = turn.state.inquiry();
        Inquiry.Choice open = inquiry.choice().orElseThrow();
        boolean inFull = turn.takePostponed()
                .filter(wording -> wording == Questions.Wording.FULL)
                .isPresent();
        turn.state = turn.state.with(inquiry.with(open.saying(turn.takeWords(), open.inFull() || inFull)));
        Map<Integer, String> described = new LinkedHashMap<>();
        open.numbers()
                .forEach((number, first) -> described.put(
                        number, entry(turn, first).map(Choosing::described).orElse(first)));
        return described;
    }

    /** What has come of something meanwhile is said before the chosen answer, and what is open asked after it. */
    static void keep(Turn turn) {
        Inquiry.Choice open = turn.state.inquiry().choice().orElseThrow();
        Utterance words = turn.takeWords();
        String question = Questions.inFull(turn);
        boolean asks = !question.isEmpty() && words.text().endsWith(question);
        String text = asks ? words.text().substring(0, words.text().length() - question.length()) : words.text();
        Utterance before = new Utterance(
                (open.before().text() + " " + text).strip(),
                open.before().verbatim() || words.verbatim(),
                open.before().interruptible() && words.interruptible());
        turn.state = turn.state.with(turn.state.inquiry().with(open.saying(before, open.inFull() || asks)));
        if (asks) {
            turn.state = turn.state.with(turn.state.repair().asking(""));
        }
    }

    private static String described(FaqEntry entry) {
        return entry.questions().stream().limit(MOST_QUESTIONS).collect(Collectors.joining(" / "));
    }

    /** The model has chosen. */
    static void choose(Turn turn, int number, String question) {
        Optional<Inquiry.Choice> choice = turn.state.inquiry().choice();
        if (choice.isEmpty()) {
            if (number == 0 && !question.isBlank()) {
                Answering.question(turn, question);
            } else {
                Repairing.unusable(
                        turn,
                        new Unusable(
                                "entry must be one that the last answer listed, but it listed none; call ask with the"
                                        + " caller's question alone",
                                false));
            }
            return;
        }
        Inquiry.Choice open = choice.get();
        Optional<FaqEntry> chosen = open.entry(number).flatMap(first -> entry(turn, first));
        if (chosen.isPresent()) {
            close(turn, open);
            Answering.entry(turn, chosen.get());
        } else if (number == 0 || open.failed()) {
            close(turn, open);
            Answering.otherwise(turn, open.question());
        } else {
            turn.struggle(Signal.TOOL_ERROR, TOPIC);
            turn.error("entry must be one of " + open.numbers().keySet() + " or 0, but was " + number);
            turn.state = turn.state.with(turn.state.inquiry().with(open.missed()));
        }
    }

    private static void close(Turn turn, Inquiry.Choice open) {
        turn.state = turn.state.with(turn.state.inquiry().closed());
        if (open.inFull()) {
            turn.progressed = true;
            Questions.proceed(turn);
        }
    }

    /** The caller has waited in vain for the model to choose: the best entry is said, or that there is none. */
    static boolean settledAlone(Turn turn) {
        Optional<Inquiry.Choice> choice = turn.state.inquiry().choice();
        choice.ifPresent(open -> {
            turn.struggle(Signal.STALLED, TOPIC);
            turn.say(open.before());
            turn.state = turn.state.with(turn.state.inquiry().closed());
            Answering.byScore(turn, open.question());
            turn.speak();
        });
        return choice.isPresent();
    }

    /** Where the last answer comes from, when that is asked. */
    static Optional<String> source(Turn turn, String question) {
        return Optional.of(turn.state.inquiry().answered())
                .filter(first -> !first.isEmpty()
                        && turn.language().cues().source().matcher(question).find())
                .flatMap(first -> entry(turn, first))
                .map(entry -> entry.source()
                        .map(source -> turn.text(Phrase.SOURCE, "source", source.replaceFirst("[.]$", "")))
                        .orElseGet(() -> turn.text(Phrase.NO_SOURCE)));
    }

    private static Optional<FaqEntry> entry(Turn turn, String firstQuestion) {
        return turn.flow.faq().flatMap(faq -> faq.entry(firstQuestion));
    }
}
