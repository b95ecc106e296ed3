package dev.antiphon.benchmarks.statistics;

import java.util.Map;
import java.util.Optional;

/** How far our figures may be off at most, section by section: what the shipped file says. A file that allows more is not believed. */
final class Tolerances {
    private static final Map<String, Double> LIMITS = Map.ofEntries(
            Map.entry("bucketing.hash", 0.0),
            Map.entry("bucketing.hash.extra", 0.0),
            Map.entry("bucketing.chooseVariation", 0.0),
            Map.entry("bucketing.namespace", 0.0),
            Map.entry("multiple.adjusted", 1e-12),
            Map.entry("change.sprt.path", 1e-12),
            Map.entry("srm.chiSquare", 1e-10),
            Map.entry("bucketing.bucketRanges", 1e-09),
            Map.entry("srm.sequential", 1e-09),
            Map.entry("srm.sequential.regression", 1e-09),
            Map.entry("bayes.beta.domain", 1e-09),
            Map.entry("bayes.beta.tail", 1e-09),
            Map.entry("test.sequential.domain", 1e-09),
            Map.entry("change.shiryaevRoberts", 1e-09),
            Map.entry("bayes.beta.probBBeatsA", 1e-08),
            Map.entry("bucketing.equalWeights", 1e-07),
            Map.entry("interval.binomial", 5e-07),
            Map.entry("interval.binomial.oneSided", 1e-06),
            Map.entry("power.proportions", 1e-06),
            Map.entry("power.planning", 1e-06),
            Map.entry("cuped.theta", 5e-06),
            Map.entry("test.welch", 6e-06),
            Map.entry("test.sequential", 6e-06),
            Map.entry("bayes.gaussian", 6e-06),
            Map.entry("cuped.sequential", 6e-06),
            Map.entry("confseq.normalMixture", 1e-05),
            Map.entry("confseq.bernoulli", 1e-05),
            Map.entry("test.sequential.oneSided", 1e-05));

    private Tolerances() {}

    /** The most that is believed of a section; empty when we ship no formula for it. */
    static Optional<Double> limit(String section) {
        return Optional.ofNullable(LIMITS.get(section));
    }

    /** What is believed of a section's tolerance: it, or the limit where it is above, below 0 or no number. */
    static double believed(String section, double tolerance) {
        double limit = limit(section).orElse(0.0);
        return isBelieved(section, tolerance) ? tolerance : limit;
    }

    /** Whether a section's tolerance is one that is believed. */
    static boolean isBelieved(String section, double tolerance) {
        return tolerance >= 0 && tolerance <= limit(section).orElse(0.0);
    }
}
