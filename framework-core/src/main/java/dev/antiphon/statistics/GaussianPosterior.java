package dev.antiphon.statistics;

/**
 * What is believed of an effect: a normal distribution. Descriptive, as {@link BetaPosterior}.
 *
 * @param mean the effect expected
 * @param standardDeviation more than 0
 */
public record GaussianPosterior(double mean, double standardDeviation) {
    public GaussianPosterior {
        Checks.positive("the standard deviation", standardDeviation);
    }

    /** Without any belief before. */
    public static GaussianPosterior of(Effect effect) {
        return new GaussianPosterior(effect.estimate(), effect.standardError());
    }

    /**
     * With a belief before, weighed by its precision.
     *
     * @param variance of the belief, more than 0
     */
    public static GaussianPosterior of(Effect effect, double priorMean, double variance) {
        Checks.positive("the prior's variance", variance);
        double precision = 1 / (effect.standardError() * effect.standardError());
        double all = precision + 1 / variance;
        return new GaussianPosterior((effect.estimate() * precision + priorMean / variance) / all, Math.sqrt(1 / all));
    }

    /** The probability that the second arm is better. */
    public double chanceToWin() {
        return Normal.below(mean / standardDeviation);
    }

    /** The middle of the distribution, without {@code alpha / 2} on each side. */
    public Interval interval(double alpha) {
        Checks.alpha(alpha);
        return Interval.around(mean, Normal.exceededBy(alpha / 2) * standardDeviation);
    }

    /** How much one loses on average by staying with the first arm. */
    public double riskOfStaying() {
        double z = mean / standardDeviation;
        return mean * Normal.below(z) + standardDeviation * Normal.density(z);
    }

    /** How much one loses on average by choosing the second arm. */
    public double riskOfChanging() {
        return riskOfStaying() - mean;
    }
}
