package dev.antiphon.statistics;

/** What one arm of a comparison has shown, per unit (a caller or a call). */
public sealed interface Sample {

    /** How many units. */
    long n();

    /** The mean of a unit; of a {@link Ratio}, the ratio of the sums. */
    double mean();

    /** The variance of a unit. */
    double variance();

    /** The mean that relative effects are relative to; differs from {@link #mean} only when that is adjusted. */
    default double base() {
        return mean();
    }

    /** The variance of the mean. */
    default double varianceOfMean() {
        return n() == 0 ? 0 : variance() / n();
    }

    /** Units that did or did not, such as completed calls. */
    record Proportion(long successes, long n) implements Sample {
        public Proportion {
            Checks.successes(successes, n);
        }

        @Override
        public double mean() {
            return n == 0 ? 0 : (double) successes / n;
        }

        @Override
        public double variance() {
            return mean() * (1 - mean());
        }
    }

    /** Units with a number each, such as minutes or cost. */
    record Mean(double sum, double sumOfSquares, long n) implements Sample {
        public Mean {
            if (n < 0) {
                throw new IllegalArgumentException("the number of units must not be negative, but was " + n);
            }
        }

        @Override
        public double mean() {
            return n == 0 ? 0 : sum / n;
        }

        @Override
        public double variance() {
            return covariance(sum, sum, sumOfSquares, n);
        }
    }

    /**
     * One sum in relation to another, such as cost per completed task; the unit stays the one that was assigned.
     *
     * @param over the numerator, per unit
     * @param under the denominator, per unit
     * @param sumOfProducts of numerator and denominator, over the units
     */
    record Ratio(Mean over, Mean under, double sumOfProducts) implements Sample {
        public Ratio {
            sameUnits(over, under);
        }

        @Override
        public long n() {
            return over.n();
        }

        @Override
        public double mean() {
            return under.sum() == 0 ? 0 : over.sum() / under.sum();
        }

        /** By the delta method. */
        @Override
        public double variance() {
            double m = over.mean();
            double d = under.mean();
            if (d == 0) {
                return 0;
            }
            double both = covariance(over.sum(), under.sum(), sumOfProducts, n());
            return over.variance() / (d * d) + under.variance() * m * m / (d * d * d * d) - 2 * both * m / (d * d * d);
        }
    }

    /**
     * Units with a number each and what is known of each from before, which explains a part of the differences (CUPED).
     *
     * @param after the numbers of interest
     * @param before the same or another number of the same units, from before they were assigned
     * @param sumOfProducts of both numbers, over the units
     * @param theta how much of a unit's number before is taken off, see {@link #adjusted}
     */
    record Adjusted(Mean after, Mean before, double sumOfProducts, double theta) implements Sample {
        public Adjusted {
            sameUnits(after, before);
        }

        @Override
        public long n() {
            return after.n();
        }

        @Override
        public double mean() {
            return after.mean() - theta * before.mean();
        }

        @Override
        public double base() {
            return after.mean();
        }

        @Override
        public double variance() {
            return after.variance()
                    + theta * theta * before.variance()
                    - 2 * theta * covariance(after.sum(), before.sum(), sumOfProducts, n());
        }

        /** Without adjustment as yet; both arms are to be adjusted alike, by {@link #theta(Adjusted, Adjusted)}. */
        public static Adjusted unadjusted(Mean after, Mean before, double sumOfProducts) {
            return new Adjusted(after, before, sumOfProducts, 0);
        }

        /** The same sample, so much adjusted. */
        public Adjusted adjusted(double by) {
            return new Adjusted(after, before, sumOfProducts, by);
        }

        /** How much of the numbers before explains those after, over both arms; 0 when those before are all the same. */
        public static double theta(Adjusted a, Adjusted b) {
            long n = a.n() + b.n();
            Mean before = pooled(a.before, b.before);
            Mean after = pooled(a.after, b.after);
            double spread = before.variance();
            return spread == 0
                    ? 0
                    : covariance(after.sum(), before.sum(), a.sumOfProducts + b.sumOfProducts, n) / spread;
        }

        private static Mean pooled(Mean a, Mean b) {
            return new Mean(a.sum() + b.sum(), a.sumOfSquares() + b.sumOfSquares(), a.n() + b.n());
        }
    }

    private static void sameUnits(Mean one, Mean other) {
        if (one.n() != other.n()) {
            throw new IllegalArgumentException(
                    "both numbers must be of the same units, but were of " + one.n() + " and " + other.n());
        }
    }

    private static double covariance(double sumX, double sumY, double sumXy, long n) {
        return n < 2 ? 0 : (sumXy - sumX * sumY / n) / (n - 1);
    }
}
