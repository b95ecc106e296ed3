package dev.antiphon.benchmarks.router;

import dev.antiphon.statistics.Binomial;
import dev.antiphon.tier.ShiryaevRoberts;
import dev.antiphon.tier.Sprt;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs the detector and the trial of the router, with sessions that are completed at a known rate. Not thread-safe. */
final class DetectorSimulation {
    private static final int HEALTHY_SESSIONS = 200;
    private static final int ENDLESS = 20_000_000;

    private final SplittableRandom random;
    private final int runs;

    DetectorSimulation(SplittableRandom random, int runs) {
        this.random = random;
        this.runs = runs;
    }

    int runs() {
        return runs;
    }

    /** How many sessions of this rate it takes to an alarm, from the first session on. */
    List<Double> lengths(ShiryaevRoberts detector, double threshold, double rate) {
        List<Double> lengths = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            lengths.add((double) length(detector, threshold, rate));
        }
        return lengths;
    }

    private int length(ShiryaevRoberts fresh, double threshold, double rate) {
        ShiryaevRoberts detector = fresh;
        for (int n = 1; n < ENDLESS; n++) {
            detector = detector.seen(random.nextDouble() < rate);
            if (detector.value() >= threshold) {
                return n;
            }
        }
        throw new IllegalStateException("no alarm within " + ENDLESS + " sessions");
    }

    /** The same after {@value #HEALTHY_SESSIONS} healthy sessions, in runs without a false alarm among these. */
    List<Double> delays(ShiryaevRoberts fresh, double threshold, double healthy, double rate) {
        List<Double> delays = new ArrayList<>();
        while (delays.size() < runs) {
            ShiryaevRoberts detector = fresh;
            boolean alarm = false;
            for (int n = 0; n < HEALTHY_SESSIONS && !alarm; n++) {
                detector = detector.seen(random.nextDouble() < healthy);
                alarm = detector.value() >= threshold;
            }
            if (!alarm) {
                delays.add((double) length(detector, threshold, rate));
            }
        }
        return delays;
    }

    /** What a detector does whose healthy rate was learned. */
    record Learned(List<Double> falseAlarms, List<Double> delays) {}

    /**
     * Learns the healthy rate from so many sessions, then counts false alarms within so many more (it begins anew after each), and, from
     * the beginning, sessions until a drop to {@code degraded} is noticed.
     *
     * @param alpha of the one-sided Wilson bound; 0.5 is the rate that was seen
     */
    Learned learned(int sessions, double alpha, double threshold, double healthy, double degraded, int horizon) {
        List<Double> alarms = new ArrayList<>();
        List<Double> delays = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            int completed = 0;
            for (int n = 0; n < sessions; n++) {
                completed += random.nextDouble() < healthy ? 1 : 0;
            }
            double rate = alpha == 0.5
                    ? Math.clamp((double) completed / sessions, 0.01, 0.995)
                    : Binomial.WILSON.lowerBound(completed, sessions, alpha);
            ShiryaevRoberts fresh = ShiryaevRoberts.of(rate);
            alarms.add(alarms(fresh, threshold, healthy, horizon));
            delays.add((double) length(fresh, threshold, degraded));
        }
        return new Learned(alarms, delays);
    }

    private double alarms(ShiryaevRoberts fresh, double threshold, double rate, int horizon) {
        ShiryaevRoberts detector = fresh;
        int alarms = 0;
        for (int n = 0; n < horizon; n++) {
            detector = detector.seen(random.nextDouble() < rate);
            if (detector.value() >= threshold) {
                alarms++;
                detector = fresh;
            }
        }
        return alarms;
    }

    /** One trial: how many probes it took and whether the tier passed for good. */
    record Trial(double probes, boolean good) {}

    List<Trial> trials(Sprt fresh, double rate) {
        List<Trial> trials = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            Sprt sprt = fresh;
            int probes = 0;
            while (sprt.decision() == Sprt.Decision.OPEN) {
                sprt = sprt.seen(random.nextDouble() < rate);
                probes++;
            }
            trials.add(new Trial(probes, sprt.decision() == Sprt.Decision.GOOD));
        }
        return trials;
    }
}
