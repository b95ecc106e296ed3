package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketEndpoint.Attach;
import dev.antiphon.connection.WebSocketListener.Refusal;
import dev.antiphon.time.TimeLimit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of one WebSocket over whatever carries its bytes: the upgrade of a client, RFC 6455 frames, close codes both ways, pings, a
 * bounded queue. Called by one thread at a time.
 *
 * <p>Pekko HTTP's own WebSocket flows cannot send a close code of one's choice (they offer 1000, 1002 and 1011) and cost
 * several times the processor time per message; so Pekko or Netty carry the bytes, and the frames are made here.
 */
final class WebSocketProtocol {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketProtocol.class);
    /** How long the peer may take to end the connection, our close frame included, before it is dropped. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    /** How long the text of a refusal is waited for once its status is known. */
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(1);
    /** Frames are written together up to this size, so that a burst costs few writes. */
    private static final int BATCH_BYTES = 64 * 1024;

    private static final int SILENT_INTERVALS_UNTIL_DEAD = 3;

    /** Which end of the connection this is. */
    sealed interface Side {
        /** We asked for the upgrade and wait for the answer. */
        record Client(ClientHandshake handshake, Duration connectTimeout) implements Side {}

        /** The upgrade was accepted before the stream began. */
        record Server(Optional<String> subprotocol) implements Side {}
    }

    /** Times that are waited for. */
    enum Timer {
        CONNECT,
        BODY,
        /** Fires again and again. */
        KEEP_ALIVE,
        CLOSE
    }

    /** What carries the bytes. */
    interface Wire {
        /** Whether bytes may be written now; if not, {@link WebSocketProtocol#writable} is called as soon as they may. */
        boolean isWritable();

        void write(ByteString bytes);

        /** No more bytes will be written; what the peer still sends goes on arriving. */
        void finish();

        boolean isFinished();

        /** Ends the connection without waiting for bytes that the peer does not take. */
        void abort(String reason);

        void arm(Timer timer, Duration delay);

        void disarm(Timer timer);

        boolean isArmed(Timer timer);

        /** Thread-safe: sees to it that {@link WebSocketProtocol#filled} is called. */
        void wake();
    }

    private enum Phase {
        OPENING,
        OPEN,
        /** We sent a close frame and wait for the peer's. */
        CLOSING,
        /** The listener knows the end; only bytes remain to be moved. */
        OVER
    }

    private final Side side;
    private final SendQueue queue;
    private final WebSocketLimits limits;
    private final Wire wire;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final WebSocketListener listener;
    private Phase phase = Phase.OPENING;
    private boolean asked;
    /** The payload of the latest ping that waits for its answer; RFC 6455 section 5.5.3 lets it stand for all before it. */
    private Optional<ByteBuffer> unanswered = Optional.empty();

    private boolean pingDue;
    private boolean finishAfterWrite;
    private boolean sentSinceTick;
    private boolean receivedSinceTick;
    private int silentTicks;

    WebSocketProtocol(Side side, SendQueue queue, WebSocketLimits limits, Attach attach, Wire wire) {
        boolean client = side instanceof Side.Client;
        this.side = side;
        this.queue = queue;
        this.limits = limits;
        this.wire = wire;
        this.reader = new FrameReader(!client, limits.maxFrameBytes());
        this.writer = new FrameWriter(client);
        this.listener = attach.attach(queue);
    }

    void start() {
        switch (side) {
            case Side.Client client -> wire.arm(Timer.CONNECT, client.connectTimeout());
            case Side.Server server -> open(server.subprotocol());
        }
    }

    // --- bytes in

    void received(ByteString bytes) {
        receivedSinceTick = true;
        if (phase == Phase.OPENING && side instanceof Side.Client client) {
            answered(client.handshake().feed(bytes));
        } else {
            frames(bytes);
        }
    }

    /** The peer sends nothing more; the connection is to be ended when this returns. */
    void receivedAll() {
        if (phase == Phase.OPENING && side instanceof Side.Client client) {
            answered(client.handshake().end());
        }
        over(CloseCode.ABNORMAL, "the connection ended without a close frame");
    }

    /** The connection failed or could not be made; it is to be ended when this returns. */
    void failed(String reason) {
        String shown = reason;
        if (side instanceof Side.Client client) {
            shown = client.handshake().secrets().removedFrom(reason);
            if (phase == Phase.OPENING) {
                client.handshake().refusalSoFar().ifPresent(this::refuse);
            }
        }
        over(CloseCode.ABNORMAL, shown);
    }

    /** The connection was torn down from outside, for example with its actor system. */
    void tornDown() {
        over(CloseCode.ABNORMAL, "the connection was torn down");
    }

    private void answered(ClientHandshake.Answer answer) {
        switch (answer) {
            case ClientHandshake.Answer.Incomplete incomplete -> {}
            case ClientHandshake.Answer.Refusing refusing -> {
                if (!wire.isArmed(Timer.BODY)) {
                    wire.arm(Timer.BODY, BODY_PATIENCE);
                }
            }
            case ClientHandshake.Answer.Refused refused -> {
                refuse(refused.refusal());
                finish();
            }
            case ClientHandshake.Answer.Accepted accepted -> {
                wire.disarm(Timer.CONNECT);
                open(accepted.subprotocol());
                write();
                frames(accepted.rest());
            }
        }
    }

    private void frames(ByteString bytes) {
        // After the end nothing is read any more, only drained, so that the peer can read our close frame.
        if (phase == Phase.OVER) {
            return;
        }
        reader.feed(bytes);
        while (phase != Phase.OVER) {
            switch (reader.next()) {
                case Incoming.Incomplete incomplete -> {
                    return;
                }
                case Incoming.Fragment fragment -> {}
                case Incoming.Text text -> received(() -> listener.onText(text.utf8()));
                case Incoming.Binary binary -> received(() -> listener.onBinary(binary.content()));
                case Incoming.Ping ping -> pong(ping.payload());
                case Incoming.Pong pong -> {}
                case Incoming.Close close -> closedByPeer(close);
                case Incoming.Violation violation -> violated(violation);
            }
        }
    }

    private void received(Runnable delivery) {
        if (phase == Phase.OPEN && !queue.closed()) {
            guarded(delivery);
        }
    }

    private void pong(ByteBuffer payload) {
        if (phase == Phase.OPEN) {
            unanswered = Optional.of(
                    ByteBuffer.allocate(payload.remaining()).put(payload).flip());
            write();
        }
    }

    private void closedByPeer(Incoming.Close close) {
        boolean mustAnswer = phase == Phase.OPEN;
        over(close.code(), close.reason());
        if (mustAnswer) {
            boolean sane = close.code() == CloseCode.NONE_GIVEN || CloseCode.maySend(close.code());
            writer.close(sane ? close.code() : CloseCode.PROTOCOL_ERROR, "");
        }
        finishAfterWrite = true;
        wire.arm(Timer.CLOSE, CLOSE_PATIENCE);
        write();
    }

    private void violated(Incoming.Violation violation) {
        boolean mustSay = phase == Phase.OPEN;
        over(violation.code(), violation.rule());
        if (mustSay) {
            writer.close(violation.code(), violation.rule());
        }
        wire.arm(Timer.CLOSE, CLOSE_PATIENCE);
        write();
    }

    // --- bytes out

    /** Bytes may be written (again). */
    void writable() {
        write();
    }

    /** The peer takes no more bytes; what came from it, or the reason, still arrives. */
    void writtenAll() {
        queue.abandon();
        mustEnd();
    }

    /** Something waits in the queue. */
    void filled() {
        queue.rearm();
        // A peer that takes no bytes must not keep a closed link alive.
        if (queue.closed()) {
            mustEnd();
        }
        write();
    }

    private void write() {
        if (!wire.isWritable()) {
            return;
        }
        if (phase == Phase.OPENING) {
            ask();
            return;
        }
        if (phase == Phase.OPEN) {
            unanswered.ifPresent(writer::pong);
            unanswered = Optional.empty();
            if (pingDue) {
                writer.ping();
                pingDue = false;
            }
            collect();
        }
        if (writer.size() > 0) {
            sentSinceTick = true;
            wire.write(writer.take());
        }
        if (finishAfterWrite) {
            finish();
        }
    }

    /** Says that no more bytes come, and drains what the peer still sends until it ends too, or its time is over. */
    private void finish() {
        wire.finish();
        mustEnd();
    }

    private void mustEnd() {
        if (!wire.isArmed(Timer.CLOSE)) {
            wire.arm(Timer.CLOSE, CLOSE_PATIENCE);
        }
    }

    private void ask() {
        if (!asked && side instanceof Side.Client client) {
            asked = true;
            wire.write(client.handshake().question());
        }
    }

    private void collect() {
        while (writer.size() < BATCH_BYTES) {
            switch (queue.next()) {
                case SendQueue.Nothing nothing -> {
                    return;
                }
                case SendQueue.Message message -> writer.message(message);
                case SendQueue.Broken broken -> {
                    breakDown(broken.how());
                    return;
                }
                case SendQueue.Farewell farewell -> {
                    sayFarewell(farewell);
                    return;
                }
            }
        }
    }

    /** A dead line is neither read nor ended: only the peer ends it. */
    private void breakDown(WebSocketLink.Breakdown how) {
        switch (how) {
            case TORN -> {
                writer.torn();
                finishAfterWrite = true;
            }
            case DEAD -> wire.disarm(Timer.KEEP_ALIVE);
        }
        over(CloseCode.ABNORMAL, "the line was broken");
    }

    private void sayFarewell(SendQueue.Farewell farewell) {
        if (farewell.code() == CloseCode.ABNORMAL) {
            over(CloseCode.ABNORMAL, farewell.reason());
            finishAfterWrite = true;
            return;
        }
        phase = Phase.CLOSING;
        writer.close(farewell.code(), farewell.reason());
        wire.arm(Timer.CLOSE, CLOSE_PATIENCE);
    }

    // --- time

    void fired(Timer timer) {
        switch (timer) {
            case CONNECT, BODY -> refuseLate();
            case KEEP_ALIVE -> keepAlive();
            case CLOSE ->
                abort(wire.isFinished() ? "the peer takes no more bytes" : "the peer did not answer the close frame");
        }
    }

    private void refuseLate() {
        if (phase == Phase.OPENING && side instanceof Side.Client client) {
            refuse(client.handshake()
                    .refusalSoFar()
                    .orElseGet(() ->
                            new Refusal(Optional.empty(), TimeLimit.missed("the server", client.connectTimeout()))));
            finish();
        }
    }

    private void keepAlive() {
        silentTicks = receivedSinceTick ? 0 : silentTicks + 1;
        if (phase == Phase.OPEN && silentTicks >= SILENT_INTERVALS_UNTIL_DEAD) {
            abort("the peer did not answer pings");
            return;
        }
        if (phase == Phase.OPEN && !(sentSinceTick && receivedSinceTick)) {
            pingDue = true;
            write();
        }
        sentSinceTick = false;
        receivedSinceTick = false;
    }

    private void abort(String reason) {
        over(CloseCode.ABNORMAL, reason);
        wire.abort(reason);
    }

    // --- what the listener is told, each at most once

    private void open(Optional<String> subprotocol) {
        phase = Phase.OPEN;
        queue.whenFilled(wire::wake);
        wire.arm(Timer.KEEP_ALIVE, limits.keepAlive());
        guarded(() -> listener.onOpen(subprotocol));
    }

    private void refuse(Refusal refusal) {
        phase = Phase.OVER;
        queue.abandon();
        guarded(() -> listener.onRefused(refusal));
    }

    private void over(int code, String reason) {
        if (phase == Phase.OVER) {
            return;
        }
        if (phase == Phase.OPENING) {
            refuse(new Refusal(Optional.empty(), reason));
            return;
        }
        phase = Phase.OVER;
        queue.abandon();
        guarded(() -> listener.onClosed(code, reason));
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            LOG.error("The listener of a WebSocket failed; the connection is closed with 1011", failure);
            queue.close(CloseCode.INTERNAL_ERROR, "internal error");
        }
    }
}
