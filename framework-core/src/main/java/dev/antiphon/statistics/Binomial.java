package dev.antiphon.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/** Intervals of one rate, for one planned look. One-sided bounds put all of {@code alpha} on their side. */
public enum Binomial {
    /** The score interval of Wilson (1927): the usual one. */
    WILSON {
        @Override
        double low(long successes, long n, double tail) {
            return wilson(successes, n, -Normal.exceededBy(tail));
        }

        @Override
        double high(long successes, long n, double tail) {
            return wilson(successes, n, Normal.exceededBy(tail));
        }
    },
    /** The exact one of Clopper and Pearson: never too narrow, often wider than it must be. */
    CLOPPER_PEARSON {
        @Override
        double low(long successes, long n, double tail) {
            return successes == 0
                    ? 0
                    : BetaDistribution.of(successes, n - successes + 1.0).inverseCumulativeProbability(tail);
        }

        @Override
        double high(long successes, long n, double tail) {
            return successes == n
                    ? 1
                    : BetaDistribution.of(successes + 1.0, (double) n - successes)
                            .inverseSurvivalProbability(tail);
        }
    },
    /** Quantiles of the posterior with the prior of Jeffreys. */
    JEFFREYS {
        @Override
        double low(long successes, long n, double tail) {
            return successes == 0 ? 0 : posterior(successes, n).inverseCumulativeProbability(tail);
        }

        @Override
        double high(long successes, long n, double tail) {
            return successes == n ? 1 : posterior(successes, n).inverseSurvivalProbability(tail);
        }
    };

    abstract double low(long successes, long n, double tail);

    abstract double high(long successes, long n, double tail);

    /** Half of {@code alpha} on each side. Of no units, everything is possible. */
    public Interval interval(long successes, long n, double alpha) {
        check(successes, n, alpha);
        return n == 0
                ? new Interval(0, 1)
                : new Interval(low(successes, n, alpha / 2), high(successes, n, alpha / 2)).within(0, 1);
    }

    /** The rate is at least this. */
    public double lowerBound(long successes, long n, double alpha) {
        check(successes, n, alpha);
        return n == 0 ? 0 : Math.clamp(low(successes, n, alpha), 0, 1);
    }

    /** The rate is at most this. */
    public double upperBound(long successes, long n, double alpha) {
        check(successes, n, alpha);
        return n == 0 ? 1 : Math.clamp(high(successes, n, alpha), 0, 1);
    }

    private static void check(long successes, long n, double alpha) {
        Checks.successes(successes, n);
        Checks.alpha(alpha);
    }

    private static double wilson(long successes, long n, double z) {
        double rate = (double) successes / n;
        double square = z * z;
        double centre = (rate + square / (2 * n)) / (1 + square / n);
        double half = z * Math.sqrt(rate * (1 - rate) / n + square / (4.0 * n * n)) / (1 + square / n);
        return centre + half;
    }

    private static BetaDistribution posterior(long successes, long n) {
        return BetaDistribution.of(successes + 0.5, n - successes + 0.5);
    }
}
