package dev.antiphon.benchmarks.experiments;

import dev.antiphon.experiment.UnitTotals;
import java.util.SplittableRandom;

/**
 * What simulated calls of two arms are like.
 *
 * @param name for people
 * @param rateA completion in the first arm
 * @param rateB completion in the other one
 * @param costRatio what calls of the other arm cost, relative to the first
 * @param costSpread of the logarithm of a call's cost; the larger, the heavier the tail
 */
record World(String name, double rateA, double rateB, double costRatio, double costSpread) {
    private static final double MEAN_COST_MICROS = 30_000;
    private static final double HANDOVER = 0.05;
    private static final int TURNS = 8;
    private static final double SLOW = 0.06;
    private static final double INTERRUPTED = 0.12;

    /** Whether the arms are the same. */
    boolean isSame() {
        return rateA == rateB && costRatio == 1;
    }

    /** Whether the other arm is the better one. */
    boolean isBetter() {
        return rateB > rateA || rateB == rateA && costRatio < 1;
    }

    UnitTotals call(boolean treated, SplittableRandom random) {
        boolean completed = random.nextDouble() < (treated ? rateB : rateA);
        boolean handedOver = !completed && random.nextDouble() < HANDOVER / (1 - rateA);
        double cost = MEAN_COST_MICROS
                * (treated ? costRatio : 1)
                * Math.exp(costSpread * random.nextGaussian() - costSpread * costSpread / 2);
        return new UnitTotals(
                treated ? "b" : "a",
                "simulated",
                1,
                completed ? 1 : 0,
                handedOver ? 1 : 0,
                completed || handedOver ? 0 : 1,
                Math.round(cost),
                TURNS,
                many(SLOW, random),
                TURNS,
                many(INTERRUPTED, random));
    }

    private static int many(double rate, SplittableRandom random) {
        int count = 0;
        for (int i = 0; i < TURNS; i++) {
            count += random.nextDouble() < rate ? 1 : 0;
        }
        return count;
    }
}
