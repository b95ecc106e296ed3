package dev.antiphon.session;

import dev.antiphon.connection.ModelConnection;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.Tier;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One call: the only junction between caller, model, dialog and tools, and the single writer of the call's state.
 *
 * <p>Who speaks when is decided by the pure {@link TurnMachine}, what the dialog wants by the {@link Conversation}; this actor
 * performs what they decide. It ends itself when the call ends, after {@link CallerChannel.Signal.CallEnded}.
 */
public final class VoiceSession extends AbstractMatchingBehavior<VoiceSession.Command> {

    /** What it can be told. */
    public sealed interface Command {}

    /** A piece of the caller's speech, in the session's input format. */
    public record CallerAudio(AudioPayload audio) implements Command {}

    /** Push-to-talk: the caller's turn ends here. */
    public record CallerCommit() implements Command {}

    /** Push-to-talk: forget the uncommitted audio. */
    public record CallerClear() implements Command {}

    /**
     * The caller typed something, or shows pictures, or both: a turn of its own.
     *
     * @param images as data URIs of PNG or JPEG; not for models of the beta dialect
     */
    public record CallerText(String text, List<ContentPart.InputImage> images) implements Command {
        public CallerText {
            images = List.copyOf(images);
            if (text.isBlank() && images.isEmpty()) {
                throw new IllegalArgumentException("a typed turn needs words or a picture");
            }
        }

        /** Words only. */
        public CallerText(String text) {
            this(text, List.of());
        }
    }

    /** The caller's side says how much of an utterance was played when it stopped, or has been played so far. */
    public record CallerPlayed(String utteranceId, Duration played, boolean stopped) implements Command {}

    /** The caller's software asks to stop the agent now. */
    public record CallerInterrupt() implements Command {}

    /** Changes formats, modality or turn detection; formats only before the first audio. */
    public record ConfigureCaller(AudioFormat input, AudioFormat output, Modality modality, TurnDetection turnDetection)
            implements Command {}

    /** Asks the model beside the conversation; {@code replyTo} gets one reply. */
    public record AskAside(Aside aside, ActorRef<Aside.Reply> replyTo) implements Command {}

    /** The caller is gone. */
    public record HangUp(String reason) implements Command {}

    private record FromConnection(ModelConnection.Event event) implements Command {}

    record ToolSettled(String callId, String tool, ToolOutcome outcome, long startedNanos) implements Command {}

    record EffectSettled(String effectId, String name, ToolOutcome outcome, long startedNanos) implements Command {}

    record EffectSettledLate(String effectId, String name, ToolOutcome outcome) implements Command {}

    record EffectSlow(String effectId, Duration elapsed) implements Command {}

    record ToolOverdue(String callId, String tool, Duration after) implements Command {}

    record ToolSlow(String callId, int rung, String words) implements Command {}

    record HandoverAnswered(String key, HandoverResult result) implements Command {}

    record HandoverOverdue(String key) implements Command {}

    record HandoverSlow() implements Command {}

    private record Fired(TurnTimer timer) implements Command {}

    private record Reconnect() implements Command {}

    /** The actor of a connection is gone; unless it said so itself, it crashed. */
    private record ConnectionGone(ActorRef<ModelConnection.Command> connection) implements Command {}

    private record ConfigurationOverdue(ActorRef<ModelConnection.Command> connection) implements Command {}

    private record Renew() implements Command {}

    private record AsideOverdue(String id) implements Command {}

    private record MaxDuration() implements Command {}

    private record KeysPaused() implements Command {}

    private final CallSetup call;
    private final TimerScheduler<Command> timers;
    private final TurnTimers turnTimers;
    private final ToolRuns tools;
    private final HandoverRun handover;
    private final ModelLine line;
    private final CallRecord record;
    private final DialogRunner dialog;
    private final ToolSettling settling;
    private final PersonAsking person;
    private final CallEnding ending;
    private final Deque<TurnInput> inputs = new ArrayDeque<>();
    private final CallerSide caller;
    private final ModelMemory memory;
    private final Asides asides;
    private final Keypad keypad = new Keypad();
    private final SpendGuard spend;

    private TurnState turn;
    private boolean started;
    private boolean briefedSincePrepared;
    private Optional<Outcome> outcome = Optional.empty();
    private long commandNanos;

    /** Connects to the start tier's model and begins the call. */
    public static Behavior<Command> create(CallSetup call) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> begin(context, timers, call)));
    }

    private static Set<String> cancellable(CallSetup call) {
        return call.offeredTools().stream()
                .map(FunctionTool::name)
                .filter(name -> call.tools().conduct(name).cancellable())
                .collect(Collectors.toUnmodifiableSet());
    }

    private String tierName() {
        return line.tier().name();
    }

    private static VoiceSession begin(ActorContext<Command> context, TimerScheduler<Command> timers, CallSetup call) {
        try {
            return new VoiceSession(context, timers, call);
        } catch (LinkageError | StackOverflowError e) {
            throw new IllegalStateException("the call's code is broken: " + e, e);
        }
    }

    private VoiceSession(ActorContext<Command> context, TimerScheduler<Command> timers, CallSetup call) {
        super(context);
        context.setLoggerName(VoiceSession.class);
        this.call = call;
        this.timers = timers;
        this.turnTimers = new TurnTimers((timer, delay) -> timers.startSingleTimer(timer, new Fired(timer), delay));
        this.caller = new CallerSide(call.settings());
        this.memory = new ModelMemory(call.settings().context());
        this.record = new CallRecord(call);
        this.tools = new ToolRuns(call, record, timers, context.getSelf());
        this.handover = new HandoverRun(call, record, timers, context.getSelf());
        this.dialog = new DialogRunner(call, record, new DialogRunner.Port() {
            @Override
            public void input(TurnInput input) {
                inputs.add(input);
            }

            @Override
            public void runEffect(Conversation.Directive.Run run) {
                tools.run(run);
            }

            @Override
            public Tier tier() {
                return line.tier();
            }

            @Override
            public boolean moveTo(Tier tier) {
                return !spend.forbidsMoves() && line.open(tier, ModelLine.Purpose.MOVE);
            }

            @Override
            public void send(ClientEvent event) {
                line.send(event);
            }

            @Override
            public void handsOver(Outcome.HandedOver to) {
                if (!ending.isDue()) {
                    person.handsOver(to);
                }
            }

            @Override
            public void rebriefed() {
                briefedSincePrepared = true;
                line.send(new ClientEvent.SessionUpdate(
                        Optional.empty(), LineConfig.brief(caller.settings(), dialog.opening(), call.offeredTools())));
            }
        });
        this.settling = new ToolSettling(tools, dialog, record, inputs::add);
        this.person = new PersonAsking(call, record, handover, dialog, memory, this::tierName, inputs::add);
        this.ending = new CallEnding(dialog, handover, inputs::add);
        this.turn = TurnState.begin(call.settings(), dialog.ownTools(), dialog.sayAgain(), cancellable(call));
        ActorRef<ModelConnection.Event> adapter =
                context.messageAdapter(ModelConnection.Event.class, FromConnection::new);
        this.line = new ModelLine(call.start(), call.endpoints(), call.clock(), tier -> {
            ActorRef<ModelConnection.Command> connection = context.spawnAnonymous(
                    ModelConnection.create(
                            tier.endpoint(),
                            call.settings().connection(),
                            call.transport(),
                            adapter,
                            ModelLine.UNHEARD),
                    DispatcherSelector.sameAsParent());
            context.watchWith(connection, new ConnectionGone(connection));
            return connection;
        });
        this.asides = new Asides(usage -> record.billed(line.tier(), usage));
        this.spend = new SpendGuard(call, record, dialog, tier -> line.open(tier, ModelLine.Purpose.MOVE));
        line.open(call.start(), ModelLine.Purpose.FIRST);
        timers.startSingleTimer(
                MaxDuration.class, new MaxDuration(), call.settings().maxDuration());
    }

    /**
     * Takes one command. What an author's code throws ends this call only, told by the session itself, which knows what the
     * call has cost; for a class that is missing or a stack that overflows, Pekko would end the whole process. Only a virtual
     * machine in trouble is left to it.
     */
    @Override
    public Behavior<Command> onMessage(Command command) {
        try {
            take(command);
            work();
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
            getContext().getLog().error("call {}: the session crashed", call.id(), e);
            outcome = Optional.of(
                    new Outcome.Failed("the session crashed: " + e.getClass().getSimpleName()));
        }
        return outcome.isPresent() ? end(outcome.get()) : this;
    }

    /** Stopped from outside, without an end of its own. */
    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop && outcome.isEmpty()) {
            outcome = Optional.of(new Outcome.Failed("the session was stopped"));
            end(outcome.get());
        }
        return this;
    }

    private void take(Command command) {
        commandNanos = call.clock().nanoTime();
        switch (command) {
            case CallerAudio c -> onCallerAudio(c.audio());
            case CallerText c -> onCallerText(c);
            case CallerCommit ignored -> onCallerCommit();
            case CallerClear ignored -> onCallerClear();
            case CallerPlayed c -> inputs.add(new TurnInput.CallerPlayed(c.utteranceId(), c.played(), c.stopped()));
            case CallerInterrupt ignored -> inputs.add(new TurnInput.CallerInterrupted());
            case ConfigureCaller c -> onConfigure(c);
            case AskAside c -> onAskAside(c);
            case HangUp c -> ending.hungUp(c.reason());
            case FromConnection c -> onConnection(c.event());
            case ToolSettled c -> settling.on(c);
            case EffectSettled c -> onEffectSettled(c);
            case EffectSettledLate c -> settling.on(c);
            case EffectSlow c -> settling.on(c);
            case ToolOverdue c -> settling.on(c);
            case ToolSlow c -> inputs.add(new TurnInput.ToolSlow(c.callId(), c.rung(), c.words()));
            case HandoverAnswered c -> person.answered(c.key(), c.result());
            case HandoverOverdue c -> person.overdue(c.key());
            case HandoverSlow ignored -> person.slow(TurnMachine.atBoundary(turn));
            case Fired c -> onFired(c.timer());
            case Reconnect ignored -> line.open(line.tier(), ModelLine.Purpose.RECONNECT);
            case ConnectionGone c -> onConnection(line.gone(c.connection()));
            case ConfigurationOverdue c -> onConnection(line.overdue(c.connection()));
            case Renew ignored -> line.open(line.tier(), ModelLine.Purpose.RENEWAL);
            case AsideOverdue c -> asides.fails(c.id(), "the model did not answer in time");
            case KeysPaused ignored -> keypad.complete().ifPresent(this::onKeys);
            case MaxDuration ignored ->
                ending.failed("the call reached its maximum duration of "
                        + call.settings().maxDuration());
        }
    }

    private void work() {
        do {
            takeInputs();
        } while (changedLine() || capped());
    }

    /** What the call has cost may end it, at a turn boundary. */
    private boolean capped() {
        boolean free = TurnMachine.atBoundary(turn) && line.isUp() && !handover.isAsking() && !ending.isDue();
        return outcome.isEmpty() && started && dialog.decided().isEmpty() && spend.acts(line.tier(), free);
    }

    private void takeInputs() {
        for (TurnInput input = inputs.poll(); input != null; input = inputs.poll()) {
            TurnMachine.Transition transition =
                    TurnMachine.step(turn, input, call.clock().nanoTime());
            turn = transition.next();
            transition.effects().forEach(this::perform);
        }
    }

    /** Only when no input waits: what the dialog has just asked for is asked of the line that is in use. */
    private boolean changedLine() {
        boolean changes = outcome.isEmpty() && line.maySwap(TurnMachine.atBoundary(turn), dialog.climbing()::mayMove);
        if (changes) {
            changeLine();
        }
        return changes;
    }

    // The caller.

    private void onCallerAudio(AudioPayload spoken) {
        toLine(caller.forLine(spoken));
    }

    private void toLine(AudioPayload audio) {
        if (audio.isEmpty()) {
            return;
        }
        boolean sent = line.send(new ClientEvent.AudioAppend(Optional.empty(), audio));
        if (caller.heard(audio, sent, commandNanos)) {
            inputs.add(new TurnInput.CallerRecords());
        }
    }

    private void onCallerText(CallerText turn) {
        inputs.add(new TurnInput.CallerTyped(turn.text(), turn.images()));
    }

    /** The first key stops the agent, as the first word would. */
    private void onKey(String key) {
        if (keypad.isEmpty()) {
            inputs.add(new TurnInput.CallerInterrupted());
        }
        timers.startSingleTimer(KeysPaused.class, new KeysPaused(), Keypad.PAUSE);
        keypad.pressed(key).ifPresent(this::onKeys);
    }

    private void onKeys(String keys) {
        timers.cancel(KeysPaused.class);
        inputs.add(new TurnInput.CallerTyped(keys));
    }

    private void onCallerCommit() {
        toLine(caller.restForLine());
        caller.committed();
        inputs.add(new TurnInput.CallerCommitted());
    }

    private void onCallerClear() {
        caller.cleared();
        inputs.add(new TurnInput.CallerCleared());
        line.send(new ClientEvent.AudioClear(Optional.empty()));
    }

    private void onConfigure(ConfigureCaller c) {
        caller.configure(c);
        inputs.add(new TurnInput.CallerConfigured(caller.settings()));
        if (line.isUp()) {
            line.send(configuration(line.tier(), started));
        }
    }

    /** {@code spoken} tells whether the connection has spoken: its voice is locked then. */
    private ClientEvent configuration(Tier tier, boolean spoken) {
        return new ClientEvent.SessionUpdate(
                Optional.empty(),
                LineConfig.of(
                        caller.settings(),
                        dialog.opening(),
                        call.offeredTools(),
                        dialog.climbing().effort(tier),
                        spoken));
    }

    // The model.

    private void onConnection(ModelConnection.Event event) {
        if (event instanceof ModelConnection.Event.Received received) {
            received.inbox().take(each -> onReceived(received.connection(), each));
        } else {
            onConnection(line.on(event));
        }
    }

    private void onReceived(ActorRef<ModelConnection.Command> connection, ServerEvent event) {
        if (outcome.isEmpty()) {
            commandNanos = call.clock().nanoTime();
            onConnection(line.received(connection, event));
            work();
        }
    }

    private void onConnection(ModelLine.Step step) {
        switch (step) {
            case ModelLine.Step.Nothing ignored -> {}
            case ModelLine.Step.Pass pass -> onEvent(pass.event());
            case ModelLine.Step.Configure configure -> configure(configure);
            case ModelLine.Step.Lost lost -> onLost(lost.problem());
            case ModelLine.Step.NotMade notMade -> onNotMade(notMade);
        }
    }

    private void onEvent(ServerEvent event) {
        if (event instanceof ServerEvent.RateLimitsUpdated reported) {
            record.rateLimits(line.tier(), reported.limits());
        }
        if (event instanceof ServerEvent.ErrorReported reported) {
            dialog.climbing().refused(reported.error());
        }
        if (event instanceof ServerEvent.DtmfReceived pressed) {
            onKey(pressed.key());
        }
        if (!asides.takes(event)) {
            memory.received(event, caller.settings().lineOutput());
            caller.rest(event).ifPresent(inputs::add);
            inputs.add(caller.placed(event, commandNanos));
        }
    }

    private void onAskAside(AskAside c) {
        asides.open(c.replyTo()::tell).ifPresent(id -> {
            if (line.send(Asides.request(id, c.aside()))) {
                timers.startSingleTimer(id, new AsideOverdue(id), c.aside().timeout());
            } else {
                asides.fails(id, "there is no line to the model");
            }
        });
    }

    private void configure(ModelLine.Step.Configure configure) {
        caller.prepares();
        briefedSincePrepared = false;
        timers.startSingleTimer(
                ConfigurationOverdue.class,
                new ConfigurationOverdue(configure.connection()),
                call.settings().connection().connectTimeout());
        configure.link().send(configuration(configure.tier(), false));
    }

    private void changeLine() {
        Tier from = line.tier();
        boolean hadLine = line.isUp();
        long before = call.clock().nanoTime();
        line.swap();
        asides.failAll("the call moved to another connection");
        if (caller.changedSincePrepared() || briefedSincePrepared) {
            line.send(configuration(line.tier(), false));
        }
        dialog.seed()
                .ifPresent(seed -> line.send(
                        new ClientEvent.ItemCreate(Optional.empty(), Optional.empty(), Item.Message.system(seed))));
        memory.onNewLine().forEach(line::send);
        caller.replay().forEach(line::send);
        inputs.add(new TurnInput.LineChanged());
        renewInTime();
        if (!started) {
            started = true;
            record.started(line.tier());
            call.caller()
                    .deliver(new CallerChannel.Signal.Ready(
                            line.tier().endpoint().model()));
            dialog.feed(new Conversation.Event.CallStarted());
        } else if (!from.isSameAs(line.tier())) {
            record.tierChanged(
                    from,
                    line.tier(),
                    hadLine ? Duration.ofNanos(call.clock().nanoTime() - before) : record.sinceLost());
            dialog.climbing().moved();
        } else if (hadLine) {
            record.renewed(line.tier());
        }
        if (started
                && from.isSameAs(line.tier())
                && !from.endpoint().equals(line.tier().endpoint())) {
            record.wentElsewhere(from, line.tier());
        }
    }

    /** The service's limit is met by a hand-over at a boundary before it, not by losing the line. */
    private void renewInTime() {
        timers.cancel(Renew.class);
        line.renewalIn().ifPresent(wait -> timers.startSingleTimer(Renew.class, new Renew(), wait));
    }

    private void onLost(String problem) {
        record.connectionTroubled(line.tier(), problem);
        record.lineLost();
        billWhatBroke("the line broke before it was told");
        asides.failAll("the connection was lost");
        inputs.add(new TurnInput.LineLost());
        if (memory.lineLost()) {
            inputs.add(new TurnInput.TurnUnheard());
        }
        if (!line.isOpening()) {
            reconnectLater(problem);
        }
    }

    /** The usage of a response comes with its end. */
    private void billWhatBroke(String reason) {
        if (turn.gate().phase() instanceof ResponseGate.Phase.Active) {
            record.usageUnknown(line.tier(), reason);
        }
    }

    private void onNotMade(ModelLine.Step.NotMade failed) {
        record.connectionTroubled(failed.tier(), failed.problem());
        if (failed.purpose() == ModelLine.Purpose.RENEWAL && line.isUp()) {
            renewInTime();
        } else if (failed.purpose() == ModelLine.Purpose.MOVE) {
            if (line.canBeHad(failed.tier())) {
                line.open(failed.tier(), ModelLine.Purpose.MOVE);
                return;
            }
            dialog.climbing().moveFailed();
            if (!line.isUp()) {
                reconnectLater(failed.problem());
            }
        } else if (failed.useless() && !line.canBeHad(failed.tier())) {
            if (!goesOnAsUsual(failed)) {
                ending.failed(failed.problem());
            }
        } else {
            reconnectLater(failed.problem());
        }
    }

    /** An experiment costs no call: where the service refuses what an arm changed, the call has its usual settings. */
    private boolean goesOnAsUsual(ModelLine.Step.NotMade failed) {
        boolean other =
                line.forgetRejections() && call.usual().filter(caller::becomes).isPresent();
        if (other) {
            record.problem(
                    "experiment_settings_refused",
                    "the call goes on without the voice and effort of its experiments: " + failed.problem());
            line.open(failed.tier(), failed.purpose());
        }
        return other;
    }

    private void reconnectLater(String problem) {
        line.nextAttemptIn()
                .ifPresentOrElse(
                        pause -> timers.startSingleTimer(Reconnect.class, new Reconnect(), pause),
                        () -> ending.failed("the model could not be reached: " + problem));
    }

    /** Who waits for a person is kept on the line when all has been said. */
    private void onFired(TurnTimer timer) {
        if (turnTimers.fired(timer, commandNanos) && (timer != TurnTimer.FAREWELL || !handover.isAsking())) {
            inputs.add(new TurnInput.TimerFired(timer));
        }
    }

    private void onEffectSettled(EffectSettled settled) {
        settling.on(settled);
        ending.finishWhenFree();
    }

    // What the turn machine decided.

    private void perform(TurnEffect effect) {
        switch (effect) {
            case TurnEffect.Send e -> send(e.event());
            case TurnEffect.Deliver e -> {
                call.caller().deliver(e.signal());
                record.heard(e.signal(), caller.settings().modality() == Modality.TEXT);
            }
            case TurnEffect.Feed e -> feed(e.event());
            case TurnEffect.CallTool e -> tools.call(e, call.settings().toolTimeout());
            case TurnEffect.CancelTool e -> tools.cancel(e.callId());
            case TurnEffect.Bill e -> record.billed(line.tier(), e.usage());
            case TurnEffect.BillMissing ignored -> record.usageUnknown(line.tier(), "the service did not tell it");
            case TurnEffect.Answered e ->
                record.answered(
                        line.tier(),
                        e.untilReceived(),
                        Duration.ofNanos(call.clock().nanoTime() - commandNanos));
            case TurnEffect.BargedIn e ->
                record.bargedIn(
                        e.utteranceId(),
                        e.heard(),
                        Duration.ofNanos(call.clock().nanoTime() - commandNanos));
            case TurnEffect.Said e -> onSaid(e);
            case TurnEffect.TurnTaken e -> record.turnTaken(e.itemId(), e.text());
            case TurnEffect.Transcribed e -> record.transcribed(e.itemId(), e.text());
            case TurnEffect.TranscriptPaid e -> record.transcriptPaid(line.tier(), e);
            case TurnEffect.Overlooked e -> record.overlooked(e.itemId(), e.text());
            case TurnEffect.McpApprovalWanted e -> onMcpApprovalWanted(e.request());
            case TurnEffect.McpCalled e -> record.mcpCalled(e.call());
            case TurnEffect.Problem e -> record.problem(e.code(), e.message());
            case TurnEffect.GiveUpLine e -> giveUpLine(e.reason());
            case TurnEffect.Arm e ->
                turnTimers.arm(e.timer(), e.delay(), call.clock().nanoTime());
            case TurnEffect.Disarm e -> turnTimers.disarm(e.timer());
            case TurnEffect.Finish e -> outcome = Optional.of(e.outcome());
        }
    }

    private void send(ClientEvent event) {
        memory.toSend(event, line.tier().prices(), this::stillHeard).forEach(line::send);
    }

    private Set<String> stillHeard() {
        Set<String> open = new HashSet<>(turn.playback().playing(call.clock().nanoTime()));
        open.addAll(turn.barged());
        return open;
    }

    private void feed(Conversation.Event event) {
        if (event instanceof Conversation.Event.ToolCalled called) {
            dialog.toolCalled(called);
        } else {
            dialog.feed(event);
        }
    }

    private void onSaid(TurnEffect.Said said) {
        if (!said.cutOff() && !said.text().isEmpty()) {
            line.worked();
        }
        record.said(said.utteranceId(), said.text(), said.cutOff());
    }

    private void onMcpApprovalWanted(Item.McpApprovalRequest request) {
        boolean approved = call.settings()
                .line()
                .mcpApproval()
                .approves(request.serverLabel(), request.name(), request.argumentsJson());
        record.mcpApprovalAnswered(request, approved);
        inputs.add(new TurnInput.McpAnswered(request.itemId(), approved));
    }

    private void giveUpLine(String reason) {
        line.giveUp();
        onLost(reason);
    }

    private Behavior<Command> end(Outcome how) {
        if (line.isUp()) {
            billWhatBroke("the call ended before it was told");
        }
        line.close();
        asides.failAll("the call has ended");
        guarded(() -> handover.withdraw(new HandoverResult.Withdrawn("the call ended as " + how.name())));
        guarded(() -> call.tools().cancelAll(call.id()));
        guarded(() -> call.caller().deliver(new CallerChannel.Signal.CallEnded(how)));
        guarded(() -> record.ended(line.tier(), how));
        return Behaviors.stopped();
    }

    /** The end is told once to each, whatever one of them throws. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
            getContext().getLog().error("call {}: its end could not be told", call.id(), e);
        }
    }
}
