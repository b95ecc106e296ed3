package dev.antiphon.connection;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.realtime.SessionInfo;
import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One WebSocket to one model, as an actor. It ends itself after {@link Event.Refused} or {@link Event.Lost}, and after
 * {@link Stop}.
 */
public final class ModelConnection extends AbstractMatchingBehavior<ModelConnection.Command> {
    /** How long a close may take after an error that came instead of a session. */
    private static final Duration DOUBT = Duration.ofSeconds(1);

    /** What it can be asked. */
    public sealed interface Command {}

    /** Close with code 1000 and end; no {@link Event.Lost} follows. */
    public record Stop() implements Command {}

    private record BecameReady() implements Command {}

    private record BecameDoubtful() implements Command {}

    private record DoubtIsOver() implements Command {}

    private record TimedOut() implements Command {}

    private record Ended() implements Command {}

    /** What its owner gets to know; every event names the connection it comes from. */
    public sealed interface Event {
        ActorRef<Command> connection();

        /** The session exists and {@code link} may be used. First event, or {@link Refused} is. */
        record Ready(ActorRef<Command> connection, ModelLink link, SessionInfo session) implements Event {}

        /**
         * The model sent something, which waits to be taken; it comes from the socket's reader straight to the owner. Until the
         * owner has taken what waits, it is not told again.
         */
        record Received(ActorRef<Command> connection, EventInbox inbox) implements Event {}

        /** It never became ready. Last event. */
        record Refused(ActorRef<Command> connection, ConnectFailure failure) implements Event {}

        /** It was ready and is gone, not by our {@link Stop}. Last event. */
        record Lost(ActorRef<Command> connection, int code, String reason) implements Event {}
    }

    private final TimerScheduler<Command> timers;
    private final ModelSocket socket;

    /** Connects at once and reports to {@code owner}. */
    public static Behavior<Command> create(
            ModelEndpoint endpoint,
            ConnectionSettings settings,
            WebSocketTransport transport,
            ActorRef<? super Event> owner) {
        return create(endpoint, settings, transport, owner, Set.of());
    }

    /** @param unheard types of server events, by their GA names, that the owner does not want to hear of */
    public static Behavior<Command> create(
            ModelEndpoint endpoint,
            ConnectionSettings settings,
            WebSocketTransport transport,
            ActorRef<? super Event> owner,
            Set<String> unheard) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new ModelConnection(context, timers, endpoint, settings, transport, owner, unheard)));
    }

    private ModelConnection(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ModelEndpoint endpoint,
            ConnectionSettings settings,
            WebSocketTransport transport,
            ActorRef<? super Event> owner,
            Set<String> unheard) {
        super(context);
        this.timers = timers;
        ActorRef<Command> self = context.getSelf();
        this.socket = new ModelSocket(endpoint, settings, self, owner, unheard, new ModelSocket.Supervisor() {
            @Override
            public void ready() {
                self.tell(new BecameReady());
            }

            @Override
            public void doubtful() {
                self.tell(new BecameDoubtful());
            }

            @Override
            public void ended() {
                self.tell(new Ended());
            }
        });
        timers.startSingleTimer(TimedOut.class, new TimedOut(), settings.connectTimeout());
        socket.open(() -> transport.connect(request(endpoint, settings), socket));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case BecameReady ignored -> onReady();
            case BecameDoubtful ignored -> onDoubt();
            case DoubtIsOver ignored -> onDoubtOver();
            case TimedOut ignored -> onTimedOut();
            // The socket is closed by the signal that follows.
            case Stop ignored -> Behaviors.stopped();
            case Ended ignored -> Behaviors.stopped();
        };
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop) {
            socket.stop();
        }
        return this;
    }

    private Behavior<Command> onReady() {
        timers.cancelAll();
        return this;
    }

    private Behavior<Command> onDoubt() {
        timers.startSingleTimer(DoubtIsOver.class, new DoubtIsOver(), DOUBT);
        return this;
    }

    private Behavior<Command> onDoubtOver() {
        socket.doubtOver();
        return this;
    }

    private Behavior<Command> onTimedOut() {
        socket.timedOut();
        return this;
    }

    /** The transport gives up a little earlier than this actor, because it knows how far the server came. */
    private static WebSocketTransport.Request request(ModelEndpoint endpoint, ConnectionSettings settings) {
        return new WebSocketTransport.Request(
                endpoint.uri(),
                endpoint.headers(),
                endpoint.subprotocols(),
                settings.connectTimeout().multipliedBy(9).dividedBy(10),
                settings.limits());
    }
}
