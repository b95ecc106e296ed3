package dev.antiphon.tool;

import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.tool.Waiters.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The node's tool pool: runs tools and side effects on virtual threads, each within its timeout and bulkhead, and settles
 * every invocation exactly once. The actor only decides; no user code and no JSON ever runs on its thread.
 *
 * <p>Supervised: when it breaks it restarts, and what was in flight settles as failed. Threads that are still at work keep
 * their places and their idempotency keys across the restart; an effect at work settles as timed out, since it may still
 * have its effect, and its end is told late.
 */
public final class ToolDispatcher extends AbstractMatchingBehavior<ToolDispatcher.Command> {

    /** What it can be told. */
    public sealed interface Command {}

    /** Asks what the pool is doing. */
    public record Inspect(ActorRef<ToolLoad> replyTo) implements Command {}

    record Invoke(Invocation invocation, String arguments, Settlements.Settlement settlement) implements Command {}

    record CancelAll(SessionId session) implements Command {}

    record Cancel(SessionId session, String callId) implements Command {}

    private record Ended(long generation, Attempt attempt) implements Command {}

    private record Expired(long number, Duration after) implements Command {}

    private record TryAgain(long generation) implements Command {}

    private final ToolCatalogue catalogue;
    private final ToolPoolSettings settings;
    private final OngoingWork work;
    private final Settlements settlements;
    private final TimerScheduler<Command> timers;
    private final Waiters waiters = new Waiters();

    /**
     * Starts a pool as a system actor, with the default settings.
     *
     * @throws UnusableTool when a name is declared twice, or an input record has no JSON Schema
     */
    public static ToolPool start(ActorSystem<?> system, List<? extends Tool<?, ?>> tools) {
        return start(system, tools, ToolPoolSettings.defaults());
    }

    /** Starts a pool as a system actor, see {@link #start(ActorSystem, List)}. */
    public static ToolPool start(ActorSystem<?> system, List<? extends Tool<?, ?>> tools, ToolPoolSettings settings) {
        return start(
                tools,
                settings,
                pool -> system.systemActorOf(
                        pool, "tools-" + UUID.randomUUID(), DispatcherSelector.fromConfig(VoiceSessions.DISPATCHER)));
    }

    /** Starts a pool as a child of an actor, see {@link #start(ActorSystem, List)}. */
    public static ToolPool start(ActorContext<?> parent, List<? extends Tool<?, ?>> tools, ToolPoolSettings settings) {
        return start(
                tools,
                settings,
                pool -> parent.spawnAnonymous(pool, DispatcherSelector.fromConfig(VoiceSessions.DISPATCHER)));
    }

    private static ToolPool start(
            List<? extends Tool<?, ?>> tools,
            ToolPoolSettings settings,
            Function<Behavior<Command>, ActorRef<Command>> spawn) {
        ToolCatalogue catalogue = ToolCatalogue.of(tools);
        Settlements settlements = new Settlements();
        return new ToolPool(spawn.apply(create(catalogue, settings, settlements)), catalogue, settlements);
    }

    static Behavior<Command> create(ToolCatalogue catalogue, ToolPoolSettings settings, Settlements settlements) {
        return Behaviors.setup(outer -> {
            OngoingWork work = new OngoingWork(catalogue, settings);
            Behavior<Command> incarnation = Behaviors.setup(context -> Behaviors.withTimers(
                    timers -> new ToolDispatcher(context, timers, catalogue, settings, work, settlements)));
            return Behaviors.supervise(incarnation).onFailure(Throwable.class, SupervisorStrategy.restart());
        });
    }

    private ToolDispatcher(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ToolCatalogue catalogue,
            ToolPoolSettings settings,
            OngoingWork work,
            Settlements settlements) {
        super(context);
        context.setLoggerName(ToolDispatcher.class);
        this.timers = timers;
        this.catalogue = catalogue;
        this.settings = settings;
        this.work = work;
        this.settlements = settlements;
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Invoke invoke -> onInvoke(invoke);
            case CancelAll cancel -> onCancelAll(cancel);
            case Cancel cancel -> onCancel(cancel);
            case Ended ended -> onEnded(ended);
            case Expired expired -> onExpired(expired);
            case TryAgain again -> onTryAgain(again);
            case Inspect inspect -> inspect.replyTo().tell(work.load());
        }
        return this;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PreRestart) {
            loseAll("the tool pool broke while this ran");
        } else if (signal instanceof PostStop) {
            loseAll("the tool pool was stopped while this ran");
            settlements.close();
        }
        return this;
    }

    private void onInvoke(Invoke invoke) {
        long number = work.nextNumber();
        Waiter first = new Waiter(
                number, number, invoke.invocation(), Duration.ZERO, invoke.settlement(), new ToolCall.Requested());
        waiters.put(first);
        switch (invoke.invocation()) {
            case Invocation.ModelCall call -> onModelCall(first, call, invoke.arguments());
            case Invocation.Effect effect -> onEffect(first, effect);
        }
    }

    private void onModelCall(Waiter waiter, Invocation.ModelCall call, String arguments) {
        Optional<OfferedTool<?, ?>> tool = catalogue.named(call.tool());
        if (tool.isEmpty()) {
            decide(waiter, new ToolOutcome.UnknownTool(call.tool()));
            return;
        }
        ToolGate gate = work.gateOf(tool.get());
        Optional<ToolGate.Cached> cached = gate.cached(arguments);
        if (cached.isEmpty()) {
            onToolCall(waiter, call, arguments, tool.get(), gate);
            return;
        }
        gate.counts.count(ToolCounts.Kind.CACHED);
        decide(waiter, cached.get().result());
        if (cached.get().stale()) {
            refresh(call, arguments, tool.get(), gate);
        }
    }

    private void onToolCall(
            Waiter waiter, Invocation.ModelCall call, String arguments, OfferedTool<?, ?> tool, ToolGate gate) {
        Optional<ResultLog.Key> key = key(call, arguments, tool.policy());
        Optional<ToolOutcome.Ok> earlier = key.flatMap(work.log()::succeeded);
        Optional<Run> running = key.flatMap(work.log()::running).flatMap(work::run);
        if (earlier.isPresent()) {
            gate.counts.count(ToolCounts.Kind.REPLAYED);
            decide(waiter, CanonicalArguments.again(earlier.get()));
        } else if (running.isPresent() && tool.policy().duplicates() == ToolPolicy.Duplicates.REJECT) {
            decide(
                    waiter,
                    new ToolOutcome.Rejected(
                            "'" + tool.name() + "' is already running with the same arguments; wait for its result"));
        } else if (running.isPresent()) {
            gate.counts.count(ToolCounts.Kind.JOINED);
            join(waiter, running.get(), tool.policy().timeout());
        } else {
            gate.refusal()
                    .ifPresentOrElse(
                            rule -> decide(waiter, new ToolOutcome.Rejected(rule)),
                            () -> begin(
                                    waiter,
                                    Run.of(tool, waiter.number(), call, arguments, key, gate),
                                    tool.policy().timeout()));
        }
    }

    /** Under which like calls find each other: those of the session, of everybody where results are for everybody. */
    private static Optional<ResultLog.Key> key(Invocation.ModelCall call, String arguments, ToolPolicy policy) {
        boolean keeps = policy.duplicates() == ToolPolicy.Duplicates.REPLAY;
        Optional<SessionId> within = policy.cache().isPresent() ? Optional.empty() : Optional.of(call.session());
        return policy.duplicates() == ToolPolicy.Duplicates.RUN
                ? Optional.empty()
                : Optional.of(new ResultLog.Key(within, call.tool() + " " + arguments, keeps));
    }

    /** Asks a tool anew whose result was told from the cache, once at a time for the same arguments; nobody waits for it. */
    private void refresh(Invocation.ModelCall call, String arguments, OfferedTool<?, ?> tool, ToolGate gate) {
        ResultLog.Key key =
                key(call, arguments, tool.policy()).orElseGet(() -> ResultLog.Key.refresh(call.tool(), arguments));
        if (work.log().running(key).isPresent() || gate.refusal().isPresent()) {
            return;
        }
        Run run = Run.of(tool, work.nextNumber(), call, arguments, Optional.of(key), gate);
        enter(run);
    }

    private void onEffect(Waiter waiter, Invocation.Effect effect) {
        ResultLog.Key key = ResultLog.Key.effect(effect.session(), effect.idempotencyKey());
        Optional<ToolOutcome.Ok> earlier = work.log().succeeded(key);
        Optional<Run> running = work.log().running(key).flatMap(work::run);
        Duration timeout = effect.policy().timeout();
        if (earlier.isPresent()) {
            decide(waiter, earlier.get());
        } else if (running.isPresent()) {
            join(waiter, running.get(), timeout);
        } else {
            begin(waiter, Run.of(effect, waiter.number(), key, work.effectPlaces(), settings.results()), timeout);
        }
    }

    private void begin(Waiter waiter, Run run, Duration timeout) {
        attach(waiter, run, timeout);
        enter(run);
    }

    /** It asks for a place when it is its turn. */
    private void enter(Run run) {
        if (work.enter(run)) {
            moveUp(run);
        }
    }

    /** Somebody has gone: the next of the tool has a place, the next of the line asks for one. */
    private void goOn(OngoingWork.Freed freed) {
        freed.hasPlace().ifPresent(this::launch);
        freed.isFirstInLine().ifPresent(this::moveUp);
    }

    private void moveUp(Run run) {
        switch (work.admit(run)) {
            case FULL -> {
                List<Waiter> waiting = waiters.of(run);
                OngoingWork.Freed next = work.dropped(run);
                waiting.forEach(waiter ->
                        decide(waiter, new ToolOutcome.Rejected(run.place().fullRule(run.name()))));
                goOn(next);
            }
            case WAIT -> {}
            case RUN -> launch(run);
        }
    }

    private void join(Waiter waiter, Run run, Duration timeout) {
        waiters.remove(waiter);
        Waiter attached = attach(waiter, run, timeout);
        if (run.worker().isPresent()) {
            step(attached, new ToolCall.Event.Started(run.generation()));
        }
    }

    private Waiter attach(Waiter waiter, Run run, Duration timeout) {
        Waiter attached = waiter.waitingFor(run, timeout);
        waiters.put(attached);
        arm(attached);
        return attached;
    }

    private void arm(Waiter waiter) {
        timers.startSingleTimer(waiter.number(), new Expired(waiter.number(), waiter.timeout()), waiter.timeout());
    }

    private void launch(Run run) {
        ActorRef<Command> self = getContext().getSelf();
        Optional<Waiter> only = onlyWaiter(run);
        Worker worker = new Worker(run.name(), run.work(), attempt -> {
            self.tell(new Ended(run.generation(), attempt));
            only.filter(waiter -> !attempt.worthRetrying())
                    .ifPresent(waiter -> waiter.settlement().settle(attempt.outcome()));
        });
        work.put(run.at(worker));
        worker.start(run.threads(settings.threads()));
        waiters.of(run).forEach(waiter -> step(waiter, new ToolCall.Event.Started(run.generation())));
    }

    /**
     * Who is told at once by the thread that did the work, one hop earlier than by this actor. The actor has the same news before,
     * in its mailbox, so that whatever the session asks next finds the run ended. Effects are told by the actor alone.
     */
    private Optional<Waiter> onlyWaiter(Run run) {
        List<Waiter> waiting = run.isEffect() ? List.of() : waiters.of(run);
        return waiting.size() == 1 ? Optional.of(waiting.getFirst()) : Optional.empty();
    }

    private void onEnded(Ended ended) {
        work.run(ended.generation()).ifPresent(run -> onEnded(run, ended.attempt()));
    }

    private void onEnded(Run run, Attempt attempt) {
        List<Waiter> waiting = waiters.of(run);
        if (attempt.worthRetrying() && run.retriesLeft() > 0 && !waiting.isEmpty()) {
            pause(run, waiting);
            return;
        }
        OngoingWork.Freed freed = work.ended(run, attempt);
        if (waiting.isEmpty()) {
            work.countLate(run);
            logLate(run, attempt);
        }
        ToolCall.Event finished = new ToolCall.Event.Finished(run.generation(), attempt.outcome());
        waiting.forEach(waiter -> step(waiter, finished));
        work.takeLate(run).forEach(settlement -> settlement.settleLate(attempt.outcome()));
        goOn(freed);
    }

    /** What changed something stays done, whoever hears of it. */
    private void logLate(Run run, Attempt attempt) {
        String message = "'{}' ended as {} when nobody waited for it any more, generation {}";
        if (run.interruptible()) {
            getContext().getLog().debug(message, run.name(), attempt.outcome().name(), run.generation());
        } else {
            getContext().getLog().info(message, run.name(), attempt.outcome().name(), run.generation());
        }
    }

    /** An effect has its time anew with each attempt; a caller waits for a tool's call as a whole. */
    private void pause(Run run, List<Waiter> waiting) {
        Run paused = run.paused();
        work.put(paused);
        run.call().ifPresent(call -> call.gate().counts.count(ToolCounts.Kind.RETRIED));
        if (run.isEffect()) {
            waiting.forEach(waiter -> timers.cancel(waiter.number()));
        }
        TryAgain again = new TryAgain(run.generation());
        timers.startSingleTimer(again, again, settings.pauseBefore(paused));
    }

    private void onTryAgain(TryAgain again) {
        work.run(again.generation()).ifPresent(run -> {
            if (run.isEffect()) {
                waiters.of(run).forEach(this::arm);
            }
            launch(run);
        });
    }

    private void onExpired(Expired expired) {
        waiters.numbered(expired.number()).ifPresent(waiter -> {
            Optional<Run> goesOn = work.run(waiter.generation()).filter(Run::isEffectAtWork);
            work.run(waiter.generation())
                    .filter(run -> run.worker().isPresent())
                    .flatMap(Run::call)
                    .ifPresent(call -> call.permit().settle(true));
            step(waiter, new ToolCall.Event.Expired(expired.after()));
            goesOn.ifPresentOrElse(
                    run -> work.tellLater(run, waiter.settlement()),
                    () -> waiter.settlement()
                            .settleLate(new ToolOutcome.Cancelled("its time was over before it began")));
        });
    }

    private void onCancelAll(CancelAll cancel) {
        waiters.of(cancel.session()).stream()
                .filter(Waiter::isModelCall)
                .forEach(waiter -> step(waiter, new ToolCall.Event.Withdrawn("the session cancelled its tool calls")));
    }

    private void onCancel(Cancel cancel) {
        waiters.of(cancel.session()).stream()
                .filter(waiter -> waiter.isCall(cancel.callId()))
                .filter(waiter ->
                        work.run(waiter.generation()).filter(Run::interruptible).isPresent())
                .forEach(waiter -> step(waiter, new ToolCall.Event.Withdrawn("the caller went on")));
    }

    private void decide(Waiter waiter, ToolOutcome outcome) {
        step(waiter, new ToolCall.Event.Decided(outcome));
    }

    private void step(Waiter waiter, ToolCall.Event event) {
        ToolCall.Transition transition = waiter.call().on(event);
        switch (transition.action()) {
            case ToolCall.Action.Settle settle -> {
                ToolOutcome told = waiter.settlement().settle(settle.outcome());
                leave(waiter); // after it was told: what is interrupted here tells nobody
                count(waiter, told);
            }
            case ToolCall.Action.DropLate late -> work.countLate();
            case ToolCall.Action.Ignore ignore -> waiters.put(waiter.in(transition.next()));
        }
    }

    private void count(Waiter waiter, ToolOutcome outcome) {
        if (waiter.invocation() instanceof Invocation.ModelCall call) {
            work.gate(call.tool()).ifPresent(gate -> gate.counts.count(outcome));
        }
    }

    private void leave(Waiter waiter) {
        timers.cancel(waiter.number());
        if (waiters.remove(waiter)) {
            work.run(waiter.generation()).ifPresent(this::abandon);
        }
    }

    /** Nobody waits for the run any more. */
    private void abandon(Run run) {
        if (run.worker().isEmpty()) {
            timers.cancel(new TryAgain(run.generation()));
            goOn(work.dropped(run));
        } else if (run.interruptible()) {
            run.worker().get().interrupt();
        }
    }

    /** Settles everything without touching what may be broken: no timers, no new runs. */
    private void loseAll(String message) {
        Throwable cause = new IllegalStateException(message);
        for (Waiter waiter : waiters.all()) {
            Optional<Run> run = work.run(waiter.generation());
            Optional<Run> goesOn = run.filter(Run::isEffectAtWork);
            String name = run.map(Run::name).orElse("it");
            ToolCall.Event lost = goesOn.isPresent()
                    ? new ToolCall.Event.Expired(waiter.timeout())
                    : new ToolCall.Event.Lost("'" + name + "' failed", cause);
            if (waiter.call().on(lost).action() instanceof ToolCall.Action.Settle settle) {
                waiter.settlement().settle(settle.outcome());
                goesOn.ifPresent(atWork -> work.tellLater(atWork, waiter.settlement()));
            }
        }
        waiters.clear();
        work.orphaned();
    }
}
