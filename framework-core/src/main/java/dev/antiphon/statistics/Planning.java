package dev.antiphon.statistics;

import org.apache.commons.numbers.rootfinder.BrentSolver;

/** How many units an arm needs until a difference of two rates shows, for one planned look. */
public final class Planning {
    private static final double MOST_UNITS = 1e12;

    private Planning() {}

    /**
     * The chance to see the difference of two rates.
     *
     * @param n units of each arm, at least 1
     * @param alpha of both sides together
     */
    public static double power(double rateA, double rateB, double n, double alpha) {
        return power(rateA, rateB, n, alpha, false);
    }

    /** As {@link #power(double, double, double, double)}; with {@code strict}, a difference to the wrong side counts, too. */
    public static double power(double rateA, double rateB, double n, double alpha, boolean strict) {
        Checks.probability("a rate", rateA);
        Checks.probability("a rate", rateB);
        Checks.atLeastOne("the number of units of an arm", n);
        Checks.alpha(alpha);
        double both = (rateA + rateB) / 2;
        double expected = Normal.exceededBy(alpha / 2) * Math.sqrt(2 * both * (1 - both));
        double spread = Math.sqrt(rateA * (1 - rateA) + rateB * (1 - rateB));
        double shift = Math.sqrt(n) * Math.abs(rateA - rateB);
        double right = Normal.below((shift - expected) / spread);
        return strict ? right + Normal.below((-shift - expected) / spread) : right;
    }

    /**
     * Units of each arm until the difference shows with a chance of {@code power}; rounded up by whoever plans.
     *
     * @throws IllegalArgumentException when the rates are the same, or so close that more than 10^12 units were needed
     */
    public static double unitsPerArm(double rateA, double rateB, double alpha, double power) {
        Checks.probability("the power", power);
        if (power(rateA, rateB, MOST_UNITS, alpha) < power) {
            throw new IllegalArgumentException("no number of units shows a difference between " + rateA + " and "
                    + rateB + " with a chance of " + power);
        }
        if (power(rateA, rateB, 1, alpha) >= power) {
            return 1;
        }
        return new BrentSolver(1e-12, 1e-9, 1e-15).findRoot(n -> power(rateA, rateB, n, alpha) - power, 1, MOST_UNITS);
    }

    /**
     * Units of each arm until an arm of the same rate is seen to be at most {@code margin} below, one-sided (Chow, Shao and Wang, Sample
     * Size Calculations in Clinical Research, chapter 4).
     *
     * @param rate of both arms
     * @param margin above 0
     * @param alpha of the one side
     */
    public static double unitsPerArmNonInferior(double rate, double margin, double alpha, double power) {
        Checks.probability("a rate", rate);
        Checks.positive("the margin", margin);
        return 2 * rate * (1 - rate) * square(alpha, power) / (margin * margin);
    }

    /**
     * Units of each arm until a relative difference of two means shows, both sides together (the same, chapter 3).
     *
     * @param spread standard deviation of a unit, divided by the mean
     * @param difference relative to the mean, not 0
     */
    public static double unitsPerArmOfMeans(double spread, double difference, double alpha, double power) {
        Checks.positive("the spread", spread);
        Checks.positive("the size of the difference", Math.abs(difference));
        return 2 * spread * spread * square(alpha / 2, power) / (difference * difference);
    }

    private static double square(double tail, double power) {
        Checks.alpha(tail);
        Checks.alpha(1 - power);
        double sum = Normal.exceededBy(tail) + Normal.exceededBy(1 - power);
        return sum * sum;
    }
}
