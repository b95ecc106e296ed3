package dev.antiphon.realtime;

import java.util.Optional;

/** What becomes of the oldest items when the context is full (protocol section 7). */
public sealed interface Truncation {

    /** The service drops as much as it must; the default. */
    record Auto() implements Truncation {}

    /** The response fails. */
    record Disabled() implements Truncation {}

    /**
     * More is dropped than must be, so that cached prefixes stay valid for longer.
     *
     * @param ratio of the limit that is kept, 0 to 1
     * @param postInstructionTokens the limit itself, without the instructions; empty: the model's
     */
    record RetentionRatio(double ratio, Optional<Integer> postInstructionTokens) implements Truncation {
        public RetentionRatio {
            if (!(ratio >= 0 && ratio <= 1)) {
                throw new IllegalArgumentException("retention ratio must be between 0 and 1, but was " + ratio);
            }
        }
    }
}
