package dev.antiphon.server.gateway;

import dev.antiphon.connection.WebSocketLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What waits to be written to one client. A slow client loses its oldest audio, counted; one that reads nothing else either
 * is closed with 1008. Not thread-safe: confined to one {@link GatewayCall}.
 */
final class OutgoingFrames {
    /** How soon a full link is tried again. */
    static final Duration RETRY = Duration.ofMillis(10);

    /** Runs {@link #drain} in the owner's turn, after {@link #RETRY}. */
    @FunctionalInterface
    interface Retry {
        void later();
    }

    private record Frame(ByteBuffer utf8, boolean audio) {}

    private final WebSocketLink link;
    private final int bound;
    private final Retry retry;
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private boolean retrying;
    private boolean closed;
    private Runnable close = () -> {};
    private boolean closing;
    private long droppedAudio;

    OutgoingFrames(WebSocketLink link, int bound, Retry retry) {
        this.link = link;
        this.bound = bound;
        this.retry = retry;
    }

    void offer(ByteBuffer utf8, boolean audio) {
        if (closed || closing) {
            return;
        }
        if (waiting.isEmpty() && link.send(utf8.duplicate())) {
            return;
        }
        waiting.add(new Frame(utf8, audio));
        if (waiting.size() > bound && !dropOldestAudio()) {
            closed = true;
            waiting.clear();
            link.close(1008, "the client reads too slowly");
            return;
        }
        tryLater();
    }

    /** Writes what can be written; called in the owner's turn after {@link #RETRY}. */
    void drain() {
        retrying = false;
        while (!closed && !waiting.isEmpty() && link.send(waiting.peek().utf8().duplicate())) {
            waiting.remove();
        }
        if (closed) {
            return;
        }
        if (!waiting.isEmpty()) {
            tryLater();
        } else if (closing) {
            closed = true;
            close.run();
        }
    }

    /** Closes after everything that waits. */
    void close(int code, String reason) {
        closing = true;
        close = () -> link.close(code, reason);
        drain();
    }

    /** The link is gone: nothing waits any more. */
    void gone() {
        closed = true;
        waiting.clear();
    }

    long droppedAudio() {
        return droppedAudio;
    }

    private void tryLater() {
        if (!retrying) {
            retrying = true;
            retry.later();
        }
    }

    private boolean dropOldestAudio() {
        for (Iterator<Frame> frames = waiting.iterator(); frames.hasNext(); ) {
            if (frames.next().audio()) {
                frames.remove();
                droppedAudio++;
                return true;
            }
        }
        return false;
    }
}
