package dev.antiphon.testkit.caller;

import java.time.Duration;

/**
 * How a simulated caller speaks. The chances are from 0 to 1 and drawn for each thing the caller wants.
 *
 * @param digression asks something else before answering
 * @param correction gives another value first, where the goal has one, and corrects it when it is read back
 * @param backChannel says "Mhm." before answering
 * @param silence says nothing for {@code pause} before answering
 * @param pause how long such a silence is
 * @param bargeIn cuts into the agent's first words
 */
public record SpeechHabits(
        double digression, double correction, double backChannel, double silence, Duration pause, double bargeIn) {
    public SpeechHabits {
        chance("digression", digression);
        chance("correction", correction);
        chance("backChannel", backChannel);
        chance("silence", silence);
        chance("bargeIn", bargeIn);
        if (pause.isNegative()) {
            throw new IllegalArgumentException("pause must not be negative, but was " + pause);
        }
    }

    /** Answers what was asked, at once. */
    public static SpeechHabits plain() {
        return new SpeechHabits(0, 0, 0, 0, Duration.ofSeconds(10), 0);
    }

    /** A little of everything. */
    public static SpeechHabits lively() {
        return new SpeechHabits(0.3, 0.3, 0.15, 0.1, Duration.ofSeconds(10), 0.3);
    }

    private static void chance(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, but was " + value);
        }
    }
}
