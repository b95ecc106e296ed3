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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * {@code session.update} can so choose formats and voice before the bot says hello.
 */
final class GatewayCall implements WebSocketListener, CallerChannel {
    static final Duration GRACE = Duration.ofMillis(200);
    private static final int MAX_OUTGOING = 2_000;
    private static final int MAX_UNTOLD = 4_000;
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
    private final OutgoingFrames out;
    private final Later later;

    private Optional<ActorRef<VoiceSession.Command>> session = Optional.empty();
    private List<VoiceSession.Command> untold = new ArrayList<>();
    private boolean begun;
    private boolean gone;

    GatewayCall(
            SessionId id,
            GatewayProtocol protocol,
            Dialect dialect,
            SessionSettings settings,
            CallFactory calls,
            WebSocketLink link,
            Later later) {
        this.id = id;
        this.protocol = protocol;
        this.frames = new ClientFrames(dialect);
        this.dialect = dialect;
        this.settings = settings;
        this.calls = calls;
        this.later = later;
        this.out = new OutgoingFrames(link, MAX_OUTGOING, () -> later.run(OutgoingFrames.RETRY, this::drain));
    }

    // The socket.

    @Override
    public void onOpen(Optional<String> subprotocol) {
        inTurn(() -> {
            calls.announced(id);
            perform(protocol.opened());
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
                tell(new VoiceSession.HangUp("the caller's connection closed (" + code + ")"));
            } else {
                calls.withdrawn(id);
            }
        });
    }

    @Override
    public void onRefused(Refusal refusal) {
        LOG.warn("a client's WebSocket was not opened: {}", refusal.detail());
    }

    // The session.

    @Override
    public void deliver(Signal signal) {
        inTurn(() -> {
            if (!gone) {
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
        calls.begin(id, protocol.session().applyTo(settings), this)
                .whenComplete((ref, problem) -> inTurn(() -> {
                    if (problem == null) {
                        connected(ref);
                    } else {
                        notConnected(problem);
                    }
                }));
    }

    private void connected(ActorRef<VoiceSession.Command> ref) {
        session = Optional.of(ref);
        untold.forEach(ref::tell);
        untold = List.of();
    }

    private void notConnected(Throwable problem) {
        LOG.error("call {} could not begin", id, problem);
        untold = List.of();
        perform(protocol.onError(Errors.server("call_failed", "The call could not begin. Try again later.")));
        out.close(1011, "the call could not begin");
    }

    private void perform(List<GatewayEffect> effects) {
        for (GatewayEffect effect : effects) {
            switch (effect) {
                case GatewayEffect.Send send ->
                    out.offer(dialect.encode(send.event()), send.event() instanceof ServerEvent.AudioDelta);
                case GatewayEffect.Tell tell -> tell(tell.command());
                case GatewayEffect.Close close -> out.close(close.code(), close.reason());
            }
        }
    }

    private void tell(VoiceSession.Command command) {
        if (session.isPresent()) {
            session.get().tell(command);
        } else if (untold.size() < MAX_UNTOLD) {
            untold.add(command);
        }
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
