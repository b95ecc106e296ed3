package dev.antiphon.statistics;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * What is believed of one rate: a beta distribution. Descriptive: what it says of a comparison is not protected against being
 * looked at again and again.
 *
 * @param alpha prior plus successes, more than 0
 * @param beta prior plus failures, more than 0
 */
public record BetaPosterior(double alpha, double beta) {
    public BetaPosterior {
        Checks.positive("alpha", alpha);
        Checks.positive("beta", beta);
    }

    /** After so many successes of so many units more. */
    public BetaPosterior seen(long successes, long n) {
        Checks.successes(successes, n);
        return new BetaPosterior(alpha + successes, beta + n - successes);
    }

    /** The expected rate. */
    public double mean() {
        return alpha / (alpha + beta);
    }

    private double standardDeviation() {
        return Math.sqrt(mean() * (1 - mean()) / (alpha + beta + 1));
    }

    /** The probability that the rate is below. */
    public double below(double rate) {
        Checks.probability("a rate", rate);
        return RegularizedBeta.value(rate, alpha, beta);
    }

    /** The probability that this rate is higher than the other one. */
    public double beats(BetaPosterior other) {
        return Math.clamp(
                Quadrature.over01(
                        x -> density(x) * other.below(x), Math.min(standardDeviation(), other.standardDeviation())),
                0,
                1);
    }

    /** How much of the rate one loses on average by choosing this one, in case the other is higher. */
    public double expectedLossAgainst(BetaPosterior other) {
        BetaPosterior moreOther = new BetaPosterior(other.alpha + 1, other.beta);
        BetaPosterior moreThis = new BetaPosterior(alpha + 1, beta);
        return other.mean() * moreOther.beats(this) - mean() * (1 - moreThis.beats(other));
    }

    private double density(double x) {
        return Math.exp((alpha - 1) * Math.log(x) + (beta - 1) * Math.log1p(-x) - LogBeta.value(alpha, beta));
    }
}
