package dev.antiphon.experiment;

import dev.antiphon.statistics.Effect;
import dev.antiphon.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the verdicts of an experiment's comparisons, as far as they do not depend on assignment and guardrails.
 *
 * @param experiment its definition
 * @param frozen whether the totals are those of the planned look
 */
record Judge(Experiment experiment, boolean frozen) {

    /** What was found of one comparison. */
    record Judged(List<MetricRow> rows, Verdict verdict, NonInferiority nonInferiority) {}

    /** Whether completion is not worse than the margin allows. */
    enum NonInferiority {
        NOT_ASKED,
        YES,
        NO,
        OPEN
    }

    /** In the order of the treatments. */
    List<Judged> judge(Map<String, ArmTotals> arms) {
        Hybrid rule = new Hybrid(experiment.plan(), questions());
        List<List<MetricRow>> watched = rows(arms, rule.watch());
        List<List<MetricRow>> looked = frozen ? rows(arms, rule.look()) : watched;
        ArmTotals a = arm(arms, experiment.control().key());
        List<Judged> all = new ArrayList<>();
        for (int i = 0; i < watched.size(); i++) {
            ArmTotals b = arm(arms, experiment.treatments().get(i).key());
            all.add(judge(a, b, rule, watched.get(i), looked.get(i)));
        }
        return all;
    }

    private Judged judge(ArmTotals a, ArmTotals b, Hybrid rule, List<MetricRow> watched, List<MetricRow> looked) {
        long n = Math.min(a.units(), b.units());
        if (!Hybrid.isEnough(a) || !Hybrid.isEnough(b)) {
            OptionalLong needed = OptionalLong.of(Hybrid.LEAST_UNITS);
            return new Judged(looked, new Verdict.Collecting(n, needed, true), notAsked());
        }
        boolean tiers = experiment.plan().question() == Plan.Question.NON_INFERIORITY;
        Found watching = tiers ? nonInferior(watched, rule.watch()) : different(watched);
        if (watching.verdict().isPresent()) {
            return new Judged(watched, found(watching.verdict().get(), watched, false), watching.nonInferiority());
        }
        if (!frozen) {
            return new Judged(
                    watched, new Verdict.Collecting(n, experiment.plan().horizon(), false), watching.nonInferiority());
        }
        Found last = tiers ? nonInferior(looked, rule.look()) : different(looked);
        return new Judged(
                looked,
                last.verdict().map(outcome -> found(outcome, looked, true)).orElseGet(() -> undecided(looked)),
                last.nonInferiority());
    }

    /** Whether an arm is better, and by which goal. */
    private record Outcome(boolean better, Metric metric) {}

    private record Found(Optional<Outcome> verdict, NonInferiority nonInferiority) {}

    private static Verdict found(Outcome outcome, List<MetricRow> rows, boolean planned) {
        Finding finding = row(rows, outcome.metric()).finding().orElseThrow();
        return planned
                ? outcome.better() ? new Verdict.Ship(finding) : new Verdict.RollBack(finding)
                : outcome.better() ? new Verdict.Ahead(finding) : new Verdict.Behind(finding);
    }

    /** The first goal in which the arms differ decides; goals stand in the order of their weight. */
    private static Found different(List<MetricRow> rows) {
        return new Found(
                rows.stream()
                        .filter(MetricRow::differs)
                        .findFirst()
                        .map(row -> new Outcome(
                                row.finding().filter(Finding::isBetter).isPresent(), row.metric())),
                NonInferiority.NOT_ASKED);
    }

    /** Both must hold, so that each may have the whole error; that one of two is bad has half of it each. */
    private Found nonInferior(List<MetricRow> rows, Hybrid.Way way) {
        Optional<Effect> completion = row(rows, Metric.COMPLETION).effect();
        Optional<Effect> cost = row(rows, Metric.COST_PER_COMPLETED).effect();
        double margin = experiment.plan().margin();
        boolean notWorse = completion.filter(e -> way.atLeast(e, 1) > -margin).isPresent();
        boolean worse = completion.filter(e -> way.atMost(e, 0.5) < -margin).isPresent();
        boolean cheaper = cost.filter(e -> way.atMost(e, 1) < 0).isPresent();
        boolean dearer = cost.filter(e -> way.atLeast(e, 0.5) > 0).isPresent();
        NonInferiority answer = worse ? NonInferiority.NO : notWorse ? NonInferiority.YES : NonInferiority.OPEN;
        if (worse) {
            return new Found(Optional.of(new Outcome(false, Metric.COMPLETION)), answer);
        }
        if (dearer) {
            return new Found(Optional.of(new Outcome(false, Metric.COST_PER_COMPLETED)), answer);
        }
        return new Found(
                notWorse && cheaper ? Optional.of(new Outcome(true, Metric.COST_PER_COMPLETED)) : Optional.empty(),
                answer);
    }

    private Verdict undecided(List<MetricRow> rows) {
        MetricRow first =
                experiment.goals().contains(Metric.COMPLETION) ? row(rows, Metric.COMPLETION) : rows.getFirst();
        double margin = experiment.plan().margin();
        Finding finding = first.finding()
                .orElseGet(() -> new Finding(
                        first.metric(),
                        0,
                        new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                        0,
                        first.alpha(),
                        first.rule(),
                        false));
        boolean within = first.metric().isShare()
                && finding.interval().lower() >= -margin
                && finding.interval().upper() <= margin;
        return within ? new Verdict.NoDifference(margin, finding) : new Verdict.Inconclusive(finding);
    }

    private List<List<MetricRow>> rows(Map<String, ArmTotals> arms, Hybrid.Way way) {
        ArmTotals a = arm(arms, experiment.control().key());
        return MetricRow.adjusted(experiment.treatments().stream()
                .map(treatment -> experiment.goals().stream()
                        .map(goal -> MetricRow.of(goal, a, arm(arms, treatment.key()), way))
                        .toList())
                .toList());
    }

    private int questions() {
        return switch (experiment.plan().question()) {
            case DIFFERENCE ->
                experiment.treatments().size() * experiment.goals().size();
            case NON_INFERIORITY -> experiment.treatments().size();
        };
    }

    private NonInferiority notAsked() {
        return switch (experiment.plan().question()) {
            case DIFFERENCE -> NonInferiority.NOT_ASKED;
            case NON_INFERIORITY -> NonInferiority.OPEN;
        };
    }

    private static MetricRow row(List<MetricRow> rows, Metric metric) {
        return rows.stream().filter(row -> row.metric() == metric).findFirst().orElseThrow();
    }

    private static ArmTotals arm(Map<String, ArmTotals> arms, String key) {
        return arms.getOrDefault(key, ArmTotals.NONE);
    }
}
