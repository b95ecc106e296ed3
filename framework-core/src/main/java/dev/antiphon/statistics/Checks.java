package dev.antiphon.statistics;

/** What the formulas ask of their input. */
final class Checks {
    private Checks() {}

    static void alpha(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be between 0 and 1, but was " + alpha);
        }
    }

    static void successes(long successes, long n) {
        if (successes < 0 || n < successes) {
            throw new IllegalArgumentException(
                    "successes must be from 0 to the number of units, but were " + successes + " of " + n);
        }
    }

    static void atLeastOne(String what, double value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException(what + " must be 1 or more, but was " + value);
        }
    }

    static void positive(String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(what + " must be more than 0, but was " + value);
        }
    }

    static void probability(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be from 0 to 1, but was " + value);
        }
    }
}
