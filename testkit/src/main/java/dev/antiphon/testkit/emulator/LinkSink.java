package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketLink.Breakdown;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a session's frames over a link. Frames that the link's bounded queue does not take wait here, in order; a client that leaves too
 * many unread is disconnected. Used on the session's timeline only.
 */
final class LinkSink implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSink.class);
    private static final int MAX_WAITING = 50_000;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int ABNORMAL = 1006;
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final WebSocketLink link;
    private final Timeline timeline;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private Runnable closing = () -> {};
    private boolean ended;

    LinkSink(WebSocketLink link, Timeline timeline) {
        this.link = link;
        this.timeline = timeline;
    }

    @Override
    public void frame(String json) {
        if (ended) {
            return;
        }
        if (waiting.isEmpty() && offer(json)) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            LOG.warn("A client left {} frames unread; it is disconnected", waiting.size());
            end();
            link.close(TRY_AGAIN_LATER, "The client reads too slowly.");
            return;
        }
        waiting.add(json);
        if (waiting.size() == 1) {
            timeline.schedule(PAUSE, this::flush);
        }
    }

    private void flush() {
        while (!ended && !waiting.isEmpty() && offer(waiting.element())) {
            waiting.remove();
        }
        if (waiting.isEmpty()) {
            closing.run();
        } else if (!ended) {
            timeline.schedule(PAUSE, this::flush);
        }
    }

    private boolean offer(String json) {
        return link.send(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close(int code, String reason) {
        if (waiting.isEmpty()) {
            link.close(code, reason);
        } else {
            closing = () -> link.close(code, reason);
        }
    }

    /** Breaks the line: the transport treats 1006, which no close frame may carry, as an order to send none. */
    @Override
    public void drop() {
        end();
        link.close(ABNORMAL, "");
    }

    @Override
    public void breakDown(Breakdown how) {
        end();
        link.breakDown(how);
    }

    /** The link is gone; nothing waits any more. */
    void end() {
        ended = true;
        waiting.clear();
    }
}
