package dev.antiphon.estimate;

/** The rule for parts of a whole. */
final class Shares {
    private Shares() {}

    static double check(double share, String name) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, but was " + share);
        }
        return share;
    }
}
