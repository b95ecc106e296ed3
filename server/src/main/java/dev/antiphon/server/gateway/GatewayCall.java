package dev.antiphon.server.gateway;

import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.session.CallerChannel;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's socket and one call: carries {@link GatewayProtocol}'s decisions out.
 *
 * <p>Called by two threads, the socket's reader and the session's actor. A lock lets one of them in at a time; it is held
 * for one pure step and for hand-overs that never wait. So audio needs no actor of its own between socket and session.
 *
 * <p>The call begins with the client's first frame, or {@link #GRACE} after the socket opened: a first
 * {@code session.update} can so choose formats and voice before the bot says hello. One that cannot begin, or has no session
 * {@link #BEGIN} later, is given up; a session that still comes is hung up at once.
 */
final class GatewayCall implements WebSocketListener, CallerChannel {
    static final Duration GRACE = Duration.ofMillis(200);
    static final Duration BEGIN = Duration.ofSeconds(10);
    private static final String STOPPING = "the server is stopping";
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCall.class);

    /** Runs something later. */
    @FunctionalInterface
    interface Later {
        void run(Duration delay, Runnable task);
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final SessionId id;
    private final GatewayProtocol protocol;
    private final ClientFrames frames;
    private final Dialect dialect;
    private final SessionSettings settings;
    private final CallFactory calls;
    private final Caller caller;
    private final OutgoingFrames out;
    private final Later later;

    private Optional<ActorRef<VoiceSession.Command>> session = Optional.empty();
    private final HeldCommands untold = new HeldCommands();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private Optional<VoiceSession.HangUp> hangUp = Optional.empty();
    private boolean begun;
    private boolean failed;
    private boolean stopping;
    private boolean gone;

    GatewayCall(
            SessionId id,
            GatewayProtocol protocol,
            Dialect dialect,
            SessionSettings settings,
            CallFactory calls,
            Caller caller,
            WebSocketLink link,
            Later later) {
        this.id = id;
        this.protocol = protocol;
        this.frames = new ClientFrames(dialect);
        this.dialect = dialect;
        this.settings = settings;
        this.calls = calls;
        this.caller = caller;
        this.later = later;
        this.out = new OutgoingFrames(link, () -> later.run(OutgoingFrames.RETRY, this::drain));
    }

    // The socket.

    @Override
    public void onOpen(Optional<String> subprotocol) {
        inTurn(() -> {
            calls.announced(id);
            perform(protocol.opened(dialect == Dialect.beta()));
            later.run(GRACE, () -> inTurn(this::begin));
        });
    }

    @Override
    public void onText(ByteBuffer utf8) {
        ClientFrame frame = frames.read(utf8);
        inTurn(() -> {
            perform(protocol.onFrame(frame));
            begin();
        });
    }

    @Override
    public void onBinary(ByteBuffer content) {
        inTurn(() -> perform(protocol.onError(Errors.binaryFrame())));
    }

    @Override
    public void onClosed(int code, String reason) {
        inTurn(() -> {
            gone = true;
            out.gone();
            if (out.droppedAudio() > 0) {
                LOG.warn(
                        "call {}: {} audio frames were dropped, since the client read too slowly",
                        id,
                        out.droppedAudio());
            }
            if (begun) {
                hangUp("the caller's connection closed (" + code + ")");
            } else {
                calls.withdrawn(id);
            }
        });
        over.complete(null);
    }

    @Override
    public void onRefused(Refusal refusal) {
        LOG.warn("a client's WebSocket was not opened: {}", refusal.detail());
    }

    /** The server stops: hangs up, and closes the socket with 1001 once the session has ended. Completes when it is closed. */
    CompletionStage<Void> stop() {
        inTurn(() -> {
            stopping = true;
            if (begun && !failed) {
                hangUp(STOPPING);
            } else {
                out.close(1001, STOPPING);
            }
        });
        return over;
    }

    /** Completes when the socket is closed. */
    CompletionStage<Void> over() {
        return over;
    }

    // The session.

    @Override
    public void deliver(Signal signal) {
        inTurn(() -> {
            if (!gone && !failed) {
                perform(protocol.onSignal(signal));
            }
        });
    }

    private void begin() {
        if (begun || gone) {
            return;
        }
        begun = true;
        protocol.begin();
        beginning()
                .whenComplete((ref, problem) -> inTurn(() -> {
                    if (problem == null) {
                        connected(ref);
                    } else {
                        notConnected(problem);
                    }
                }));
        later.run(
                BEGIN,
                () -> inTurn(() -> {
                    if (session.isEmpty()) {
                        notConnected(new IllegalStateException("there was no session after " + BEGIN));
                    }
                }));
    }

    /** The code of the bot's author runs in there: what it throws is this call's trouble only. */
    private CompletionStage<ActorRef<VoiceSession.Command>> beginning() {
        try {
            return calls.begin(id, protocol.session().applyTo(settings), this, caller);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void connected(ActorRef<VoiceSession.Command> ref) {
        session = Optional.of(ref);
        if (untold.droppedAudio() > 0) {
            LOG.warn("call {}: {} audio frames came too early and were dropped", id, untold.droppedAudio());
        }
        untold.take().forEach(ref::tell);
        hangUp.ifPresent(ref::tell);
    }

    private void notConnected(Throwable problem) {
        if (failed) {
            return;
        }
        failed = true;
        LOG.error("call {} could not begin", id, problem);
        untold.clear();
        calls.withdrawn(id);
        hangUp("the call could not begin");
        perform(protocol.onError(Errors.server("call_failed", "The call could not begin. Try again later.")));
        out.close(1011, "the call could not begin");
    }

    private void perform(List<GatewayEffect> effects) {
        for (GatewayEffect effect : effects) {
            switch (effect) {
                case GatewayEffect.Send send -> send(send.event());
                case GatewayEffect.Tell tell -> tell(tell.command());
                case GatewayEffect.Close close ->
                    out.close(stopping ? 1001 : close.code(), stopping ? STOPPING : close.reason());
            }
        }
    }

    /** A client hears only what its dialect has. */
    private void send(ServerEvent event) {
        if (dialect.has(event)) {
            out.offer(dialect.encode(spelled(event)), event instanceof ServerEvent.AudioDelta);
        }
    }

    /** An error names the field as the client spells it. */
    private ServerEvent spelled(ServerEvent event) {
        return dialect == Dialect.beta() && event instanceof ServerEvent.ErrorReported reported
                ? new ServerEvent.ErrorReported(reported.eventId(), Errors.inBeta(reported.error()))
                : event;
    }

    private void tell(VoiceSession.Command command) {
        if (session.isPresent()) {
            session.get().tell(command);
        } else if (!failed && !untold.add(command)) {
            out.close(1008, "too much was sent before the call began");
        }
    }

    /** Apart from what is held, so that no bound can lose it. */
    private void hangUp(String reason) {
        VoiceSession.HangUp command = new VoiceSession.HangUp(reason);
        hangUp = Optional.of(command);
        session.ifPresent(ref -> ref.tell(command));
    }

    private void drain() {
        inTurn(out::drain);
    }

    private void inTurn(Runnable step) {
        lock.lock();
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("call {}: the gateway failed; the client is disconnected", id, e);
            out.close(1011, "internal error");
        } finally {
            lock.unlock();
        }
    }
}
