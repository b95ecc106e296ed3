package dev.antiphon.server.operator;

import dev.antiphon.experiment.Comparison;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.GuardrailRow;
import dev.antiphon.experiment.MetricRow;
import dev.antiphon.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A report as the console shows it. Pure. */
final class ExperimentShown {
    private ExperimentShown() {}

    /**
     * The report.
     *
     * @param looks how a goal went over time
     * @param sinceStart whether they reach back to the experiment's start
     * @param notice what an operator should know beside the verdict
     */
    static ExperimentsView.Experiment of(
            ExperimentReport report,
            Function<ExperimentsView.Goal, List<ExperimentsView.Look>> looks,
            boolean sinceStart,
            Optional<String> notice) {
        Experiment experiment = report.experiment();
        ExperimentState state = report.state();
        long units =
                report.arms().values().stream().mapToLong(arm -> arm.units()).sum();
        double weights =
                experiment.arms().stream().mapToDouble(arm -> arm.weight()).sum();
        return new ExperimentsView.Experiment(
                experiment.key(),
                state.status().name().toLowerCase(Locale.ROOT),
                state.stagePercent(),
                report.verdict().name(),
                report.sentence(),
                experiment.arms().stream()
                        .map(arm -> new ExperimentsView.Arm(
                                arm.key(),
                                Optional.of(arm.weight() / weights),
                                units(report, arm.key()),
                                Optional.of(units * arm.weight() / weights)))
                        .toList(),
                report.shownSampleRatioP().stream().boxed().findFirst(),
                goals(report).stream()
                        .map(goal -> goal.withLooks(looks.apply(goal)))
                        .toList(),
                sinceStart,
                report.comparisons().stream()
                        .flatMap(comparison ->
                                comparison.guardrails().stream().map(row -> guardrail(comparison.treatment(), row)))
                        .toList(),
                plan(report),
                notice,
                changes(state));
    }

    /** Its audit log. */
    static List<ExperimentsView.Change> changes(ExperimentState state) {
        return state.audit().stream()
                .map(entry -> new ExperimentsView.Change(
                        entry.at(), entry.who(), entry.what(), entry.from(), entry.to(), entry.why()))
                .toList();
    }

    private static long units(ExperimentReport report, String arm) {
        return Optional.ofNullable(report.arms().get(arm))
                .map(totals -> totals.units())
                .orElse(0L);
    }

    /** The goals that can be compared, without looks. */
    static List<ExperimentsView.Goal> goals(ExperimentReport report) {
        List<ExperimentsView.Goal> goals = new ArrayList<>();
        for (Comparison comparison : report.comparisons()) {
            for (MetricRow row : comparison.goals()) {
                if (row.control().isPresent() && row.treatment().isPresent()) {
                    row.interval().ifPresent(interval -> goals.add(goal(comparison.treatment(), row, interval)));
                }
            }
        }
        return goals;
    }

    private static ExperimentsView.Goal goal(String variant, MetricRow row, Interval interval) {
        double treatment = row.treatment().orElseThrow();
        double control = row.control().orElseThrow();
        return new ExperimentsView.Goal(
                row.metric().word(),
                variant,
                row.metric().isShare(),
                treatment,
                control,
                treatment - control,
                interval.lower(),
                interval.upper(),
                row.rule(),
                List.of());
    }

    private static ExperimentsView.Guardrail guardrail(String variant, GuardrailRow row) {
        return new ExperimentsView.Guardrail(
                row.guardrail().metric().word(), variant, row.state().name().toLowerCase(Locale.ROOT), row.sentence());
    }

    private static String plan(ExperimentReport report) {
        String horizon = report.experiment().plan().horizon().isPresent()
                ? "one planned look at " + report.experiment().plan().horizon().getAsLong() + " units an arm"
                : "watched without end";
        return report.state().look().isPresent() ? horizon + ", taken" : horizon;
    }
}
