package dev.antiphon.server.operator;

import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Status;
import dev.antiphon.server.experiment.ExperimentDesk;
import dev.antiphon.server.experiment.ExperimentJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the reports of the experiments, and how goals went: since the experiment's start where its store knows that, else as seen here since
 * the server started, at most {@value #MAX_LOOKS} looks each. Waits for the experiments' store. Thread-safe.
 */
public final class ExperimentReports {
    static final int MAX_LOOKS = 500;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);
    private static final String NONE = "No experiment is set up on this server. demo --experiments FILE, or"
            + " ServerSettings.withExperiments, defines some; then their health, goals, guardrails and verdicts are here.";

    private record Goal(String experiment, int phase, ExperimentHistory.Key key) {}

    private record Kept(Instant at, ExperimentHistory history) {}

    private final ExperimentDesk desk;
    private final InstantSource clock;
    private final Map<Goal, List<ExperimentsView.Look>> seen = new HashMap<>();
    private final Map<String, Kept> histories = new HashMap<>();

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

    private synchronized ExperimentsView.Experiment view(ExperimentReport report) {
        ExperimentHistory history = history(report);
        boolean sinceStart = !history.looks().isEmpty();
        return ExperimentShown.of(
                report,
                goal -> sinceStart ? history.of(goal) : looked(report, goal),
                sinceStart,
                ExperimentJson.notice(
                        report.state(),
                        desk.spend(report.experiment()),
                        desk.stayedOut(report.experiment().key())));
    }

    /** Asked anew after a while only: it takes long, and changes little. */
    private ExperimentHistory history(ExperimentReport report) {
        String key = report.experiment().key() + "/" + report.state().phase();
        Instant now = clock.instant();
        Kept kept = histories.get(key);
        if (kept == null || Duration.between(kept.at(), now).abs().compareTo(BETWEEN_LOOKS) >= 0) {
            List<Instant> times = ExperimentHistory.times(report.state(), now);
            List<Map<String, ArmTotals>> totals =
                    times.isEmpty() ? List.of() : desk.totalsAt(report.experiment(), times);
            kept = new Kept(now, ExperimentHistory.of(report.experiment(), report.state(), times, totals));
            histories.put(key, kept);
        }
        return kept.history();
    }

    private List<ExperimentsView.Look> looked(ExperimentReport report, ExperimentsView.Goal goal) {
        Instant now = clock.instant();
        List<ExperimentsView.Look> of = seen.computeIfAbsent(
                new Goal(report.experiment().key(), report.state().phase(), ExperimentHistory.Key.of(goal)),
                first -> new ArrayList<>());
        if (of.isEmpty() || Duration.between(of.getLast().at(), now).compareTo(BETWEEN_LOOKS) >= 0) {
            of.add(new ExperimentsView.Look(now, goal.difference(), goal.low(), goal.high()));
            if (of.size() > MAX_LOOKS) {
                of.removeFirst();
            }
        }
        return List.copyOf(of);
    }

    /** What forcing the flow to a tier means for experiments on tiers that run; empty when none does. */
    String besideForced(String flow) {
        List<String> running = desk.runningOnTiers(flow);
        return running.isEmpty()
                ? ""
                : " Until it is released, they do not enter experiments on tiers: " + String.join(", ", running) + ".";
    }

    /** Does what an operator orders; empty when there is no such experiment. */
    ControlAnswer order(Control.OfExperiment order, String who, String why) {
        return desk.named(order.experiment())
                .map(experiment -> tried(experiment, order, who, why))
                .orElseGet(() -> ControlAnswer.refused("There is no experiment '" + order.experiment() + "'."));
    }

    private ControlAnswer tried(Experiment experiment, Control.OfExperiment order, String who, String why) {
        try {
            return told(order, changed(experiment, order, who, why));
        } catch (IllegalArgumentException wrong) {
            return ControlAnswer.refused(order.experiment() + " stays as it is: " + wrong.getMessage() + ".");
        }
    }

    private ExperimentState.Result changed(Experiment experiment, Control.OfExperiment order, String who, String why) {
        return switch (order) {
            case Control.StartExperiment start -> desk.start(experiment, start.stagePercent(), who, why);
            case Control.RampExperiment ramp -> desk.ramp(experiment, ramp.stagePercent(), who, why);
            case Control.WeighExperiment weigh -> desk.weights(experiment, weigh.weights(), who, why);
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
