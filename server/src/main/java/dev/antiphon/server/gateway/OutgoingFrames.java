package dev.antiphon.server.gateway;

import dev.antiphon.connection.WebSocketLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What waits to be written to one client: at most {@value #MAX_FRAMES} frames and {@value #MAX_BYTES} bytes, besides
 * {@value #MAX_IN_LINK} frames in the link. A slow client loses its oldest audio, counted; one that reads nothing else either
 * is closed with 1008. Not thread-safe: confined to one {@link GatewayCall}.
 */
final class OutgoingFrames {
    static final int MAX_FRAMES = 2_000;
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /** Few, because what is in the link can no longer be dropped for being old. */
    static final int MAX_IN_LINK = 64;

    /** How soon a full link is tried again. */
    static final Duration RETRY = Duration.ofMillis(10);

    /** Runs {@link #drain} in the owner's turn, after {@link #RETRY}. */
    @FunctionalInterface
    interface Retry {
        void later();
    }

    private record Frame(ByteBuffer utf8, boolean audio) {
        int bytes() {
            return utf8.remaining();
        }
    }

    private final WebSocketLink link;
    private final Retry retry;
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean retrying;
    private boolean closed;
    private Runnable close = () -> {};
    private boolean closing;
    private long droppedAudio;

    OutgoingFrames(WebSocketLink link, Retry retry) {
        this.link = link;
        this.retry = retry;
    }

    void offer(ByteBuffer utf8, boolean audio) {
        if (closed || closing) {
            return;
        }
        Frame frame = new Frame(utf8, audio);
        if (waiting.isEmpty() && written(frame)) {
            return;
        }
        waiting.add(frame);
        waitingBytes += frame.bytes();
        while (waiting.size() > MAX_FRAMES || waitingBytes > MAX_BYTES) {
            if (!dropOldestAudio()) {
                gone();
                link.close(1008, "the client reads too slowly");
                return;
            }
        }
        tryLater();
    }

    private boolean written(Frame frame) {
        return link.queued() < MAX_IN_LINK && link.send(frame.utf8().duplicate());
    }

    /** Writes what can be written; called in the owner's turn after {@link #RETRY}. */
    void drain() {
        retrying = false;
        while (!closed && !waiting.isEmpty() && written(waiting.peek())) {
            waitingBytes -= waiting.remove().bytes();
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
        waitingBytes = 0;
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
            Frame frame = frames.next();
            if (frame.audio()) {
                frames.remove();
                waitingBytes -= frame.bytes();
                droppedAudio++;
                return true;
            }
        }
        return false;
    }
}
