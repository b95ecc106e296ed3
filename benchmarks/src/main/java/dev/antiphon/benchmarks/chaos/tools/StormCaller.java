package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.CallerScript.Answer;
import dev.antiphon.testkit.caller.CallerScript.Condition;
import dev.antiphon.testkit.caller.CallerScript.Deed;
import dev.antiphon.testkit.caller.CallerScript.Step;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the callers of the storm want: a visit, and something else on the way. */
final class StormCaller {
    private static final String WISH = "A cleaning next Tuesday at three, I'm Anna Miller, my number is 415 555 0132.";

    private StormCaller() {}

    static CallerScript script(Call call) {
        boolean first = call.asks == Call.Asks.FIRST;
        List<Answer> answers = new ArrayList<>();
        answers.add(say("No, that is all. Thank you, goodbye.", 3, "anything else"));
        if (call.strike == Strike.MODEL_CALLS_IT_AGAIN_LATER) {
            answers.add(say(call.question.words(), 1, call.question.answer().strip()));
        }
        if (!first) {
            answers.add(say(call.question.words(), 1, "shall i book it"));
        }
        if (first) {
            answers.add(say(WISH, 1, call.question.answer().strip(), "did not work", "a little longer", "too long"));
        }
        answers.addAll(rest());
        return script(first ? call.question.words() : WISH, answers);
    }

    /** Of a caller who was cut off and rings again. */
    static CallerScript again() {
        List<Answer> answers = new ArrayList<>();
        answers.add(say("No, that is all. Thank you, goodbye.", 3, "anything else"));
        answers.addAll(rest());
        return script("Hello, we were cut off.", answers);
    }

    private static CallerScript script(String opening, List<Answer> answers) {
        return new CallerScript(
                "storm",
                "Wants a visit while everything goes wrong.",
                ExpectedOutcome.COMPLETED,
                false,
                List.of(new Step(new Deed.Say(opening), Condition.ALWAYS, Optional.empty())),
                answers,
                Optional.empty());
    }

    private static List<Answer> rest() {
        return List.of(
                say("At four, please.", 2, "like to change"),
                say("Yes, please.", 8, "shall i", "try again", "book it", "is that right", "correct?"),
                say("A cleaning, please.", 4, "cleaning", "what kind", "how can i", "which service"),
                say("415 555 0132", 4, "phone"),
                say("Anna Miller", 4, "name"),
                say("At three.", 4, "time"),
                say("Next Tuesday.", 4, "day"),
                say(WISH, 3, "say that again", "in other words", "help you"),
                say("Yes, please, book it.", 4, answersOfTools()),
                say("Please go on.", 2, "did not work", "a little longer", "too long"));
    }

    private static String[] answersOfTools() {
        List<String> words = new ArrayList<>();
        for (Question question : Question.values()) {
            words.add(question.answer().strip().toLowerCase(Locale.ROOT));
        }
        return words.toArray(String[]::new);
    }

    private static Answer say(String words, int times, String... when) {
        return new Answer(new Deed.Say(words), new Condition(List.of(when), List.of()), times);
    }
}
