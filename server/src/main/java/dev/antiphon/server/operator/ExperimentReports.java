package dev.antiphon.server.operator;

import dev.antiphon.experiment.Comparison;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Status;
import dev.antiphon.experiment.GuardrailRow;
import dev.antiphon.experiment.MetricRow;
import dev.antiphon.server.experiment.ExperimentDesk;
import dev.antiphon.statistics.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the reports of the experiments, and remembers how goals went, at most {@value #MAX_LOOKS} looks each, since the server started.
 * Waits for the experiments' store. Thread-safe.
 */
public final class ExperimentReports {
    static final int MAX_LOOKS = 500;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);
    private static final String NONE = "No experiment is set up on this server. demo --experiments FILE, or"
            + " ServerSettings.withExperiments, defines some; then their health, goals, guardrails and verdicts are here.";

    private record Goal(String experiment, String metric, String variant) {}

    private final ExperimentDesk desk;
    private final InstantSource clock;
    private final Map<Goal, List<ExperimentsView.Look>> looks = new HashMap<>();

    /** Of this desk. */
    public ExperimentReports(ExperimentDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** All of them, running ones first. */
    Shown<ExperimentsView> read() {
        if (desk.isEmpty()) {
            return new Shown.Missing<>(NONE);
        }
        return new Shown.Known<>(new ExperimentsView(desk.experiments().stream()
                .map(desk::report)
                .sorted(Comparator.comparing(report -> report.state().status() != Status.RUNNING))
                .map(this::view)
                .toList()));
    }

    private ExperimentsView.Experiment view(ExperimentReport report) {
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
                                arm.weight() / weights,
                                units(report, arm.key()),
                                units * arm.weight() / weights))
                        .toList(),
                report.shownSampleRatioP().stream().boxed().findFirst(),
                report.comparisons().stream()
                        .flatMap(comparison -> goals(experiment, comparison).stream())
                        .toList(),
                report.comparisons().stream()
                        .flatMap(comparison ->
                                comparison.guardrails().stream().map(row -> guardrail(comparison.treatment(), row)))
                        .toList(),
                plan(report));
    }

    private static long units(ExperimentReport report, String arm) {
        return Optional.ofNullable(report.arms().get(arm))
                .map(totals -> totals.units())
                .orElse(0L);
    }

    private List<ExperimentsView.Goal> goals(Experiment experiment, Comparison comparison) {
        List<ExperimentsView.Goal> goals = new ArrayList<>();
        for (MetricRow row : comparison.goals()) {
            row.interval().ifPresent(interval -> goals.add(goal(experiment, comparison.treatment(), row, interval)));
        }
        return goals;
    }

    private ExperimentsView.Goal goal(Experiment experiment, String variant, MetricRow row, Interval interval) {
        String metric = row.metric().word();
        double difference = row.treatment() - row.control();
        return new ExperimentsView.Goal(
                metric,
                variant,
                row.metric().isShare(),
                row.treatment(),
                row.control(),
                difference,
                interval.lower(),
                interval.upper(),
                row.rule(),
                looked(new Goal(experiment.key(), metric, variant), difference, interval));
    }

    private synchronized List<ExperimentsView.Look> looked(Goal goal, double difference, Interval interval) {
        Instant now = clock.instant();
        List<ExperimentsView.Look> of = looks.computeIfAbsent(goal, first -> new ArrayList<>());
        if (of.isEmpty() || Duration.between(of.getLast().at(), now).compareTo(BETWEEN_LOOKS) >= 0) {
            of.add(new ExperimentsView.Look(now, difference, interval.lower(), interval.upper()));
            if (of.size() > MAX_LOOKS) {
                of.removeFirst();
            }
        }
        return List.copyOf(of);
    }

    private static ExperimentsView.Guardrail guardrail(String variant, GuardrailRow row) {
        return new ExperimentsView.Guardrail(row.guardrail().metric().word(), variant, !row.fails(), row.sentence());
    }

    private static String plan(ExperimentReport report) {
        String horizon = report.experiment().plan().horizon().isPresent()
                ? "one planned look at " + report.experiment().plan().horizon().getAsLong() + " units an arm"
                : "watched without end";
        return report.state().look().isPresent() ? horizon + ", taken" : horizon;
    }

    /** Does what an operator orders; empty when there is no such experiment. */
    ControlAnswer order(Control.OfExperiment order, String who, String why) {
        return desk.named(order.experiment())
                .map(experiment -> told(order, changed(experiment, order, who, why)))
                .orElseGet(() -> ControlAnswer.refused("There is no experiment '" + order.experiment() + "'."));
    }

    private ExperimentState.Result changed(Experiment experiment, Control.OfExperiment order, String who, String why) {
        return switch (order) {
            case Control.StartExperiment start -> desk.start(experiment, start.stagePercent(), who, why);
            case Control.RampExperiment ramp -> desk.ramp(experiment, ramp.stagePercent(), who, why);
            case Control.PauseExperiment ignored -> desk.pause(experiment, who, why);
            case Control.StopExperiment ignored -> desk.stop(experiment, who, why);
        };
    }

    private static String now(ExperimentState state) {
        String word = state.status().name().toLowerCase(Locale.ROOT);
        return switch (state.status()) {
            case DRAFT, STOPPED -> word;
            case RUNNING -> word + " at " + state.stagePercent() + " % of its coverage";
            case PAUSED -> word + "; it had " + state.stagePercent() + " % of its coverage";
        };
    }

    private static ControlAnswer told(Control.OfExperiment order, ExperimentState.Result result) {
        return switch (result) {
            case ExperimentState.Result.Changed changed ->
                ControlAnswer.done(order.experiment() + " is " + now(changed.state()) + ".");
            case ExperimentState.Result.Refused refused ->
                ControlAnswer.refused(order.experiment() + " stays as it is: " + refused.rule() + ".");
        };
    }
}
