package dev.antiphon.tier;

import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.event.Level;

/**
 * Where new calls of a flow start: on the lowest tier of its ladder, unless an operator pinned the flow to another, or the outcomes of
 * finished calls say that the tier is not well, see {@link TierCircuit}. One per node.
 *
 * <p>Bounds: {@value #MAX_FLOWS} flows; calls of others start on the lowest tier and are counted as not counted. {@value #MAX_ENDED} ids
 * of ended sessions, so that an outcome that comes again counts once. {@value #MAX_DECISIONS} decisions are kept for the report.
 */
public final class TierRouter extends AbstractMatchingBehavior<TierRouter.Command> {
    static final int MAX_FLOWS = 1_000;
    static final int MAX_ENDED = 10_000;
    static final int MAX_DECISIONS = 200;
    private static final Duration TICK = Duration.ofMinutes(1);
    static final Duration LOAD_AGAIN = Duration.ofSeconds(2);

    /** What it can be told. */
    public sealed interface Command {}

    /** Asks where a new call of the flow starts; a session that asks again starts where it was told to. */
    public record StartOn(String flow, String session, ActorRef<Start> replyTo) implements Command {}

    /**
     * Where a call starts.
     *
     * @param tier the tier
     * @param number to be told with the call's outcome, see {@link Observed.Finished#number}; 0 for a flow that is not counted
     */
    public record Start(Tier tier, long number) {}

    /** An operator decides where new calls of the flow start. Running calls stay where they are. */
    public record Pin(String flow, String tier, ActorRef<PinAnswer> replyTo) implements Command {}

    /** New calls of the flow start where the router finds right again. */
    public record Unpin(String flow) implements Command {}

    /** Nothing of the flow moves up, whatever the evidence, until {@link Resume}. Trials of the way back become needless, too. */
    public record Pause(String flow) implements Command {}

    /** Asks which flows an operator pinned. */
    public record AskPins(ActorRef<Pins> replyTo) implements Command {}

    /**
     * The answer to {@link AskPins}.
     *
     * @param tiers flow to the tier that an operator pinned it to
     */
    public record Pins(Map<String, String> tiers) {
        public Pins {
            tiers = Map.copyOf(tiers);
        }
    }

    /** Undoes {@link Pause}. */
    public record Resume(String flow) implements Command {}

    /** An operator puts the circuit of a tier into a state; from there it goes on by itself. */
    public record Force(String flow, String tier, RouterDecision.State state, ActorRef<ForceAnswer> replyTo)
            implements Command {}

    /** A fact about a call. */
    public record Observe(Observed fact) implements Command {}

    /** Asks what the router knows. */
    public record Report(ActorRef<TierReport> replyTo) implements Command {}

    /** The answer to {@link Pin}. */
    public sealed interface PinAnswer {
        /** Done. */
        record Pinned(String flow, Tier tier) implements PinAnswer {}

        /** The flow's ladder has no such tier. */
        record NoSuchTier(String flow, String tier, List<String> known) implements PinAnswer {
            public NoSuchTier {
                known = List.copyOf(known);
            }
        }

        /** There are {@value TierRouter#MAX_FLOWS} other flows already. */
        record TooManyFlows(String flow) implements PinAnswer {}
    }

    /** The answer to {@link Force}. */
    public sealed interface ForceAnswer {
        /** Done. */
        record Forced(String flow, String tier, RouterDecision.State state) implements ForceAnswer {}

        /** It cannot be; {@code reason} names the rule and the value. */
        record Refused(String reason) implements ForceAnswer {}
    }

    private enum Tick implements Command {
        NOW
    }

    private enum Load implements Command {
        AGAIN
    }

    private record Loaded(List<FlowSnapshot> flows) implements Command {
        private Loaded {
            flows = List.copyOf(flows);
        }
    }

    private record LoadFailed(Throwable cause) implements Command {}

    private record Written(Set<String> flows, Optional<Throwable> failure) implements Command {
        private Written {
            flows = Set.copyOf(flows);
        }
    }

    private final TimerScheduler<Command> timers;
    private final TierLadder usual;
    private final Map<String, TierLadder> ladders;
    private final RouterSettings settings;
    private final Map<String, FlowRoutes> flows = new LinkedHashMap<>();
    private final Deque<RouterDecision> decisions = new ArrayDeque<>();
    private final Set<String> ended = new LinkedHashSet<>();
    private final Set<String> unwritten = new LinkedHashSet<>();
    private final Set<RouterListener> blamed = Collections.newSetFromMap(new HashMap<>());
    private RouterPolicies policies;
    private SteadyClock clock;
    private boolean loaded;
    private boolean writing;
    private boolean memoryFails;
    private long moves;
    private long notCounted;
    private long repeated;
    private long clockJumps;

    /**
     * A router without history. When it fails it begins anew with what its memory has kept.
     *
     * @param usual the ladder of every flow that has none of its own
     * @param ladders flow name to its own ladder
     */
    public static Behavior<Command> create(TierLadder usual, Map<String, TierLadder> ladders, RouterSettings settings) {
        Map<String, TierLadder> own = Map.copyOf(ladders);
        Behavior<Command> incarnation = Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new TierRouter(context, timers, usual, own, settings)));
        return Behaviors.supervise(incarnation).onFailure(SupervisorStrategy.restart());
    }

    /** A router with the default settings. */
    public static Behavior<Command> create(TierLadder usual, Map<String, TierLadder> ladders) {
        return create(usual, ladders, RouterSettings.defaults());
    }

    /** A router with the default settings; all flows share one ladder. */
    public static Behavior<Command> create(TierLadder ladder) {
        return create(ladder, Map.of());
    }

    private TierRouter(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            TierLadder usual,
            Map<String, TierLadder> ladders,
            RouterSettings settings) {
        super(context);
        context.setLoggerName(TierRouter.class);
        this.timers = timers;
        this.usual = usual;
        this.ladders = ladders;
        this.settings = settings;
        this.policies = settings.policies().current();
        this.clock =
                SteadyClock.begin(settings.wall().instant(), settings.nanos().getAsLong());
        timers.startTimerWithFixedDelay(Tick.NOW, TICK);
        if (remembers()) {
            load();
        }
    }

    private void load() {
        getContext()
                .pipeToSelf(
                        CompletableFuture.supplyAsync(settings.memory()::load, settings.io()),
                        (known, failure) -> failure == null ? new Loaded(known) : new LoadFailed(failure));
    }

    private boolean remembers() {
        return settings.memory() != RouterMemory.none();
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        RouterTime now = now();
        usePolicies();
        switch (command) {
            case StartOn ask -> onStartOn(ask, now);
            case Pin pin -> pin.replyTo().tell(onPin(pin, now));
            case Unpin unpin -> onFlow(unpin.flow(), now, routes -> routes.unpin(now));
            case Pause pause -> onFlow(pause.flow(), now, routes -> routes.pause(true, now));
            case Resume resume -> onFlow(resume.flow(), now, routes -> routes.pause(false, now));
            case Force force -> force.replyTo().tell(onForce(force, now));
            case Observe observe -> onObserved(observe.fact(), now);
            case AskPins ask -> ask.replyTo().tell(new Pins(pins()));
            case Report report -> report.replyTo().tell(report());
            case Tick tick -> onTick(now);
            case Load again -> load();
            case Loaded found -> onLoaded(found.flows(), now);
            case LoadFailed failed -> onLoadFailed(failed.cause());
            case Written written -> onWritten(written);
        }
        return this;
    }

    private RouterTime now() {
        SteadyClock.Reading reading =
                clock.read(settings.wall().instant(), settings.nanos().getAsLong());
        clock = reading.next();
        reading.jump().ifPresent(jump -> {
            clockJumps++;
            getContext()
                    .getLog()
                    .warn(
                            "The wall clock jumped by {}: timeouts of the tier router go on as if it had not, and its daily"
                                    + " budget is not renewed sooner than {} after the last time",
                            jump,
                            DailyBudget.LEAST);
        });
        return clock.time();
    }

    private void usePolicies() {
        RouterPolicies latest = settings.policies().current();
        if (!latest.equals(policies)) {
            policies = latest;
            flows.forEach((flow, routes) -> routes.configure(policies.of(flow)));
            getContext().getLog().info("The tier router has other policies now");
        }
    }

    private void onStartOn(StartOn ask, RouterTime now) {
        Optional<FlowRoutes> routes = routes(ask.flow(), now);
        TierLadder ladder = ladderOf(ask.flow());
        ask.replyTo()
                .tell(routes.map(known -> known.start(ask.session(), settings.random(), now))
                        .map(start -> new Start(ladder.tiers().get(start.rung()), start.number()))
                        .orElseGet(() -> new Start(ladder.lowest(), 0)));
        routes.ifPresent(known -> publish(ask.flow(), known));
    }

    private PinAnswer onPin(Pin pin, RouterTime now) {
        TierLadder ladder = ladderOf(pin.flow());
        Optional<Tier> tier = ladder.named(pin.tier());
        if (tier.isEmpty()) {
            return new PinAnswer.NoSuchTier(pin.flow(), pin.tier(), names(ladder));
        }
        return onFlow(pin.flow(), now, routes -> routes.pin(pin.tier(), now))
                ? new PinAnswer.Pinned(pin.flow(), tier.get())
                : new PinAnswer.TooManyFlows(pin.flow());
    }

    private ForceAnswer onForce(Force force, RouterTime now) {
        TierLadder ladder = ladderOf(force.flow());
        if (ladder.named(force.tier()).isEmpty()) {
            return new ForceAnswer.Refused(
                    "a tier must be one of " + names(ladder) + ", but was '" + force.tier() + "'");
        }
        try {
            return onFlow(force.flow(), now, routes -> routes.force(force.tier(), force.state(), now))
                    ? new ForceAnswer.Forced(force.flow(), force.tier(), force.state())
                    : new ForceAnswer.Refused("there are " + MAX_FLOWS + " other flows already");
        } catch (IllegalArgumentException wrong) {
            return new ForceAnswer.Refused(String.valueOf(wrong.getMessage()));
        }
    }

    private void onObserved(Observed fact, RouterTime now) {
        switch (fact) {
            case Observed.Moved moved -> moves++;
            case Observed.Withdrawn gone -> onFlow(gone.flow(), now, routes -> routes.withdrawn(gone.session(), now));
            case Observed.Finished finished -> onFinished(finished, now);
        }
    }

    private void onFinished(Observed.Finished finished, RouterTime now) {
        if (!ended.add(finished.session())) {
            repeated++;
            getContext()
                    .getLog()
                    .warn("The outcome of session {} came again and is not counted again", finished.session());
            return;
        }
        if (ended.size() > MAX_ENDED) {
            ended.remove(ended.iterator().next());
        }
        if (!onFlow(finished.flow(), now, routes -> routes.finished(finished, now))) {
            notCounted++;
        }
    }

    private void onTick(RouterTime now) {
        flows.forEach((flow, routes) -> {
            routes.pass(now);
            tellDecisions(routes);
        });
        write();
    }

    /** Does something with a flow, if there is room for it, and tells what came of it. */
    private boolean onFlow(String flow, RouterTime now, Consumer<FlowRoutes> work) {
        Optional<FlowRoutes> routes = routes(flow, now);
        routes.ifPresent(known -> {
            work.accept(known);
            publish(flow, known);
        });
        return routes.isPresent();
    }

    private Optional<FlowRoutes> routes(String flow, RouterTime now) {
        if (flows.size() >= MAX_FLOWS && !flows.containsKey(flow)) {
            return Optional.empty();
        }
        return Optional.of(
                flows.computeIfAbsent(flow, name -> new FlowRoutes(name, ladderOf(name), policies.of(name), now)));
    }

    private void publish(String flow, FlowRoutes routes) {
        tellDecisions(routes);
        for (int rung = 0; rung < ladderOf(flow).tiers().size(); rung++) {
            TierCircuit circuit = routes.circuit(rung);
            String tier = circuit.snapshot().tier();
            tell(listener -> {
                listener.measured(flow, tier, circuit.state(), circuit.evidence());
                listener.guarded(flow, tier, circuit.snapshot().suppressed());
            });
        }
        unwritten.add(flow);
        write();
    }

    private void tellDecisions(FlowRoutes routes) {
        for (RouterDecision decision : routes.news()) {
            decisions.add(decision);
            if (decisions.size() > MAX_DECISIONS) {
                decisions.remove();
            }
            getContext()
                    .getLog()
                    .atLevel(level(decision.kind()))
                    .log(
                            "Tier {} of flow {}: {}, {} to {}: {}",
                            decision.tier(),
                            decision.flow(),
                            decision.kind(),
                            decision.from(),
                            decision.to(),
                            decision.reason());
            tell(listener -> listener.decided(decision));
        }
    }

    private static Level level(RouterDecision.Kind kind) {
        return switch (kind) {
            case SYSTEMIC -> Level.ERROR;
            case ESCALATED, HELD_BACK, STILL_DEGRADED -> Level.WARN;
            case PROBING, RETURNED, LEARNED, BY_OPERATOR -> Level.INFO;
        };
    }

    private void tell(Consumer<RouterListener> news) {
        for (RouterListener listener : settings.listeners()) {
            try {
                news.accept(listener);
            } catch (RuntimeException broken) {
                if (blamed.add(listener)) {
                    getContext()
                            .getLog()
                            .warn("A listener of the tier router failed; further failures are not told", broken);
                }
            }
        }
    }

    private void onLoaded(List<FlowSnapshot> known, RouterTime now) {
        loaded = true;
        memoryWorks();
        for (FlowSnapshot snapshot : known) {
            routes(snapshot.flow(), now)
                    .filter(FlowRoutes::isFresh)
                    .ifPresentOrElse(
                            routes -> {
                                routes.restore(snapshot, now);
                                publish(snapshot.flow(), routes);
                            },
                            () -> getContext()
                                    .getLog()
                                    .warn(
                                            "What was kept of flow {} is not used: it has outcomes already",
                                            snapshot.flow()));
        }
        write();
    }

    /** Until it is known what was kept, nothing is written over it. */
    private void onLoadFailed(Throwable cause) {
        memoryFails(cause);
        timers.startSingleTimer(Load.AGAIN, LOAD_AGAIN);
    }

    private void memoryWorks() {
        if (memoryFails) {
            memoryFails = false;
            getContext().getLog().info("The memory of the tier router works again");
        }
    }

    private void memoryFails(Throwable cause) {
        if (!memoryFails) {
            memoryFails = true;
            getContext()
                    .getLog()
                    .warn(
                            "The memory of the tier router failed: what it knows is kept in this process only, calls go on,"
                                    + " and it is written when the memory works again",
                            cause);
        }
    }

    /** One batch at a time; what changes meanwhile is written with the next one. */
    private void write() {
        if (!remembers() || !loaded || writing || unwritten.isEmpty()) {
            return;
        }
        Set<String> batch = Set.copyOf(unwritten);
        List<FlowSnapshot> snapshots = batch.stream()
                .flatMap(flow -> Optional.ofNullable(flows.get(flow)).stream())
                .map(FlowRoutes::snapshot)
                .toList();
        unwritten.clear();
        writing = true;
        getContext()
                .pipeToSelf(
                        CompletableFuture.runAsync(() -> snapshots.forEach(settings.memory()::remember), settings.io()),
                        (done, failure) -> new Written(batch, Optional.ofNullable(failure)));
    }

    private void onWritten(Written written) {
        writing = false;
        written.failure()
                .ifPresentOrElse(
                        cause -> {
                            unwritten.addAll(written.flows());
                            memoryFails(cause);
                        },
                        () -> {
                            memoryWorks();
                            write();
                        });
    }

    private TierReport report() {
        List<TierReport.FlowReport> reports = new ArrayList<>();
        List<TierReport.Row> rows = new ArrayList<>();
        for (FlowRoutes routes : flows.values()) {
            TierReport.FlowReport report = routes.report();
            reports.add(report);
            report.tiers().stream()
                    .filter(tier -> tier.tally().finished() > 0)
                    .map(tier -> new TierReport.Row(report.flow(), tier.tier(), tier.tally()))
                    .forEach(rows::add);
        }
        return new TierReport(rows, pins(), moves, notCounted, repeated, clockJumps, reports, List.copyOf(decisions));
    }

    private Map<String, String> pins() {
        Map<String, String> pins = new HashMap<>();
        flows.forEach((flow, routes) -> routes.pinned().ifPresent(tier -> pins.put(flow, tier)));
        return pins;
    }

    private static List<String> names(TierLadder ladder) {
        return ladder.tiers().stream().map(Tier::name).toList();
    }

    private TierLadder ladderOf(String flow) {
        return ladders.getOrDefault(flow, usual);
    }
}
