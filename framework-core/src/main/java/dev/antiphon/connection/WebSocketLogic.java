package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketProtocol.Timer;
import dev.antiphon.connection.WebSocketProtocol.Wire;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.stream.StreamTcpException;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/** The running half of {@link WebSocketStage}: one per connection, called by one thread at a time. */
final class WebSocketLogic extends TimerGraphStageLogic implements InHandler, OutHandler, Wire {

    private static final class AbortedConnection extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AbortedConnection(String reason) {
            super(reason, null, false, false);
        }
    }

    private final WebSocketStage stage;
    private final WebSocketProtocol protocol;
    private final AsyncCallback<Done> filled;

    WebSocketLogic(WebSocketStage stage) {
        super(stage.shape());
        this.stage = stage;
        this.protocol = stage.protocol(this);
        this.filled = createAsyncCallback(done -> protocol.filled());
        setHandlers(stage.in, stage.out, this);
    }

    @Override
    public void preStart() {
        protocol.start();
        pull(stage.in);
    }

    @Override
    public void postStop() {
        protocol.tornDown();
    }

    // --- the stream's calls

    @Override
    public void onPush() {
        protocol.received(grab(stage.in));
        if (!isClosed(stage.in) && !hasBeenPulled(stage.in)) {
            pull(stage.in);
        }
    }

    @Override
    public void onUpstreamFinish() {
        protocol.receivedAll();
        completeStage();
    }

    @Override
    public void onUpstreamFailure(Throwable failure) {
        protocol.failed(told(failure));
        completeStage();
    }

    @Override
    public void onPull() {
        protocol.writable();
    }

    @Override
    public void onDownstreamFinish(Throwable cause) {
        protocol.writtenAll();
    }

    @Override
    public void onTimer(Object timer) {
        protocol.fired((Timer) timer);
    }

    // --- what the protocol does

    @Override
    public boolean isWritable() {
        return isAvailable(stage.out);
    }

    @Override
    public void write(ByteString bytes) {
        push(stage.out, bytes);
    }

    @Override
    public void finish() {
        complete(stage.out);
    }

    @Override
    public boolean isFinished() {
        return isClosed(stage.out);
    }

    @Override
    public void abort(String reason) {
        failStage(new AbortedConnection(reason));
    }

    @Override
    public void arm(Timer timer, Duration delay) {
        if (timer == Timer.KEEP_ALIVE) {
            scheduleWithFixedDelay(timer, delay, delay);
        } else {
            scheduleOnce(timer, delay);
        }
    }

    @Override
    public void disarm(Timer timer) {
        cancelTimer(timer);
    }

    @Override
    public boolean isArmed(Timer timer) {
        return isTimerActive(timer);
    }

    @Override
    public void wake() {
        filled.invoke(Done.getInstance());
    }

    /** The TCP layer wraps what happened into its own command ("Tcp command [Connect(…)] failed …"): only the cause is told. */
    private static String told(Throwable failure) {
        if (ConnectionFault.isWithoutTls(failure)) {
            return ConnectionFault.words(failure);
        }
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
