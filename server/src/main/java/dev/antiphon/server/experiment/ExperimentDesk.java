package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Assignment;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.ExperimentState.Status;
import dev.antiphon.experiment.ExperimentStore;
import dev.antiphon.experiment.Exposure;
import dev.antiphon.experiment.Verdict;
import dev.antiphon.model.TierLadder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The experiments of a running server: says what each call gets, and does what operators say. Thread-safe. {@link #enter} never blocks
 * and never throws; everything else asks the store and may block.
 */
public final class ExperimentDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentDesk.class);

    private final ExperimentSettings settings;
    private final InstantSource clock;
    private volatile Map<String, ExperimentState> states;

    private ExperimentDesk(ExperimentSettings settings, InstantSource clock, Map<String, ExperimentState> states) {
        this.settings = settings;
        this.clock = clock;
        this.states = states;
    }

    /**
     * A desk for a server.
     *
     * @param variants what the bot has besides its usual conversation
     * @throws ExperimentProblem when an arm needs a tier, variant, voice or effort that is not there, or a running experiment was changed
     */
    public static ExperimentDesk open(
            ExperimentSettings settings, TierLadder ladder, Set<String> variants, InstantSource clock) {
        Map<String, ExperimentState> states = settings.experiments().isEmpty() ? Map.of() : known(settings.store());
        Offering offered = new Offering(ladder, variants, Set.of());
        for (Experiment experiment : settings.experiments()) {
            offered.check(experiment).forEach(LOG::warn);
            checkUnchanged(experiment, states.getOrDefault(experiment.key(), ExperimentState.DRAFT));
        }
        return new ExperimentDesk(settings, clock, states);
    }

    /** A store that does not answer keeps no server from its calls; they enter nothing until it does. */
    private static Map<String, ExperimentState> known(ExperimentStore store) {
        try {
            return store.states();
        } catch (RuntimeException e) {
            LOG.warn("no call takes part in an experiment until their store answers: {}", e.toString());
            return Map.of();
        }
    }

    private static void checkUnchanged(Experiment experiment, ExperimentState state) {
        if (state.status() == Status.RUNNING && !state.design().equals(experiment.design())) {
            throw new ExperimentProblem("experiment " + experiment.key()
                    + " runs, and its arms, seed or plan must stay as they were when it was started, but they were"
                    + " changed. Define the change under another key, or stop this one first.");
        }
    }

    /** Whether there is anything to do here. */
    public boolean isEmpty() {
        return settings.experiments().isEmpty();
    }

    /** Whether what is known outlives this process. */
    public boolean isLasting() {
        return settings.store().isLasting();
    }

    /** The definitions. */
    public List<Experiment> experiments() {
        return settings.experiments();
    }

    /** What the call gets: of anything unexpected, nothing, and a line in the log. */
    public EnteredCall enter(String flow, Optional<String> caller, String call) {
        try {
            EnteredCall entered = EnteredCall.NONE;
            for (Experiment experiment : settings.experiments()) {
                ExperimentState state = state(experiment);
                Assignment assignment = settings.assigner().assign(experiment, state, flow, caller, call);
                if (state.design().equals(experiment.design()) && assignment instanceof Assignment.Entered in) {
                    entered = entered.and(
                            new Exposure(experiment.key(), in.arm().key(), in.unit()),
                            in.arm().treatment());
                }
            }
            return entered;
        } catch (RuntimeException e) {
            LOG.warn("call {}: takes part in no experiment: {}", call, e.toString());
            return EnteredCall.NONE;
        }
    }

    private ExperimentState state(Experiment experiment) {
        return states.getOrDefault(experiment.key(), ExperimentState.DRAFT);
    }

    /** The definition of this key. */
    public Optional<Experiment> named(String key) {
        return settings.experiments().stream()
                .filter(each -> each.key().equals(key))
                .findFirst();
    }

    /** What the experiment has shown, as of now. A look that is due is taken. */
    public ExperimentReport report(Experiment experiment) {
        refresh();
        return watched(experiment);
    }

    /** An operator starts it, or lets it go on. */
    public Result start(Experiment experiment, int stagePercent, String who, String why) {
        return change(experiment, new Change.Start(stagePercent, experiment.design()), who, why);
    }

    /** An operator lets no call enter for now. */
    public Result pause(Experiment experiment, String who, String why) {
        return change(experiment, new Change.Pause(), who, why);
    }

    /** An operator ends it. */
    public Result stop(Experiment experiment, String who, String why) {
        return change(experiment, new Change.Stop(), who, why);
    }

    /** An operator uses more or less of its coverage. */
    public Result ramp(Experiment experiment, int stagePercent, String who, String why) {
        ExperimentReport report = report(experiment);
        String failing = report.stopping().isPresent() ? report.sentence() : "";
        return change(experiment, new Change.Ramp(stagePercent, failing), who, why);
    }

    /** Takes looks that are due, and stops what a guardrail or a broken assignment speaks against. Called again and again. */
    public void watch() {
        try {
            refresh();
            settings.experiments().stream()
                    .filter(each -> state(each).status() == Status.RUNNING)
                    .forEach(this::watched);
        } catch (RuntimeException e) {
            LOG.warn("experiments could not be seen to: {}", e.toString());
        }
    }

    private ExperimentReport watched(Experiment experiment) {
        ExperimentReport report = current(experiment);
        if (report.isLookDue() && report.state().status() == Status.RUNNING) {
            change(
                    experiment,
                    new Change.Freeze(report.lookAt(clock.instant())),
                    "plan",
                    "the planned number of units is reached");
            report = current(experiment);
        }
        if (report.state().status() == Status.RUNNING && report.stopping().isPresent()) {
            String who = report.verdict() instanceof Verdict.Stopped ? "guardrail" : "assignment check";
            change(experiment, new Change.Stop(), who, report.sentence());
            LOG.warn("experiment {} was stopped: {}", experiment.key(), report.sentence());
            report = current(experiment);
        }
        return report;
    }

    private ExperimentReport current(Experiment experiment) {
        return ExperimentReport.of(
                experiment, state(experiment), settings.store().totals(experiment.key(), settings.slow()));
    }

    private void refresh() {
        states = settings.store().states();
    }

    private synchronized Result change(Experiment experiment, Change change, String who, String why) {
        refresh();
        ExperimentState before = state(experiment);
        Result result = before.changed(change, who, why, clock.instant());
        if (result instanceof Result.Changed changed
                && !settings.store().replace(experiment.key(), before, changed.state())) {
            refresh();
            return new Result.Refused("somebody else has changed it at the same time; look at it again");
        }
        refresh();
        return result;
    }
}
