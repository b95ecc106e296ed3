package dev.antiphon.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
final class Normal {
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private Normal() {}

    /** The share of values below. */
    static double below(double z) {
        return STANDARD.cumulativeProbability(z);
    }

    /** The density. */
    static double density(double z) {
        return STANDARD.density(z);
    }

    /** The value that {@code alpha} of all exceed. */
    static double exceededBy(double alpha) {
        return STANDARD.inverseSurvivalProbability(alpha);
    }
}
