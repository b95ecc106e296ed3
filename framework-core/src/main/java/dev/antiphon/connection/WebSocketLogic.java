package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketListener.Refusal;
import dev.antiphon.connection.WebSocketStage.Side;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.stream.StreamTcpException;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running half of {@link WebSocketStage}: one per connection, called by one thread at a time. */
final class WebSocketLogic extends TimerGraphStageLogic implements InHandler, OutHandler {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketStage.class);
    /** How long the peer may take to end the connection, our close frame included, before it is dropped. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    /** How long the text of a refusal is waited for once its status is known. */
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(1);
    /** Frames are written together up to this size, so that a burst costs few writes. */
    private static final int BATCH_BYTES = 64 * 1024;

    private static final int SILENT_INTERVALS_UNTIL_DEAD = 3;

    private static final class AbortedConnection extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AbortedConnection(String reason) {
            super(reason, null, false, false);
        }
    }

    private enum Phase {
        OPENING,
        OPEN,
        /** We sent a close frame and wait for the peer's. */
        CLOSING,
        /** The listener knows the end; only bytes remain to be moved. */
        OVER
    }

    private enum Timer {
        CONNECT,
        BODY,
        KEEP_ALIVE,
        CLOSE
    }

    private final WebSocketStage stage;
    private final SendQueue queue;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final WebSocketListener listener;
    private final AsyncCallback<Done> filled;
    private Phase phase = Phase.OPENING;
    private boolean asked;
    /** The payload of the latest ping that waits for its answer; RFC 6455 section 5.5.3 lets it stand for all before it. */
    private Optional<ByteBuffer> unanswered = Optional.empty();

    private boolean pingDue;
    private boolean finishAfterWrite;
    private boolean sentSinceTick;
    private boolean receivedSinceTick;
    private int silentTicks;

    WebSocketLogic(WebSocketStage stage) {
        super(stage.shape());
        boolean client = stage.side instanceof Side.Client;
        this.stage = stage;
        this.queue = stage.queue;
        this.reader = new FrameReader(!client, stage.limits.maxFrameBytes());
        this.writer = new FrameWriter(client);
        this.listener = stage.attach.attach(queue);
        this.filled = createAsyncCallback(done -> onFilled());
        setHandlers(stage.in, stage.out, this);
    }

    @Override
    public void preStart() {
        switch (stage.side) {
            case Side.Client client -> scheduleOnce(Timer.CONNECT, client.connectTimeout());
            case Side.Server server -> open(server.subprotocol());
        }
        pull(stage.in);
    }

    /** The stream was torn down from outside, for example with its actor system. */
    @Override
    public void postStop() {
        over(CloseCode.ABNORMAL, "the connection was torn down");
    }

    // --- bytes in

    @Override
    public void onPush() {
        ByteString bytes = grab(stage.in);
        receivedSinceTick = true;
        if (phase == Phase.OPENING && stage.side instanceof Side.Client client) {
            answered(client.handshake().feed(bytes));
        } else {
            frames(bytes);
        }
        if (!isClosed(stage.in) && !hasBeenPulled(stage.in)) {
            pull(stage.in);
        }
    }

    @Override
    public void onUpstreamFinish() {
        if (phase == Phase.OPENING && stage.side instanceof Side.Client client) {
            answered(client.handshake().end());
        }
        over(CloseCode.ABNORMAL, "the connection ended without a close frame");
        completeStage();
    }

    @Override
    public void onUpstreamFailure(Throwable failure) {
        if (phase == Phase.OPENING && stage.side instanceof Side.Client client) {
            client.handshake().refusalSoFar().ifPresent(this::refuse);
        }
        over(CloseCode.ABNORMAL, reason(failure));
        completeStage();
    }

    private void answered(ClientHandshake.Answer answer) {
        switch (answer) {
            case ClientHandshake.Answer.Incomplete incomplete -> {}
            case ClientHandshake.Answer.Refusing refusing -> {
                if (!isTimerActive(Timer.BODY)) {
                    scheduleOnce(Timer.BODY, BODY_PATIENCE);
                }
            }
            case ClientHandshake.Answer.Refused refused -> {
                refuse(refused.refusal());
                finish();
            }
            case ClientHandshake.Answer.Accepted accepted -> {
                cancelTimer(Timer.CONNECT);
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
        scheduleOnce(Timer.CLOSE, CLOSE_PATIENCE);
        write();
    }

    private void violated(Incoming.Violation violation) {
        boolean mustSay = phase == Phase.OPEN;
        over(violation.code(), violation.rule());
        if (mustSay) {
            writer.close(violation.code(), violation.rule());
        }
        scheduleOnce(Timer.CLOSE, CLOSE_PATIENCE);
        write();
    }

    // --- bytes out

    @Override
    public void onPull() {
        write();
    }

    /** The peer takes no more bytes; what came from it, or the reason, still arrives on the other side. */
    @Override
    public void onDownstreamFinish(Throwable cause) {
        queue.abandon();
        mustEnd();
    }

    private void onFilled() {
        queue.rearm();
        // A peer that takes no bytes must not keep a closed link alive.
        if (queue.closed()) {
            mustEnd();
        }
        write();
    }

    private void write() {
        if (!isAvailable(stage.out)) {
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
            push(stage.out, writer.take());
        }
        if (finishAfterWrite) {
            finish();
        }
    }

    /** Says that no more bytes come, and drains what the peer still sends until it ends too, or its time is over. */
    private void finish() {
        complete(stage.out);
        mustEnd();
    }

    private void mustEnd() {
        if (!isTimerActive(Timer.CLOSE)) {
            scheduleOnce(Timer.CLOSE, CLOSE_PATIENCE);
        }
    }

    private void ask() {
        if (!asked && stage.side instanceof Side.Client client) {
            asked = true;
            push(stage.out, client.handshake().question());
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
            case DEAD -> cancelTimer(Timer.KEEP_ALIVE);
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
        scheduleOnce(Timer.CLOSE, CLOSE_PATIENCE);
    }

    // --- time

    @Override
    public void onTimer(Object key) {
        switch ((Timer) key) {
            case CONNECT, BODY -> refuseLate();
            case KEEP_ALIVE -> keepAlive();
            case CLOSE ->
                abort(isClosed(stage.out) ? "the peer takes no more bytes" : "the peer did not answer the close frame");
        }
    }

    private void refuseLate() {
        if (phase == Phase.OPENING && stage.side instanceof Side.Client client) {
            refuse(client.handshake()
                    .refusalSoFar()
                    .orElseGet(() -> new Refusal(Optional.empty(), "the upgrade was not answered in time")));
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

    /** Ends the connection without waiting for bytes that the peer does not take. */
    private void abort(String reason) {
        over(CloseCode.ABNORMAL, reason);
        failStage(new AbortedConnection(reason));
    }

    // --- what the listener is told, each at most once

    private void open(Optional<String> subprotocol) {
        phase = Phase.OPEN;
        queue.whenFilled(() -> filled.invoke(Done.getInstance()));
        scheduleWithFixedDelay(Timer.KEEP_ALIVE, stage.limits.keepAlive(), stage.limits.keepAlive());
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

    private String reason(Throwable failure) {
        String told = told(failure);
        return stage.side instanceof Side.Client client
                ? client.handshake().secrets().removedFrom(told)
                : told;
    }

    /** The TCP layer wraps what happened into its own command ("Tcp command [Connect(…)] failed …"): only the cause is told. */
    private static String told(Throwable failure) {
        Optional<String> cause = Optional.ofNullable(failure.getCause())
                .map(inner -> inner.getClass().getSimpleName() + ": " + inner.getMessage());
        if (failure instanceof StreamTcpException && cause.isPresent()) {
            return cause.get();
        }
        String text = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        return cause.filter(inner -> !text.contains(inner))
                .map(inner -> text + " (" + inner + ")")
                .orElse(text);
    }
}
