package dev.antiphon.server.experiment;

import dev.antiphon.admission.SpendEvent;
import dev.antiphon.admission.SpendLedger;
import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.Assignment;
import dev.antiphon.experiment.AuditEntry;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.ExperimentState.Status;
import dev.antiphon.experiment.Exposure;
import dev.antiphon.experiment.Phase;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.experiment.Verdict;
import dev.antiphon.model.TierLadder;
import dev.antiphon.spend.Cap;
import dev.antiphon.spend.SpendPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    private final SpendLedger spend;
    private final Map<String, Double> sampleRatios = new ConcurrentHashMap<>();
    private final Map<Stopped, Long> stopped = new ConcurrentHashMap<>();
    private final Map<OutOf, Long> stayedOut = new ConcurrentHashMap<>();
    private final Map<String, Map<String, ArmTotals>> seen = new ConcurrentHashMap<>();
    private volatile KnownExperiments known;

    /** Why the server ends or pauses an experiment by itself. */
    enum StopReason {
        SAMPLE_RATIO,
        GUARDRAIL,
        SPEND_CAP
    }

    private record OutOf(String experiment, StaysOut reason) {}

    private record Stopped(String experiment, StopReason reason) {}

    private ExperimentDesk(
            ExperimentSettings settings, InstantSource clock, SpendLedger spend, KnownExperiments known) {
        this.settings = settings;
        this.clock = clock;
        this.spend = spend;
        this.known = known;
    }

    /** A desk without caps; throws as the other one. */
    public static ExperimentDesk open(
            ExperimentSettings settings, TierLadder ladder, Set<String> variants, InstantSource clock) {
        return open(settings, ladder, variants, clock, new SpendLedger(SpendPlan.none(), clock));
    }

    /**
     * A desk for a server.
     *
     * @param variants what the bot has besides its usual conversation
     * @param spend what calls have cost: no call enters an experiment that is at its cap
     * @throws ExperimentProblem when an arm needs a tier, variant, voice or effort that is not there, or a running experiment was changed
     */
    public static ExperimentDesk open(
            ExperimentSettings settings,
            TierLadder ladder,
            Set<String> variants,
            InstantSource clock,
            SpendLedger spend) {
        KnownExperiments known =
                settings.experiments().isEmpty() ? KnownExperiments.NOTHING : firstKnown(settings, clock);
        Offering offered = new Offering(ladder, variants, Set.of());
        for (Experiment experiment : settings.experiments()) {
            offered.check(experiment).forEach(LOG::warn);
            checkUnchanged(experiment, known.state(experiment.key()));
        }
        spend.policy().perExperiment().keySet().stream()
                .filter(key -> settings.experiments().stream()
                        .noneMatch(each -> each.key().equals(key)))
                .forEach(key -> LOG.warn("there is a spend cap for experiment {}, which is not defined here", key));
        return new ExperimentDesk(settings, clock, spend, known);
    }

    /** A store that does not answer keeps no server from its calls; they enter nothing until it does. */
    private static KnownExperiments firstKnown(ExperimentSettings settings, InstantSource clock) {
        try {
            return KnownExperiments.NOTHING.askedAgain(settings, clock.instant());
        } catch (RuntimeException e) {
            LOG.warn("no call takes part in an experiment until their store answers: {}", e.toString());
            return KnownExperiments.NOTHING;
        }
    }

    private static void checkUnchanged(Experiment experiment, ExperimentState state) {
        if (state.status() == Status.RUNNING && !state.design().equals(experiment.design())) {
            throw new ExperimentProblem(
                    "experiment " + experiment.key()
                            + " runs, and its arms, seed or plan must stay as they were when it was started, but they were"
                            + " changed. Weights are changed with 'experiment weights'. Define the change under another key, or stop this one first.");
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
            KnownExperiments now = known;
            for (Experiment experiment : settings.experiments()) {
                if (!spend.mayEnter(experiment.key())) {
                    continue;
                }
                ExperimentState state = now.state(experiment.key());
                Assignment assignment = settings.assigner()
                        .assign(experiment, state, now.earlier(experiment.key()), flow, caller, call);
                if (state.design().equals(experiment.design()) && assignment instanceof Assignment.Entered in) {
                    entered = entered.and(new EnteredCall.Part(
                            new Exposure(experiment.key(), in.arm().key(), in.unit(), in.phase()),
                            in.arm().treatment(),
                            experiment.changes().contains(Treatment.TIER)));
                }
            }
            return entered;
        } catch (RuntimeException e) {
            LOG.warn("call {}: takes part in no experiment: {}", call, e.toString());
            return EnteredCall.NONE;
        }
    }

    /**
     * The call stays out of experiments on tiers, which counts it and says so in the log once for each experiment and reason. Never blocks.
     *
     * @return what is left of what it entered
     */
    public EnteredCall stayOut(EnteredCall entered, StaysOut reason) {
        entered.parts().stream()
                .filter(EnteredCall.Part::onTiers)
                .map(part -> part.exposure().experiment())
                .forEach(key -> {
                    if (stayedOut.merge(new OutOf(key, reason), 1L, Long::sum) == 1) {
                        LOG.warn(
                                "calls {} do not enter experiment {}, whose arms give tiers; its report counts them",
                                reason.calls(),
                                key);
                    }
                });
        return entered.notOnTiers();
    }

    /** How many calls would have entered the experiment and stayed out since this server started, by reason; none are left out. */
    public Map<StaysOut, Long> stayedOut(String experiment) {
        Map<StaysOut, Long> counts = new EnumMap<>(StaysOut.class);
        for (StaysOut reason : StaysOut.values()) {
            long calls = stayedOut(experiment, reason);
            if (calls > 0) {
                counts.put(reason, calls);
            }
        }
        return counts;
    }

    long stayedOut(String experiment, StaysOut reason) {
        return stayedOut.getOrDefault(new OutOf(experiment, reason), 0L);
    }

    /** Keys of experiments on tiers that run on calls of this flow. */
    public List<String> runningOnTiers(String flow) {
        return settings.experiments().stream()
                .filter(each -> each.changes().contains(Treatment.TIER) && each.isAbout(flow))
                .filter(each -> state(each).status() == Status.RUNNING)
                .map(Experiment::key)
                .toList();
    }

    private ExperimentState state(Experiment experiment) {
        return known.state(experiment.key());
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

    /**
     * What {@link #report(Experiment)} said at each of these times, as far as its arms go: of the calls of its phase that had ended by then.
     * Empty where the store does not know it any more.
     *
     * @param times in their order
     */
    public List<Map<String, ArmTotals>> totalsAt(Experiment experiment, List<Instant> times) {
        return settings.store().totalsAt(experiment.key(), state(experiment).phase(), settings.slow(), times);
    }

    /** An operator starts it, or lets it go on. */
    public Result start(Experiment experiment, int stagePercent, String who, String why) {
        return atCap(experiment)
                .<Result>map(spent -> new Result.Refused("its " + spent.capShown() + " is reached: " + spent.sentence()
                        + "; raise the cap where the server is started (--cap-experiment)"))
                .orElseGet(() -> change(experiment, new Change.Start(stagePercent, experiment.design()), who, why));
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

    /**
     * An operator lets new units be shared by other weights, which begins another {@link Phase}.
     *
     * @param weights of all arms, by key
     * @throws IllegalArgumentException with rule and value, when they cannot be
     */
    public Result weights(Experiment experiment, Map<String, Double> weights, String who, String why) {
        Map<String, Double> after = experiment.weights(weights);
        if (!settings.store().hasPhases()) {
            return new Result.Refused("the store of this server's experiments keeps no phases, so that units of other"
                    + " weights would be counted together");
        }
        ExperimentReport report = report(experiment);
        return change(experiment, new Change.Weights(report.experiment().weights(), after), who, why);
    }

    /**
     * What one phase of the experiment has shown, as of now.
     *
     * @throws IllegalArgumentException when there is no such phase
     */
    public ExperimentReport report(Experiment experiment, int phase) {
        refresh();
        return phase == state(experiment).phase() ? watched(experiment) : ofPhase(experiment, phase);
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

    /** What the experiment's calls have cost, and may; empty without a cap. */
    public Optional<ExperimentSpend> spend(Experiment experiment) {
        return Optional.ofNullable(spend.policy().perExperiment().get(experiment.key()))
                .map(cap -> new ExperimentSpend(spend.totals().ofExperiment(experiment.key()), cap));
    }

    private Optional<ExperimentSpend> atCap(Experiment experiment) {
        return spend(experiment).filter(ExperimentSpend::isReached);
    }

    /** Pauses an experiment as soon as it is at its cap, not only when {@link #watch} comes next. */
    public void pauseAtCaps(Executor slow) {
        spend.observe(event -> {
            if (event instanceof SpendEvent.OfExperiment of && of.level() == Cap.Level.REACHED) {
                slow.execute(this::watch);
            }
        });
    }

    /** Calls that are in it go on, and count for their arm. */
    private void pauseAtCap(Experiment experiment) {
        if (state(experiment).status() == Status.RUNNING) {
            atCap(experiment).ifPresent(spent -> {
                String why = "its " + spent.capShown() + " is reached: " + spent.sentence();
                if (change(experiment, new Change.Pause(), "spend cap", why) instanceof Result.Changed) {
                    stopped.merge(new Stopped(experiment.key(), StopReason.SPEND_CAP), 1L, Long::sum);
                    LOG.warn("experiment {} was paused: {}; calls go on outside of it", experiment.key(), why);
                }
            });
        }
    }

    /** The sample ratio of a running experiment as it was seen last, 0 to 1; NaN while it does not run. */
    double sampleRatio(String experiment) {
        ExperimentState state = known.state(experiment);
        return state.status() == Status.RUNNING ? sampleRatios.getOrDefault(experiment, Double.NaN) : Double.NaN;
    }

    /** How often this server ended or paused it by itself. */
    long stops(String experiment, StopReason reason) {
        return stopped.getOrDefault(new Stopped(experiment, reason), 0L);
    }

    private ExperimentReport watched(Experiment experiment) {
        pauseAtCap(experiment);
        ExperimentReport report = current(experiment);
        if (report.isLookDue() && report.state().status() == Status.RUNNING) {
            change(
                    experiment,
                    new Change.Freeze(report.lookAt(clock.instant())),
                    "plan",
                    "the planned number of units is reached");
            report = current(experiment);
        }
        Optional<ExperimentReport> speaksAgainst = speaksAgainst(experiment, report);
        if (report.state().status() == Status.RUNNING && speaksAgainst.isPresent()) {
            ExperimentReport failing = speaksAgainst.get();
            boolean guardrail = failing.verdict() instanceof Verdict.Stopped;
            String who = guardrail ? "guardrail" : "assignment check";
            String why = report.stopping().isPresent()
                    ? report.sentence()
                    : "callers of an earlier phase, who kept their arms: " + failing.sentence();
            if (change(experiment, new Change.Stop(), who, AuditEntry.cut(why)) instanceof Result.Changed) {
                StopReason reason = guardrail ? StopReason.GUARDRAIL : StopReason.SAMPLE_RATIO;
                stopped.merge(new Stopped(experiment.key(), reason), 1L, Long::sum);
                LOG.warn("experiment {} was stopped: {}", experiment.key(), why);
            }
            report = current(experiment);
        }
        sampleRatios.put(experiment.key(), report.sampleRatioP());
        return report;
    }

    /** The report of the phase that runs, or of an earlier one whose callers still have their arms, that speaks against going on. */
    private Optional<ExperimentReport> speaksAgainst(Experiment experiment, ExperimentReport current) {
        return Stream.concat(
                        Stream.of(current),
                        IntStream.range(Phase.FIRST, current.state().phase())
                                .mapToObj(phase -> ofPhase(experiment, phase)))
                .filter(report -> report.stopping().isPresent())
                .findFirst();
    }

    private ExperimentReport current(Experiment experiment) {
        ExperimentReport report = ofPhase(experiment, state(experiment).phase());
        seen.put(experiment.key(), report.arms());
        return report;
    }

    private ExperimentReport ofPhase(Experiment experiment, int phase) {
        ExperimentState state = state(experiment);
        return ExperimentReport.of(
                state.in(phase, experiment), state, settings.store().totals(experiment.key(), phase, settings.slow()));
    }

    /** Units of an arm with a finished call, as they were seen last; empty before. Never blocks. */
    OptionalLong units(String experiment, String arm) {
        return Optional.ofNullable(seen.getOrDefault(experiment, Map.of()).get(arm))
                .map(totals -> OptionalLong.of(totals.units()))
                .orElse(OptionalLong.empty());
    }

    private void refresh() {
        known = known.askedAgain(settings, clock.instant());
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
