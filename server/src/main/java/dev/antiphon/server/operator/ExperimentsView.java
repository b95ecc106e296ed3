package dev.antiphon.server.operator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The experiments, running ones first. */
public record ExperimentsView(List<Experiment> experiments) {

    /**
     * One experiment.
     *
     * @param key its key
     * @param state {@code draft}, {@code running}, {@code paused} or {@code stopped}
     * @param stagePercent how much of its coverage is used
     * @param verdict a bounded name, for example {@code collecting}
     * @param sentence the verdict for people
     * @param arms the first one is the one that others are compared with
     * @param sampleRatioP how likely shares like these are when the assignment is sound, 0 to 1; empty while an arm has too few units to tell
     * @param goals what it is about
     * @param sinceStart whether the looks of the goals reach back to the experiment's start; else to the server's
     * @param guardrails what must not become worse
     * @param plan how long it goes on, one sentence
     * @param notice what an operator should know beside the verdict: who paused it and why, or how near its cap is
     * @param changes its audit log, oldest first
     */
    public record Experiment(
            String key,
            String state,
            int stagePercent,
            String verdict,
            String sentence,
            List<Arm> arms,
            Optional<Double> sampleRatioP,
            List<Goal> goals,
            boolean sinceStart,
            List<Guardrail> guardrails,
            String plan,
            Optional<String> notice,
            List<Change> changes) {}

    /** An entry of the audit log: who did what, from which state to which, and why. */
    public record Change(Instant at, String who, String what, String from, String to, String why) {}

    /** One arm: its share of the units, 0 to 1, the units that entered it, and how many should have; both empty where nobody knows. */
    public record Arm(String variant, Optional<Double> weight, long exposures, Optional<Double> expected) {}

    /**
     * One goal of one arm.
     *
     * @param metric its name
     * @param variant the arm
     * @param share whether it is a share, 0 to 1; else an amount of US dollars
     * @param value of the arm
     * @param baseline of the first arm
     * @param difference value less baseline
     * @param low lower end of the interval of the difference
     * @param high upper end of it
     * @param rule by which the interval is made
     * @param looks the same over time, oldest first
     */
    public record Goal(
            String metric,
            String variant,
            boolean share,
            double value,
            double baseline,
            double difference,
            double low,
            double high,
            String rule,
            List<Look> looks) {
        Goal withLooks(List<Look> others) {
            return new Goal(metric, variant, share, value, baseline, difference, low, high, rule, List.copyOf(others));
        }
    }

    /** The difference and its interval at one time. */
    public record Look(Instant at, double difference, double low, double high) {}

    /**
     * What must not become worse.
     *
     * @param metric its name
     * @param variant the arm
     * @param state {@code holds}, {@code fails} or {@code too_few}
     * @param sentence value and limit
     */
    public record Guardrail(String metric, String variant, String state, String sentence) {}
}
