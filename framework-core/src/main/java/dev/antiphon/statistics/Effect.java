package dev.antiphon.statistics;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How much one arm differs from another.
 *
 * @param estimate the difference, absolute or in parts of the first arm's mean
 * @param standardError of the estimate, more than 0
 * @param degreesOfFreedom by Welch and Satterthwaite
 * @param units of both arms
 */
public record Effect(double estimate, double standardError, double degreesOfFreedom, long units) {
    public Effect {
        Checks.positive("the standard error", standardError);
    }

    /** {@code b} minus {@code a}; empty as long as there is nothing to compare: an arm below two units, or no variation. */
    public static Optional<Effect> absolute(Sample a, Sample b) {
        return of(b.mean() - a.mean(), a.varianceOfMean() + b.varianceOfMean(), a, b);
    }

    /** {@code b} minus {@code a}, divided by {@code a}; empty also when {@code a} is 0 on average. By the delta method. */
    public static Optional<Effect> relative(Sample a, Sample b) {
        double base = a.base();
        if (base == 0) {
            return Optional.empty();
        }
        double estimate = (b.mean() - a.mean()) / Math.abs(base);
        double square = base * base;
        double variance = b.varianceOfMean() / square + a.varianceOfMean() * b.base() * b.base() / (square * square);
        return of(estimate, variance, a, b);
    }

    private static Optional<Effect> of(double estimate, double variance, Sample a, Sample b) {
        return a.n() < 2 || b.n() < 2 || !(variance > 0)
                ? Optional.empty()
                : Optional.of(new Effect(estimate, Math.sqrt(variance), freedom(a, b), a.n() + b.n()));
    }

    /** Always of the absolute variances. */
    private static double freedom(Sample a, Sample b) {
        double va = a.varianceOfMean();
        double vb = b.varianceOfMean();
        return (va + vb) * (va + vb) / (va * va / (a.n() - 1) + vb * vb / (b.n() - 1));
    }

    /** The interval for one planned look; half of {@code alpha} lies on each side. */
    public Interval welch(double alpha) {
        Checks.alpha(alpha);
        double t = TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha / 2);
        return Interval.around(estimate, t * standardError);
    }

    /** How probable so large a difference to either side is when there is none; for one planned look. */
    public double welchP() {
        return 2 * TDistribution.of(degreesOfFreedom).survivalProbability(Math.abs(estimate) / standardError);
    }
}
