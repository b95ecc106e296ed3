package dev.antiphon.experiment;

import dev.antiphon.statistics.Interval;
import dev.antiphon.statistics.RateSequence;
import dev.antiphon.statistics.SampleRatio;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What an experiment has shown. Calls count for the arm that they were assigned to, whatever happened to them (intention to treat).
 * Once the planned look is taken, goals and verdict rest on it; assignment and guardrails are watched on.
 *
 * @param experiment its definition
 * @param state where it stands
 * @param arms what each arm has shown, by its key, in the order of the definition
 * @param sampleRatioP how probable these units of the arms are as they were meant to be, however often one looks; 1 of none
 * @param comparisons each other arm beside the first one
 * @param verdict of the comparison that says most
 * @param sentence the same for operators
 */
public record ExperimentReport(
        Experiment experiment,
        ExperimentState state,
        Map<String, ArmTotals> arms,
        double sampleRatioP,
        List<Comparison> comparisons,
        Verdict verdict,
        String sentence) {
    /** Less probable units of the arms are taken for a broken assignment. */
    public static final double SAMPLE_RATIO_ALPHA = 0.001;

    /** Best for some thousand units; the usual 10,000 sees a loss of three in ten calls only after several thousand. */
    private static final double SAMPLE_RATIO_CONCENTRATION = 1_000;

    private static final double RATE_ALPHA = 0.05;
    private static final double RATE_TIGHTEST = 200;

    public ExperimentReport {
        comparisons = List.copyOf(comparisons);
    }

    /** Of units. */
    public static ExperimentReport of(Experiment experiment, ExperimentState state, List<UnitTotals> units) {
        return of(experiment, state, ArmTotals.byArm(units));
    }

    /** Of arms by their key; arms that the definition does not have are left out. */
    public static ExperimentReport of(Experiment experiment, ExperimentState state, Map<String, ArmTotals> totals) {
        Map<String, ArmTotals> arms = ordered(experiment, totals);
        Map<String, ArmTotals> judged =
                state.look().map(look -> ordered(experiment, look.arms())).orElse(arms);
        double p = sampleRatio(experiment, arms);
        List<List<GuardrailRow>> guardrails = experiment.treatments().stream()
                .map(arm -> guardrails(experiment, arms, arm))
                .toList();
        Optional<Verdict> before = stop(experiment, arms, p, guardrails);
        Judge judge = new Judge(experiment, state.look().isPresent());
        List<Judge.Judged> all = judge.judge(judged);
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Arm treatment = experiment.treatments().get(i);
            Verdict verdict = before.orElse(all.get(i).verdict());
            List<MetricRow> rows = all.get(i).rows();
            comparisons.add(new Comparison(
                    experiment.control().key(),
                    treatment.key(),
                    armOf(arms, experiment.control().key()),
                    armOf(arms, treatment.key()),
                    rows,
                    guardrails.get(i),
                    verdict,
                    new Sentences(experiment, treatment.key(), rows, all.get(i).nonInferiority()).of(verdict)));
        }
        Comparison headline = comparisons.stream()
                .filter(c -> !(c.verdict() instanceof Verdict.Collecting))
                .findFirst()
                .orElse(comparisons.getFirst());
        return new ExperimentReport(experiment, state, arms, p, comparisons, headline.verdict(), headline.sentence());
    }

    /**
     * The same for those who look: empty as long as an arm has fewer than {@value Hybrid#LEAST_UNITS} units, since so few shares can
     * not be told to be right; but a broken assignment is told from the first unit on.
     */
    public OptionalDouble shownSampleRatioP() {
        boolean tooFew = arms.values().stream().anyMatch(arm -> arm.units() < Hybrid.LEAST_UNITS);
        return tooFew && sampleRatioP >= SAMPLE_RATIO_ALPHA ? OptionalDouble.empty() : OptionalDouble.of(sampleRatioP);
    }

    /** Whether the planned number of units is reached, so that the look must be taken now and kept. */
    public boolean isLookDue() {
        boolean reached = experiment.plan().horizon().isPresent()
                && arms.values().stream()
                        .allMatch(arm ->
                                arm.units() >= experiment.plan().horizon().getAsLong());
        return reached && state.look().isEmpty() && stopping().isEmpty();
    }

    /** The look that is due. */
    public PlannedLook lookAt(Instant now) {
        return new PlannedLook(now, arms);
    }

    /** What speaks against going on: a broken assignment, or a guardrail that fails. */
    public Optional<Verdict> stopping() {
        return switch (verdict) {
            case Verdict.Invalid invalid -> Optional.of(invalid);
            case Verdict.Stopped stopped -> Optional.of(stopped);
            case Verdict.Collecting other -> Optional.empty();
            case Verdict.Ahead other -> Optional.empty();
            case Verdict.Behind other -> Optional.empty();
            case Verdict.Ship other -> Optional.empty();
            case Verdict.RollBack other -> Optional.empty();
            case Verdict.NoDifference other -> Optional.empty();
            case Verdict.Inconclusive other -> Optional.empty();
        };
    }

    /**
     * Where the completion of an arm lies, valid at any time, at 95 %. Exact for any number of units as long as each has one call
     * ({@link ArmTotals#isOneCallEach}). Where some called more often it is the same interval of as many independent units as tell as
     * much, by the delta method, and so only right for some dozens of units or more.
     */
    public Interval completion(String arm) {
        ArmTotals totals = armOf(arms, arm);
        RateSequence sequence = new RateSequence(RATE_ALPHA, RATE_TIGHTEST);
        return totals.isOneCallEach()
                ? sequence.interval(totals.completed(), totals.finished())
                : sequence.effective(totals.value(Metric.COMPLETION).orElse(0), totals.completionUnits());
    }

    private static Map<String, ArmTotals> ordered(Experiment experiment, Map<String, ArmTotals> totals) {
        Map<String, ArmTotals> arms = new LinkedHashMap<>();
        experiment.arms().forEach(arm -> arms.put(arm.key(), armOf(totals, arm.key())));
        return arms;
    }

    private static ArmTotals armOf(Map<String, ArmTotals> totals, String key) {
        return totals.getOrDefault(key, ArmTotals.NONE);
    }

    /**
     * How many units of all arms it takes until the sample ratio says that they come in other shares than intended; see
     * {@link SampleRatio.Sequential#unitsUntil}.
     *
     * @param weights of the arms
     * @param actual how units come instead, one share for each arm
     * @return empty when it never does within reason
     */
    public static OptionalLong unitsUntilSampleRatioFails(List<Double> weights, List<Double> actual) {
        return SampleRatio.Sequential.unitsUntil(weights, actual, SAMPLE_RATIO_CONCENTRATION, SAMPLE_RATIO_ALPHA);
    }

    private static double sampleRatio(Experiment experiment, Map<String, ArmTotals> arms) {
        List<Long> units = arms.values().stream().map(ArmTotals::units).toList();
        return units.stream().mapToLong(Long::longValue).sum() == 0
                ? 1
                : SampleRatio.Sequential.of(
                                experiment.arms().stream().map(Arm::weight).toList(), SAMPLE_RATIO_CONCENTRATION)
                        .seen(units)
                        .p();
    }

    private static List<GuardrailRow> guardrails(Experiment experiment, Map<String, ArmTotals> arms, Arm treatment) {
        return experiment.guardrails().stream()
                .map(guardrail -> GuardrailRow.of(
                        guardrail,
                        armOf(arms, experiment.control().key()),
                        armOf(arms, treatment.key()),
                        experiment.plan().tightest()))
                .toList();
    }

    private static Optional<Verdict> stop(
            Experiment experiment, Map<String, ArmTotals> arms, double p, List<List<GuardrailRow>> guardrails) {
        if (p < SAMPLE_RATIO_ALPHA) {
            return Optional.of(new Verdict.Invalid(
                    p, arms.values().stream().map(ArmTotals::units).toList()));
        }
        for (int i = 0; i < guardrails.size(); i++) {
            for (GuardrailRow row : guardrails.get(i)) {
                if (row.fails()) {
                    return Optional.of(new Verdict.Stopped(
                            experiment.treatments().get(i).key(),
                            row.guardrail(),
                            row.bound().orElseThrow(),
                            row.n()));
                }
            }
        }
        return Optional.empty();
    }
}
