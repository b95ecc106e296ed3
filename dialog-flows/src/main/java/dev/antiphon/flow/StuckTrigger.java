package dev.antiphon.flow;

/** When a caller counts as stuck. */
public sealed interface StuckTrigger {
    /** How often in a row, from 1. */
    int times();

    /** The caller was not understood; or a value could not be checked. */
    record NoMatch(int times) implements StuckTrigger {
        public NoMatch {
            positive(times);
        }
    }

    /** Values for one slot were not possible. */
    record Rejected(int times) implements StuckTrigger {
        public Rejected {
            positive(times);
        }
    }

    /** The caller said nothing. */
    record NoInput(int times) implements StuckTrigger {
        public NoInput {
            positive(times);
        }
    }

    /**
     * One slot was asked for in vain, for any of these reasons, or because the caller said no to values that were asked back more than
     * once; the first such no only tells that the caller was misheard.
     */
    record Attempts(int times) implements StuckTrigger {
        public Attempts {
            positive(times);
        }
    }

    private static void positive(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("a stuck trigger's times must be at least 1, but was " + times);
        }
    }
}
