package dev.antiphon.testkit.caller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a simulated caller wants and how it reacts.
 *
 * <p>Whenever the agent has finished, the caller takes the next of its {@link #steps()} if the agent's words allow it, else the
 * first of its {@link #answers()} that fits and is not used up, else {@link #otherwise()}, else it waits. So a script says what
 * the caller wants to happen in order, and leaves the order of questions to the agent.
 *
 * @param name short and unique, for example {@code happy}
 * @param description one sentence for people
 * @param expected how the call must end
 * @param tierChange whether the call is expected to move to another model tier
 * @param steps what the caller does in order, each once
 * @param answers how the caller reacts to the agent's words
 * @param otherwise what the caller says to a question that nothing fits, at most {@value #MOST_OTHERWISE} times
 * @param mayBeTakenOver whether a call that a person took over is as good as the expected one
 */
public record CallerScript(
        String name,
        String description,
        ExpectedOutcome expected,
        boolean tierChange,
        List<Step> steps,
        List<Answer> answers,
        Optional<String> otherwise,
        boolean mayBeTakenOver) {
    /** How often {@link #otherwise()} is said. */
    public static final int MOST_OTHERWISE = 3;

    public CallerScript {
        steps = List.copyOf(steps);
        answers = List.copyOf(answers);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (steps.isEmpty() && answers.isEmpty()) {
            throw new IllegalArgumentException("a script must have at least one step or answer, but has none");
        }
    }

    /** A script whose call must end as expected. */
    public CallerScript(
            String name,
            String description,
            ExpectedOutcome expected,
            boolean tierChange,
            List<Step> steps,
            List<Answer> answers,
            Optional<String> otherwise) {
        this(name, description, expected, tierChange, steps, answers, otherwise, false);
    }

    /**
     * A script that says these lines one after the other, each when the agent has finished. It expects a completed call, and accepts
     * one that a person took over.
     */
    public static CallerScript ofLines(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        for (String line : lines) {
            steps.add(new Step(new Deed.Say(line), Condition.ALWAYS, Optional.empty()));
        }
        return new CallerScript(
                "lines",
                "Says the given lines in order.",
                ExpectedOutcome.COMPLETED,
                false,
                steps,
                List.of(),
                Optional.empty(),
                true);
    }

    /** Whether a call may end so. */
    public boolean accepts(ExpectedOutcome outcome) {
        return outcome == expected || (mayBeTakenOver && outcome == ExpectedOutcome.HANDED_OVER);
    }

    /** The same script with another expected outcome, and no other is as good. */
    public CallerScript expecting(ExpectedOutcome outcome) {
        return new CallerScript(name, description, outcome, tierChange, steps, answers, otherwise);
    }

    /** Everything that the caller may say, for recognisers. */
    public List<String> allWords() {
        List<String> words = new ArrayList<>();
        steps.forEach(step -> step.deed().words().ifPresent(words::add));
        answers.forEach(answer -> answer.deed().words().ifPresent(words::add));
        otherwise.ifPresent(words::add);
        return words;
    }

    /** What a caller can do. */
    public sealed interface Deed {
        /** Says something. */
        record Say(String text) implements Deed {
            public Say {
                if (text.isBlank()) {
                    throw new IllegalArgumentException("what a caller says must not be blank");
                }
            }
        }

        /** Says nothing for a while, whatever the agent says. */
        record StaySilent(Duration time) implements Deed {}

        /** Ends the call. */
        record HangUp() implements Deed {}

        /** The words of a {@link Say}. */
        default Optional<String> words() {
            return this instanceof Say say ? Optional.of(say.text()) : Optional.empty();
        }
    }

    /**
     * Whether the agent's words call for something. Looks at the last question of the agent, or at all its words when it asked
     * nothing; upper and lower case are the same.
     *
     * @param when one of these must be contained, unless there are none
     * @param unless none of these may be contained
     */
    public record Condition(List<String> when, List<String> unless) {
        /** Fits all words. */
        public static final Condition ALWAYS = new Condition(List.of(), List.of());

        public Condition {
            when = List.copyOf(when);
            unless = List.copyOf(unless);
        }

        boolean holds(String agentWords) {
            String words = lastQuestion(agentWords).toLowerCase(Locale.ROOT);
            return (when.isEmpty() || when.stream().anyMatch(each -> words.contains(each.toLowerCase(Locale.ROOT))))
                    && unless.stream().noneMatch(each -> words.contains(each.toLowerCase(Locale.ROOT)));
        }

        private static String lastQuestion(String agentWords) {
            String[] sentences = agentWords.strip().split("(?<=[.?!])\\s+");
            for (int i = sentences.length - 1; i >= 0; i--) {
                if (sentences[i].endsWith("?")) {
                    return sentences[i];
                }
            }
            return agentWords;
        }
    }

    /**
     * One thing that the caller does once.
     *
     * @param bargeInAfter start after so much of the agent's utterance was heard, instead of waiting for its end
     */
    public record Step(Deed deed, Condition condition, Optional<Duration> bargeInAfter) {}

    /**
     * A reaction to words of the agent.
     *
     * @param times how often it may be used, at least 1
     */
    public record Answer(Deed deed, Condition condition, int times) {
        public Answer {
            if (times < 1) {
                throw new IllegalArgumentException("times must be at least 1, but was " + times);
            }
        }
    }
}
