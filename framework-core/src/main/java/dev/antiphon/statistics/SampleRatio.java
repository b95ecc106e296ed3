package dev.antiphon.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Whether the arms have the shares of units that they were meant to have. If not, the assignment or the counting is broken, and
 * no result of the experiment is to be believed.
 */
public final class SampleRatio {
    private SampleRatio() {}

    /**
     * The chi-square test for one look. Arms without weight do not count.
     *
     * @param observed units of each arm
     * @param weights what they were meant to relate as, at least two of them above 0
     * @return the probability of so much deviation
     */
    public static double p(List<Long> observed, List<Double> weights) {
        if (observed.size() != weights.size()) {
            throw new IllegalArgumentException(
                    "each arm needs a weight, but there are " + observed.size() + " arms and " + weights.size());
        }
        double weight = weights.stream().mapToDouble(Double::doubleValue).sum();
        double units = 0;
        int arms = 0;
        for (int i = 0; i < weights.size(); i++) {
            if (weights.get(i) > 0) {
                units += observed.get(i);
                arms++;
            }
        }
        if (arms < 2) {
            throw new IllegalArgumentException("at least two arms need a weight, but there are " + arms);
        }
        double square = 0;
        for (int i = 0; i < weights.size(); i++) {
            double expected = units * weights.get(i) / weight;
            if (expected > 0) {
                square += (observed.get(i) - expected) * (observed.get(i) - expected) / expected;
            }
        }
        return ChiSquaredDistribution.of(arms - 1.0).survivalProbability(square);
    }

    /**
     * The same question at all times at once: the evidence of a Dirichlet mixture against the shares (Lindon and Malek). A value;
     * {@link #seen} gives the next.
     */
    public static final class Sequential {
        /** How strongly the mixture leans to the intended shares when nothing else is said. */
        public static final double CONCENTRATION = 10_000;

        private static final long MOST_UNITS = 1L << 32;

        private final double[] shares;
        private final double[] posterior;
        private final double logMixture;
        private final double logIntended;
        private final double p;

        private Sequential(double[] shares, double[] posterior, double logMixture, double logIntended, double p) {
            this.shares = shares;
            this.posterior = posterior;
            this.logMixture = logMixture;
            this.logIntended = logIntended;
            this.p = p;
        }

        /** Before the first unit. */
        public static Sequential of(List<Double> weights) {
            return of(weights, CONCENTRATION);
        }

        /**
         * Before the first unit.
         *
         * @param concentration how strongly the mixture leans to the intended shares, more than 0
         */
        public static Sequential of(List<Double> weights, double concentration) {
            Checks.positive("the concentration", concentration);
            double[] shares = shares(weights);
            return new Sequential(
                    shares, Arrays.stream(shares).map(s -> s * concentration).toArray(), 0, 0, 1);
        }

        /** Before the first unit, with a Dirichlet prior of one's own. */
        public static Sequential of(List<Double> weights, List<Double> prior) {
            double[] shares = shares(weights);
            double[] given = prior.stream().mapToDouble(Double::doubleValue).toArray();
            if (given.length != shares.length) {
                throw new IllegalArgumentException(
                        "each arm needs a prior, but there are " + shares.length + " arms and " + given.length);
            }
            return new Sequential(shares, given, 0, 0, 1);
        }

        private static double[] shares(List<Double> weights) {
            double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
            if (weights.size() < 2 || weights.stream().anyMatch(w -> !(w > 0))) {
                throw new IllegalArgumentException("two or more arms need a weight above 0, but were " + weights);
            }
            return weights.stream().mapToDouble(w -> w / sum).toArray();
        }

        /** After so many more units of each arm. */
        public Sequential seen(List<Long> counts) {
            double arrangements = arrangements(counts);
            double intended = logIntended + arrangements;
            double[] next = posterior.clone();
            for (int i = 0; i < next.length; i++) {
                next[i] += counts.get(i);
                intended += counts.get(i) * Math.log(shares[i]);
            }
            double mixture = logMixture + arrangements + logBeta(next) - logBeta(posterior);
            return new Sequential(shares, next, mixture, intended, Math.min(p, Math.exp(intended - mixture)));
        }

        /**
         * How many units it takes until units that come in other shares than intended are seen, that is until {@link #p} is below
         * {@code alpha}, when each arm has exactly its share of them.
         *
         * @param weights as they are meant to relate
         * @param actual as they come, one for each weight
         * @param concentration how strongly the mixture leans to the intended shares, more than 0
         * @param alpha more than 0 and below 1
         * @return empty when {@value #MOST_UNITS} units do not do
         */
        public static OptionalLong unitsUntil(
                List<Double> weights, List<Double> actual, double concentration, double alpha) {
            Checks.alpha(alpha);
            double[] come = shares(actual);
            if (actual.size() != weights.size()) {
                throw new IllegalArgumentException(
                        "each arm needs a share, but there are " + weights.size() + " arms and " + actual.size());
            }
            Sequential before = of(weights, concentration);
            long above = 1;
            while (above < MOST_UNITS && !before.sees(come, above, alpha)) {
                above *= 2;
            }
            if (above >= MOST_UNITS) {
                return OptionalLong.empty();
            }
            long below = above / 2;
            while (above - below > 1) {
                long middle = below + (above - below) / 2;
                if (before.sees(come, middle, alpha)) {
                    above = middle;
                } else {
                    below = middle;
                }
            }
            return OptionalLong.of(above);
        }

        /** Units are whole: the first arm has what rounding leaves. */
        private boolean sees(double[] come, long units, double alpha) {
            List<Long> counts = new ArrayList<>();
            long others = 0;
            for (int i = 1; i < come.length; i++) {
                long count = Math.round(units * come[i]);
                counts.add(count);
                others += count;
            }
            counts.addFirst(Math.max(0, units - others));
            return seen(counts).p() < alpha;
        }

        /** How much better the mixture explains the units than the intended shares do. */
        public double bayesFactor() {
            return Math.exp(logMixture - logIntended);
        }

        /** The probability, valid at all times, of so much evidence against the intended shares. */
        public double p() {
            return p;
        }

        /** The probability that the shares are not the intended ones, when both were equally probable before. */
        public double posteriorProbability() {
            return bayesFactor() / (1 + bayesFactor());
        }

        /** The log probability of the units under the mixture. */
        public double logMixture() {
            return logMixture;
        }

        /** The log probability of the units under the intended shares. */
        public double logIntended() {
            return logIntended;
        }

        /** The parameters of the Dirichlet posterior. */
        public List<Double> posterior() {
            return Arrays.stream(posterior).boxed().toList();
        }

        private static double arrangements(List<Long> counts) {
            long all = counts.stream().mapToLong(Long::longValue).sum();
            return LogGamma.value(all + 1.0)
                    - counts.stream().mapToDouble(c -> LogGamma.value(c + 1.0)).sum();
        }

        private static double logBeta(double[] alphas) {
            return Arrays.stream(alphas).map(LogGamma::value).sum()
                    - LogGamma.value(Arrays.stream(alphas).sum());
        }
    }
}
