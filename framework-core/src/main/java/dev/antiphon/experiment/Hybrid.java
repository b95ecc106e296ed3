package dev.antiphon.experiment;

import dev.antiphon.statistics.ConfidenceSequence;
import dev.antiphon.statistics.Effect;
import dev.antiphon.statistics.Interval;

/**
 * The rule by which arms are compared: a confidence sequence while the experiment runs, so that one may look at any time, and one
 * planned look with a share of the error of its own. Both errors together are the experiment's.
 *
 * @param plan the errors, and where the sequence is tightest
 * @param comparisons how many questions share the errors, 1 or more
 */
record Hybrid(Plan plan, int comparisons) {
    /** Units of each arm below which nothing is said. */
    static final int LEAST_UNITS = 50;

    /** Completed calls, and calls that were not, of each arm below which nothing is said. */
    static final int LEAST_EACH = 5;

    static final String WATCHING = "confidence sequence";
    static final String LOOK = "planned look";

    /** One of two ways to look at an effect. */
    sealed interface Way {
        /** Where the effect lies, to both sides. */
        Interval interval(Effect effect);

        /** How probable so much is without a difference. */
        double p(Effect effect);

        /** The effect is at least this, one-sided, at a part of the error. */
        double atLeast(Effect effect, double partOfAlpha);

        /** The effect is at most this; else as {@link #atLeast}. */
        double atMost(Effect effect, double partOfAlpha);

        /** The error of all questions together. */
        double alpha();

        /** For people. */
        String rule();
    }

    /** At any time. */
    record Watch(double alpha, double share, double tightest) implements Way {
        private ConfidenceSequence sequence(double part) {
            return new ConfidenceSequence(share * part, tightest);
        }

        @Override
        public Interval interval(Effect effect) {
            return sequence(1).interval(effect);
        }

        @Override
        public double p(Effect effect) {
            return sequence(1).p(effect, 0);
        }

        @Override
        public double atLeast(Effect effect, double partOfAlpha) {
            return sequence(partOfAlpha).lowerBound(effect);
        }

        @Override
        public double atMost(Effect effect, double partOfAlpha) {
            return sequence(partOfAlpha).upperBound(effect);
        }

        @Override
        public String rule() {
            return WATCHING;
        }
    }

    /** Once. */
    record Once(double alpha, double share) implements Way {
        @Override
        public Interval interval(Effect effect) {
            return effect.welch(share);
        }

        @Override
        public double p(Effect effect) {
            return effect.welchP();
        }

        @Override
        public double atLeast(Effect effect, double partOfAlpha) {
            return effect.welch(2 * share * partOfAlpha).lower();
        }

        @Override
        public double atMost(Effect effect, double partOfAlpha) {
            return effect.welch(2 * share * partOfAlpha).upper();
        }

        @Override
        public String rule() {
            return LOOK;
        }
    }

    Watch watch() {
        return new Watch(plan.watchAlpha(), plan.watchAlpha() / comparisons, plan.tightest());
    }

    Once look() {
        return new Once(plan.lookAlpha(), plan.lookAlpha() / comparisons);
    }

    /** Whether the arm has shown enough for normal distributions to be near the truth. */
    static boolean isEnough(ArmTotals arm) {
        long completed = arm.completed();
        return arm.units() >= LEAST_UNITS && completed >= LEAST_EACH && arm.finished() - completed >= LEAST_EACH;
    }
}
