package dev.antiphon.testkit.virtual;

import dev.antiphon.connection.WebSocketLimits;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketListener.Refusal;
import dev.antiphon.testkit.emulator.Timeline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One side of a line of a {@link VirtualNetwork}. Used on its timeline only. */
final class VirtualLink implements WebSocketLink {
    private static final int ABNORMAL = 1006;
    private static final int NO_CODE = 1005;
    private static final int INTERVALS_UNTIL_DEAD = 3;

    private enum Phase {
        OPENING,
        OPEN,
        /** Nothing more is sent. */
        CLOSED
    }

    private final Timeline timeline;
    private final Duration latency;
    private final WebSocketLimits limits;
    private final List<Runnable> early = new ArrayList<>();
    private @Nullable WebSocketListener listener;
    private @Nullable VirtualLink peer;
    private Phase phase = Phase.OPENING;
    private boolean endTold;
    private int queued;
    private long queuedBytes;

    VirtualLink(Timeline timeline, Duration latency, WebSocketLimits limits) {
        this.timeline = timeline;
        this.latency = latency;
        this.limits = limits;
    }

    void listener(WebSocketListener receiver) {
        listener = receiver;
    }

    void peer(VirtualLink other) {
        peer = other;
    }

    void opened(Optional<String> subprotocol) {
        boolean wanted = phase == Phase.OPENING;
        if (wanted) {
            phase = Phase.OPEN;
        }
        told().onOpen(subprotocol);
        early.forEach(Runnable::run);
        early.clear();
    }

    void refused(Optional<Integer> status, String detail) {
        if (!endTold) {
            phase = Phase.CLOSED;
            endTold = true;
            told().onRefused(new Refusal(status, detail));
        }
    }

    @Override
    public boolean send(ByteBuffer utf8) {
        return offer(utf8, content -> other().arrived(receiver -> receiver.onText(content)));
    }

    @Override
    public boolean sendBinary(ByteBuffer content) {
        return offer(content, copy -> other().arrived(receiver -> receiver.onBinary(copy)));
    }

    private interface Delivery {
        void deliver(ByteBuffer content);
    }

    private boolean offer(ByteBuffer content, Delivery delivery) {
        int bytes = content.remaining();
        boolean room =
                queued < limits.sendQueueFrames() && (queued == 0 || queuedBytes + bytes <= limits.sendQueueBytes());
        if (phase == Phase.CLOSED || !room) {
            return false;
        }
        queued++;
        queuedBytes += bytes;
        whenOpen(() -> timeline.schedule(latency, () -> {
            queued--;
            queuedBytes -= bytes;
            delivery.deliver(content);
        }));
        return true;
    }

    @Override
    public void close(int code, String reason) {
        if (phase == Phase.CLOSED) {
            return;
        }
        whenOpen(() -> {
            int sent = code == ABNORMAL || isSendable(code) ? code : NO_CODE;
            timeline.schedule(latency, () -> other().ended(sent, reason));
            timeline.schedule(latency.multipliedBy(2), () -> ended(sent, reason));
        });
        phase = Phase.CLOSED;
    }

    /** A torn frame never arrives, so that its line is a broken one; a dead line is found out by pings, or never. */
    @Override
    public void breakDown(Breakdown how) {
        if (phase == Phase.CLOSED) {
            return;
        }
        whenOpen(() -> {
            switch (how) {
                case TORN -> timeline.schedule(latency, () -> other().ended(ABNORMAL, ""));
                case DEAD ->
                    timeline.schedule(
                            limits.keepAlive().multipliedBy(INTERVALS_UNTIL_DEAD),
                            () -> other().ended(ABNORMAL, "the peer did not answer pings"));
            }
            timeline.schedule(latency, () -> ended(ABNORMAL, "the line was broken"));
        });
        phase = Phase.CLOSED;
    }

    private static boolean isSendable(int code) {
        return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
    }

    @Override
    public int queued() {
        return queued;
    }

    @Override
    public long queuedBytes() {
        return queuedBytes;
    }

    private void whenOpen(Runnable step) {
        if (peer == null) {
            early.add(step);
        } else {
            step.run();
        }
    }

    private interface News {
        void tell(WebSocketListener receiver);
    }

    /** A side that has been told of the end, or has closed itself, hears nothing more. */
    private void arrived(News news) {
        if (!endTold) {
            news.tell(told());
        }
    }

    private void ended(int code, String reason) {
        phase = Phase.CLOSED;
        if (!endTold) {
            endTold = true;
            told().onClosed(code, reason);
        }
    }

    private WebSocketListener told() {
        if (listener == null) {
            throw new IllegalStateException("a line was used before it had a listener");
        }
        return listener;
    }

    private VirtualLink other() {
        if (peer == null) {
            throw new IllegalStateException("a line was used before it was open");
        }
        return peer;
    }
}
