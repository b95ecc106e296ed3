package dev.antiphon.aftercall;

import dev.antiphon.tool.GrowingPause;
import java.time.Duration;

/**
 * How tasks after calls run on a node. Immutable.
 *
 * @param maxRunning attempts at once, of all tasks, at least 1; default 8
 * @param maxWaiting tasks that are not done, pauses included, at least 1; what comes beyond is a dead letter at once; default 1,000
 * @param attempts until it is a dead letter, at least 1; default 12
 * @param pause between them; default 2 s, doubled up to 5 min: about 24 min for all
 * @param timeout for one attempt, which is interrupted then and counts as failed; default 60 s
 */
public record AfterCallSettings(int maxRunning, int maxWaiting, int attempts, GrowingPause pause, Duration timeout) {
    public AfterCallSettings {
        atLeastOne("maxRunning", maxRunning);
        atLeastOne("maxWaiting", maxWaiting);
        atLeastOne("attempts", attempts);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "the timeout of a task after calls must be positive, but was " + timeout);
        }
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be 1 or more, but was " + value);
        }
    }

    /** The defaults. */
    public static AfterCallSettings defaults() {
        return new AfterCallSettings(
                8, 1_000, 12, new GrowingPause(Duration.ofSeconds(2), Duration.ofMinutes(5)), Duration.ofSeconds(60));
    }

    /** A copy with other bounds. */
    public AfterCallSettings withBounds(int running, int waiting) {
        return new AfterCallSettings(running, waiting, attempts, pause, timeout);
    }

    /** A copy that tries otherwise. */
    public AfterCallSettings withAttempts(int most, GrowingPause between) {
        return new AfterCallSettings(maxRunning, maxWaiting, most, between, timeout);
    }

    /** A copy with another time for one attempt. */
    public AfterCallSettings withTimeout(Duration other) {
        return new AfterCallSettings(maxRunning, maxWaiting, attempts, pause, other);
    }
}
