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
     */
    static ExperimentsView.Experiment of(
            ExperimentReport report,
            Function<ExperimentsView.Goal, List<ExperimentsView.Look>> looks,
            boolean sinceStart) {
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
                units == 0 ? Optional.empty() : Optional.of(report.sampleRatioP()),
                goals(report).stream()
                        .map(goal -> goal.withLooks(looks.apply(goal)))
                        .toList(),
                sinceStart,
                report.comparisons().stream()
                        .flatMap(comparison ->
                                comparison.guardrails().stream().map(row -> guardrail(comparison.treatment(), row)))
                        .toList(),
                plan(report),
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
                row.interval().ifPresent(interval -> goals.add(goal(comparison.treatment(), row, interval)));
            }
        }
        return goals;
    }

    private static ExperimentsView.Goal goal(String variant, MetricRow row, Interval interval) {
        return new ExperimentsView.Goal(
                row.metric().word(),
                variant,
                row.metric().isShare(),
                row.treatment(),
                row.control(),
                row.treatment() - row.control(),
                interval.lower(),
                interval.upper(),
                row.rule(),
                List.of());
    }

    private static ExperimentsView.Guardrail guardrail(String variant, GuardrailRow row) {
        String bound = row.bound()
                .map(least -> least > 0
                        ? String.format(Locale.ROOT, "worse by at least %.4f (95 %%, at any time)", least)
                        : "not shown to be worse (95 %, at any time)")
                .orElse("too few calls to say anything");
        return new ExperimentsView.Guardrail(
                row.guardrail().metric().word(),
                variant,
                !row.fails(),
                String.format(
                        Locale.ROOT,
                        "%.4f, first arm %.4f; %s, %.4f is tolerated",
                        row.treatment(),
                        row.control(),
                        bound,
                        row.guardrail().tolerance()));
    }

    private static String plan(ExperimentReport report) {
        String horizon = report.experiment().plan().horizon().isPresent()
                ? "one planned look at " + report.experiment().plan().horizon().getAsLong() + " units an arm"
                : "watched without end";
        return report.state().look().isPresent() ? horizon + ", taken" : horizon;
    }
}
