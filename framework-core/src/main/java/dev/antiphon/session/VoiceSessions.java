package dev.antiphon.session;

import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;

/**
 * The parent of all sessions of a node. A session that crashes ends as {@link Outcome.Failed}, towards its caller and its
 * observer; the others go on. A session tells its own end; this actor tells it only for one that could not begin.
 */
public final class VoiceSessions extends AbstractMatchingBehavior<VoiceSessions.Command> {

    /** What it can be told. */
    public sealed interface Command {}

    /** Begin a call; an error is the answer when a call with its id is going on. Ask it with {@code AskPattern.askWithStatus}. */
    public record Open(CallSetup call, ActorRef<StatusReply<Opened>> replyTo) implements Command {}

    /** How many calls are going on. */
    public record Count(ActorRef<Integer> replyTo) implements Command {}

    /** The call has begun. */
    public record Opened(SessionId id, ActorRef<VoiceSession.Command> session) {}

    /**
     * The dispatcher of calls, their connections and their tool pool, in the configuration of the actor system. Default: the
     * system's default dispatcher; {@code antiphon.virtual-thread-dispatcher} is the quicker one for tools that never compute long.
     */
    public static final String DISPATCHER = "antiphon.session-dispatcher";

    private record Live(CallSetup call, Instant since) {}

    private final Map<ActorRef<Void>, Live> live = new HashMap<>();
    private final Set<SessionId> ids = new HashSet<>();

    /** Without calls at first. */
    public static Behavior<Command> create() {
        return Behaviors.setup(VoiceSessions::new);
    }

    private VoiceSessions(ActorContext<Command> context) {
        super(context);
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case Open open -> onOpen(open);
            case Count count -> onCount(count);
        };
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        return switch (signal) {
            case ChildFailed failed -> onCrash(failed);
            case Terminated ended -> onEnded(ended.getRef());
            default -> this;
        };
    }

    private Behavior<Command> onOpen(Open open) {
        SessionId id = open.call().id();
        if (!ids.add(id)) {
            open.replyTo().tell(StatusReply.error("a call with the id " + id + " is going on; give each call its own"));
            return this;
        }
        ActorRef<VoiceSession.Command> session = getContext()
                .spawnAnonymous(VoiceSession.create(open.call()), DispatcherSelector.fromConfig(DISPATCHER));
        getContext().watch(session);
        live.put(
                session.unsafeUpcast(),
                new Live(open.call(), open.call().clock().instant()));
        open.replyTo().tell(StatusReply.success(new Opened(id, session)));
        return this;
    }

    private Behavior<Command> onCount(Count count) {
        count.replyTo().tell(live.size());
        return this;
    }

    private Behavior<Command> onCrash(ChildFailed failed) {
        Live crashed = live.remove(failed.getRef());
        if (crashed != null) {
            CallSetup call = crashed.call();
            ids.remove(call.id());
            Outcome outcome = new Outcome.Failed(
                    "the session crashed: " + failed.cause().getClass().getSimpleName());
            Instant now = call.clock().instant();
            guarded(call, () -> call.tools().cancelAll(call.id()));
            guarded(
                    call,
                    () -> call.observer()
                            .on(new SessionEvent.SessionEnded(
                                    call.id(),
                                    now,
                                    call.conversation().name(),
                                    call.start().name(),
                                    outcome,
                                    Duration.between(crashed.since(), now),
                                    0,
                                    Usage.NONE,
                                    CallCost.NONE)));
            guarded(call, () -> call.caller().deliver(new CallerChannel.Signal.CallEnded(outcome)));
        }
        return this;
    }

    /** What made the session crash may be what is told of it; that must not reach the other calls. */
    private void guarded(CallSetup call, Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            getContext().getLog().error("call {}: its crash could not be told", call.id(), e);
        }
    }

    private Behavior<Command> onEnded(ActorRef<Void> session) {
        Live ended = live.remove(session);
        if (ended != null) {
            ids.remove(ended.call().id());
        }
        return this;
    }
}
