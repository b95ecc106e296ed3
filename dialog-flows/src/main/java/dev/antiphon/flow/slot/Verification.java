package dev.antiphon.flow.slot;

import java.time.Duration;

/**
 * An author's rule that may wait for others, for example a booking system.
 *
 * @param rule what is asked
 * @param limit how long it may take
 */
record Verification<T>(Check<T> rule, Duration limit) {
    /** As long as a caller waits on the telephone without a word. */
    static final Duration USUAL_LIMIT = Duration.ofSeconds(3);

    Verification {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("the limit of verify(...) must be positive, but was " + limit);
        }
    }
}
