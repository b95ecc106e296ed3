package dev.antiphon.testkit.caller;

import java.time.Duration;

/**
 * How quickly a simulated caller reacts.
 *
 * @param reaction from the end of a question to the answer
 * @param patience from the end of words that are no question to the caller's next words, since more may come
 * @param opening from the start of the call to the caller's first words when the agent says nothing
 */
public record CallerPace(Duration reaction, Duration patience, Duration opening) {
    public CallerPace {
        notNegative("reaction", reaction);
        notNegative("patience", patience);
        notNegative("opening", opening);
    }

    /** 300 ms, 2 s, 2 s. */
    public static CallerPace defaults() {
        return new CallerPace(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but was " + value);
        }
    }
}
