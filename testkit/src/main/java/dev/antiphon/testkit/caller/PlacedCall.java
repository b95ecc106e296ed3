package dev.antiphon.testkit.caller;

import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.testkit.emulator.FrameObserver;
import dev.antiphon.testkit.emulator.Timeline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simulated caller on a line: what the server sends goes to the caller, what the caller wants is done, at its times. Runs over
 * any transport, in real or virtual time.
 *
 * <p>Thread-safe: all it does happens on its timeline.
 */
public final class PlacedCall {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int NORMAL = 1000;

    private final String name;
    private final Timeline timeline;
    private final SimulatedCaller caller;
    private final FrameObserver observer;
    private final CompletableFuture<CallRecord> ended = new CompletableFuture<>();
    private Optional<String> refused = Optional.empty();
    private Timeline.@Nullable Scheduled wake;
    private @Nullable WebSocketLink link;

    private PlacedCall(String name, Timeline timeline, SimulatedCaller caller, FrameObserver observer) {
        this.name = name;
        this.timeline = timeline;
        this.caller = caller;
        this.observer = observer;
    }

    /**
     * Places a call.
     *
     * @param name of the line, for the observer
     * @param timeline the caller's time
     * @param later how long from now it is placed
     * @param caller made for the clock of that time; nobody else may use it
     * @param observer sees every frame: {@code OUT} is what the server sent
     */
    public static PlacedCall place(
            String name,
            Timeline timeline,
            Duration later,
            WebSocketTransport transport,
            WebSocketTransport.Request request,
            Function<Timeline, SimulatedCaller> caller,
            FrameObserver observer) {
        PlacedCall call = new PlacedCall(name, timeline, caller.apply(timeline), observer);
        timeline.schedule(later, () -> call.connect(transport, request));
        return call;
    }

    /** Completes when the line is gone, with all that the caller saw. */
    public CompletableFuture<CallRecord> ended() {
        return ended;
    }

    /** Why there was no line; empty while there may be one. To be read after {@link #ended}. */
    public Optional<String> refused() {
        return refused;
    }

    /** Breaks the caller's own line so long from now, if it is still there by then; what the caller had sent may be lost. */
    public void breakLine(Duration later, Breakdown how) {
        timeline.schedule(later, () -> {
            if (link != null && !ended.isDone()) {
                link.breakDown(how);
            }
        });
    }

    /** The caller says this so long from now, beside its script and whatever the agent does, if the line is still there by then. */
    public void interject(Duration later, String words) {
        timeline.schedule(later, () -> {
            if (link != null && !ended.isDone()) {
                perform(caller.interject(words));
            }
        });
    }

    /** The caller hangs up so long from now, if the line is still there by then. */
    public void hangUp(Duration later) {
        timeline.schedule(later, () -> {
            if (link != null && !ended.isDone()) {
                perform(caller.hangUp());
            }
        });
    }

    private void connect(WebSocketTransport transport, WebSocketTransport.Request request) {
        link = transport.connect(request, new Reader());
        perform(caller.start());
    }

    private void onFrame(String text) {
        observer.frame(name, FrameObserver.Direction.OUT, text);
        JsonNode event;
        try {
            event = JSON.readTree(text);
        } catch (JacksonException notJson) {
            // A server may send what it likes; this caller reads events only.
            return;
        }
        perform(caller.onServerEvent(event));
    }

    private void perform(List<CallerAction> actions) {
        for (CallerAction action : actions) {
            switch (action) {
                case CallerAction.Send send -> send(JSON.writeValueAsString(send.event()));
                case CallerAction.HangUp ignored -> line().close(NORMAL, "");
            }
        }
        wakeInTime();
    }

    private void send(String frame) {
        observer.frame(name, FrameObserver.Direction.IN, frame);
        line().send(ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
    }

    private void wakeInTime() {
        if (wake != null) {
            wake.cancel();
        }
        Optional<Instant> next = ended.isDone() ? Optional.empty() : caller.nextWake();
        wake = next.map(at -> timeline.schedule(Duration.between(timeline.now(), at), () -> perform(caller.wake())))
                .orElse(null);
    }

    private WebSocketLink line() {
        if (link == null) {
            throw new IllegalStateException("a call was used before it was placed");
        }
        return link;
    }

    private void over() {
        if (wake != null) {
            wake.cancel();
        }
        ended.complete(caller.record());
    }

    private final class Reader implements WebSocketListener {
        @Override
        public void onOpen(Optional<String> subprotocol) {}

        @Override
        public void onText(ByteBuffer utf8) {
            String text = StandardCharsets.UTF_8.decode(utf8).toString();
            timeline.execute(() -> onFrame(text));
        }

        @Override
        public void onBinary(ByteBuffer content) {}

        @Override
        public void onClosed(int code, String reason) {
            timeline.execute(() -> {
                caller.onClosed(code, reason);
                over();
            });
        }

        @Override
        public void onRefused(Refusal refusal) {
            timeline.execute(() -> {
                refused = Optional.of(refusal.detail());
                over();
            });
        }
    }
}
