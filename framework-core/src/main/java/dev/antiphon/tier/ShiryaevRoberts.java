package dev.antiphon.tier;

import java.util.Arrays;
import java.util.List;

/**
 * Notices that sessions complete less often than they should: the mixture of Shiryaev-Roberts detectors (arXiv:2203.03532). While
 * the true rate is the healthy one or better, it takes {@code A} sessions or more on average until its value reaches {@code A};
 * no window, and no history but its few numbers. A value; {@link #seen} gives the next.
 */
public final class ShiryaevRoberts {
    /** How many times the odds of failure are taken to rise: one default serves every healthy rate. */
    public static final List<Double> ODDS = List.of(2.0, 3.0, 6.0);

    private static final double MOST = 1e12;

    private final double healthy;
    private final double[] degraded;
    private final double[] values;

    private ShiryaevRoberts(double healthy, double[] degraded, double[] values) {
        this.healthy = healthy;
        this.degraded = degraded;
        this.values = values;
    }

    /**
     * Before the first session.
     *
     * @param healthy the rate of completion that it should have, between 0 and 1
     */
    public static ShiryaevRoberts of(double healthy) {
        check(healthy);
        return against(
                healthy, ODDS.stream().map(odds -> degraded(healthy, odds)).toList());
    }

    private static double degraded(double healthy, double odds) {
        double failure = odds * (1 - healthy) / healthy;
        return 1 / (1 + failure);
    }

    /** Before the first session; watches for these rates instead of those of {@link #ODDS}. */
    public static ShiryaevRoberts against(double healthy, List<Double> degraded) {
        check(healthy);
        degraded.forEach(ShiryaevRoberts::check);
        if (degraded.isEmpty()) {
            throw new IllegalArgumentException("at least one rate must be watched for");
        }
        return new ShiryaevRoberts(
                healthy, degraded.stream().mapToDouble(Double::doubleValue).toArray(), new double[degraded.size()]);
    }

    /**
     * Where another one stopped; watches for the rates of {@link #ODDS}.
     *
     * @param evidence its {@link #evidence}; one number for each of {@link #ODDS}, from 0 to 10^12
     */
    public static ShiryaevRoberts restored(double healthy, List<Double> evidence) {
        ShiryaevRoberts fresh = of(healthy);
        if (evidence.size() != ODDS.size() || evidence.stream().anyMatch(value -> !(value >= 0 && value <= MOST))) {
            throw new IllegalArgumentException(
                    "the evidence must be " + ODDS.size() + " numbers from 0 to 1e12, but was " + evidence);
        }
        return new ShiryaevRoberts(
                healthy,
                fresh.degraded,
                evidence.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void check(double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("a rate must be between 0 and 1, but was " + rate);
        }
    }

    /** After one more session. */
    public ShiryaevRoberts seen(boolean completed) {
        double[] next = new double[values.length];
        for (int i = 0; i < next.length; i++) {
            double likelihood = completed ? degraded[i] / healthy : (1 - degraded[i]) / (1 - healthy);
            next[i] = Math.min(MOST, (values[i] + 1) * likelihood);
        }
        return new ShiryaevRoberts(healthy, degraded, next);
    }

    /** Its few numbers, to go on from later; see {@link #restored}. */
    public List<Double> evidence() {
        return Arrays.stream(values).boxed().toList();
    }

    /** The evidence of a change for the worse, from 0 to 10^12; compared with {@code A}. */
    public double value() {
        return Arrays.stream(values).average().orElseThrow();
    }
}
