package dev.antiphon.connection;

import dev.antiphon.connection.ModelConnection.Command;
import dev.antiphon.connection.ModelConnection.Event;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.WireDialect;
import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.realtime.wire.MalformedFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The short way of a model connection: what arrives goes from the socket's reader straight to the owner, what is sent goes
 * straight to the socket's queue. It also sees to it that the owner learns of exactly one end.
 *
 * <p>Thread-safe: the reader, the actor and whoever sends may call at once. The lock is held for moments, never while
 * waiting.
 */
final class ModelSocket implements WebSocketListener, ModelLink {
    private static final int KEPT_BYTES = 2000;

    private enum Phase {
        OPENING,
        READY,
        ENDED
    }

    /** What the actor needs to know of the reader's findings. */
    interface Supervisor {
        /** The session exists; the connect timeout no longer applies. */
        void ready();

        /** An error came before the session; usually a close follows at once. */
        void doubtful();

        /** The owner was told of the end. */
        void ended();
    }

    private final ActorRef<Command> connection;
    private final ActorRef<? super Event> owner;
    private final Set<String> unheard;
    private final EventInbox inbox;
    private final ConnectionSettings settings;
    private final Supervisor supervisor;
    private final RefusalReading reading;
    private final AtomicLong droppedAudio = new AtomicLong();
    private volatile Phase phase = Phase.OPENING;
    private volatile @Nullable WebSocketLink link;
    private volatile Dialect dialect;
    private final boolean probes;
    private boolean opened;
    private int malformed;
    private Optional<ApiError> error = Optional.empty();

    ModelSocket(
            ModelEndpoint endpoint,
            ConnectionSettings settings,
            ActorRef<Command> connection,
            ActorRef<? super Event> owner,
            Set<String> unheard,
            Supervisor supervisor) {
        this.connection = connection;
        this.owner = owner;
        this.unheard = unheard;
        this.inbox = new EventInbox(this::tellReceived);
        this.probes = endpoint.dialect() == WireDialect.PROBE;
        this.dialect = endpoint.dialect() == WireDialect.BETA ? Dialect.beta() : Dialect.ga();
        this.settings = settings;
        this.supervisor = supervisor;
        this.reading = new RefusalReading(endpoint);
    }

    /** Starts to connect. The reader waits meanwhile, so that it never reports a link that is not there yet. */
    synchronized void open(Supplier<WebSocketLink> connect) {
        try {
            link = connect.get();
        } catch (RuntimeException failure) {
            refuse(reading.ofMistake(failure));
        }
    }

    /** Closes with 1000; the owner hears nothing more. */
    synchronized void stop() {
        phase = Phase.ENDED;
        close(CloseCode.NORMAL, "");
    }

    /** The connect timeout is over. */
    synchronized void timedOut() {
        if (phase == Phase.OPENING) {
            refuse(error.map(reading::ofError)
                    .orElseGet(() -> reading.ofSilence(opened, settings.connectTimeout(), malformed)));
        }
    }

    /** The time that a close may take after an error is over. */
    synchronized void doubtOver() {
        if (phase == Phase.OPENING) {
            error.map(reading::ofError).ifPresent(this::refuse);
        }
    }

    // --- ModelLink

    @Override
    public boolean send(ClientEvent event) {
        WebSocketLink socket = link;
        if (phase != Phase.READY || socket == null) {
            return false;
        }
        return switch (event) {
            case ClientEvent.AudioAppend audio -> sendAudio(socket, audio);
            case ClientEvent other -> sendControl(socket, dialect.encode(other));
        };
    }

    @Override
    public long droppedAudio() {
        return droppedAudio.get();
    }

    private boolean sendAudio(WebSocketLink socket, ClientEvent.AudioAppend audio) {
        ByteBuffer frame = dialect.encode(audio);
        boolean sent = hasRoom(socket, frame.remaining()) && socket.send(frame);
        if (!sent) {
            droppedAudio.incrementAndGet();
        }
        return sent;
    }

    /** Audio leaves an eighth of the queue to everything else. */
    private boolean hasRoom(WebSocketLink socket, int bytes) {
        WebSocketLimits limits = settings.limits();
        int frames = limits.sendQueueFrames() - Math.max(1, limits.sendQueueFrames() / 8);
        long share = limits.sendQueueBytes() - limits.sendQueueBytes() / 8;
        return socket.queued() < frames && (socket.queued() == 0 || socket.queuedBytes() + bytes <= share);
    }

    private boolean sendControl(WebSocketLink socket, ByteBuffer frame) {
        if (socket.send(frame)) {
            return true;
        }
        overflowed(socket);
        return false;
    }

    private synchronized void overflowed(WebSocketLink socket) {
        // A closed link refuses too, but is empty; its end is reported by the reader.
        if (phase == Phase.READY && socket.queued() > 0) {
            String reason = "the send queue of " + settings.limits().sendQueueFrames() + " frames and "
                    + settings.limits().sendQueueBytes() + " bytes is full";
            close(1001, reason);
            lost(1001, reason);
        }
    }

    // --- WebSocketListener

    @Override
    public synchronized void onOpen(Optional<String> subprotocol) {
        opened = true;
    }

    @Override
    public void onText(ByteBuffer utf8) {
        try {
            dialect.decodeServer(utf8, unheard).ifPresent(this::deliver);
        } catch (MalformedFrame notAnEvent) {
            onMalformed(beginning(utf8));
        }
    }

    @Override
    public void onBinary(ByteBuffer content) {
        onMalformed("a binary message of " + content.remaining() + " bytes");
    }

    @Override
    public synchronized void onClosed(int code, String reason) {
        switch (phase) {
            case OPENING -> refuse(reading.ofClose(error, code, reason));
            case READY -> lost(code, reason);
            case ENDED -> {}
        }
    }

    @Override
    public synchronized void onRefused(Refusal refusal) {
        if (phase == Phase.OPENING) {
            refuse(reading.ofUpgrade(refusal));
        }
    }

    private synchronized void deliver(ServerEvent event) {
        switch (phase) {
            case OPENING -> onEarly(event);
            case READY -> inbox.add(event);
            case ENDED -> {}
        }
    }

    private void tellReceived() {
        owner.tell(new Event.Received(connection, inbox));
    }

    private void onEarly(ServerEvent event) {
        switch (event) {
            case ServerEvent.SessionCreated created -> {
                if (probes) {
                    dialect = Dialect.of(created.session());
                }
                phase = Phase.READY;
                owner.tell(new Event.Ready(connection, this, created.session()));
                supervisor.ready();
            }
            case ServerEvent.ErrorReported reported -> {
                error = Optional.of(reported.error());
                supervisor.doubtful();
            }
            // Nothing is promised before the session exists.
            case ServerEvent ignored -> {}
        }
    }

    private synchronized void onMalformed(String shown) {
        if (phase == Phase.READY) {
            RawJson raw = new RawJson(
                    "{\"type\":\"malformed\",\"text\":" + RawJson.string(shown).text() + "}");
            inbox.add(new ServerEvent.Unknown("", "malformed", raw));
        } else {
            malformed++;
        }
    }

    private void refuse(ConnectFailure failure) {
        phase = Phase.ENDED;
        close(CloseCode.NORMAL, "");
        owner.tell(new Event.Refused(connection, failure));
        supervisor.ended();
    }

    private void lost(int code, String reason) {
        phase = Phase.ENDED;
        owner.tell(new Event.Lost(connection, code, reason));
        supervisor.ended();
    }

    private void close(int code, String reason) {
        WebSocketLink socket = link;
        if (socket != null) {
            socket.close(code, reason);
        }
    }

    private static String beginning(ByteBuffer utf8) {
        ByteBuffer view = utf8.duplicate();
        view.limit(view.position() + Math.min(view.remaining(), KEPT_BYTES));
        return StandardCharsets.UTF_8.decode(view).toString();
    }
}
