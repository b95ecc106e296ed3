package dev.antiphon.experiment;

import java.util.OptionalLong;

/**
 * What an experiment asks, and how long it waits for the answer.
 *
 * @param question what is to be shown
 * @param horizon units of each arm at which the planned look is taken; empty for none, then only the sequence decides
 * @param expected units of each arm that are expected when there is no horizon; empty when that is not known
 * @param margin how much less completion is still no difference, as a share; default 0.03
 * @param watchAlpha how often, at most, watching misleads; default 0.01 with a horizon, 0.05 without
 * @param lookAlpha the same of the planned look; default 0.04
 */
public record Plan(
        Question question,
        OptionalLong horizon,
        OptionalLong expected,
        double margin,
        double watchAlpha,
        double lookAlpha) {
    /** What can be asked. */
    public enum Question {
        /** Is an arm better, or worse? */
        DIFFERENCE,
        /** Does an arm cost less without completing less, give or take the margin? The question of tiers. */
        NON_INFERIORITY
    }

    /** Where the sequence is tightest when nothing is known. */
    private static final double UNKNOWN_TIGHTEST = 5_000;

    private static final double MOST_ALPHA = 0.2;

    public Plan {
        horizon.ifPresent(n -> atLeast("the horizon", n));
        expected.ifPresent(n -> atLeast("the expected units", n));
        if (!(margin > 0 && margin < 1)) {
            throw new IllegalArgumentException("the margin must be above 0 and below 1, but was " + margin);
        }
        alpha("alpha for watching", watchAlpha);
        if (horizon.isPresent()) {
            alpha("alpha for the planned look", lookAlpha);
        }
    }

    private static void atLeast(String what, long units) {
        if (units < Hybrid.LEAST_UNITS) {
            throw new IllegalArgumentException(
                    what + " must be " + Hybrid.LEAST_UNITS + " or more units an arm, but were " + units);
        }
    }

    private static void alpha(String what, double value) {
        if (!(value > 0 && value <= MOST_ALPHA)) {
            throw new IllegalArgumentException(
                    what + " must be above 0 and at most " + MOST_ALPHA + ", but was " + value);
        }
    }

    /** The usual levels: watched at 0.01, one look at 0.04. */
    public static Plan upTo(long horizon) {
        return new Plan(Question.DIFFERENCE, OptionalLong.of(horizon), OptionalLong.empty(), 0.03, 0.01, 0.04);
    }

    /** Watched without end, at 0.05. */
    public static Plan openEnded() {
        return new Plan(Question.DIFFERENCE, OptionalLong.empty(), OptionalLong.empty(), 0.03, 0.05, 0.04);
    }

    /** Asks for non-inferiority instead. */
    public Plan nonInferior(double within) {
        return new Plan(Question.NON_INFERIORITY, horizon, expected, within, watchAlpha, lookAlpha);
    }

    /** The number of units of two arms together at which the sequence is tightest: a quarter of those that are planned. */
    double tightest() {
        return horizon.isPresent()
                ? Math.max(1, horizon.getAsLong() / 2.0)
                : expected.isPresent() ? 2.0 * expected.getAsLong() : UNKNOWN_TIGHTEST;
    }

    /** How often, at most, its answers are wrong in all. */
    public double alpha() {
        return horizon.isPresent() ? watchAlpha + lookAlpha : watchAlpha;
    }
}
