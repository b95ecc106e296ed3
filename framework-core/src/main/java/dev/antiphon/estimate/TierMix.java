package dev.antiphon.estimate;

/**
 * How calls are divided between the lower and the upper tier of a ladder, and how often they reach their goal.
 *
 * @param startUpper share of calls that begin on the upper tier
 * @param escalate share of those on the lower tier that move up
 * @param escalateAt after which part of its turns a call moves, between 0 and 1
 * @param lowerCompletes share that completes of calls that stay on the lower tier
 * @param upperCompletes share that completes of calls that begin on the upper tier
 * @param escalatedCompletes share that completes of calls that moved
 */
public record TierMix(
        double startUpper,
        double escalate,
        double escalateAt,
        double lowerCompletes,
        double upperCompletes,
        double escalatedCompletes) {
    public TierMix {
        Shares.check(startUpper, "startUpper");
        Shares.check(escalate, "escalate");
        Shares.check(escalateAt, "escalateAt");
        Shares.check(lowerCompletes, "lowerCompletes");
        Shares.check(upperCompletes, "upperCompletes");
        Shares.check(escalatedCompletes, "escalatedCompletes");
    }

    /** All begin on the lower tier, 10 % move up at half of their turns; 85 %, 92 % and 70 % complete. Assumptions: measure yours. */
    public static TierMix defaults() {
        return new TierMix(0, 0.10, 0.5, 0.85, 0.92, 0.70);
    }

    /** The share of all calls that completes. */
    public double completes() {
        double lower = 1 - startUpper;
        return startUpper * upperCompletes
                + lower * (1 - escalate) * lowerCompletes
                + lower * escalate * escalatedCompletes;
    }
}
