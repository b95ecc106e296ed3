package dev.antiphon.benchmarks;

import dev.antiphon.connection.WebSocketLink;
import java.nio.ByteBuffer;

/** The sending side of another link, for those who look at its text messages on their way. Thread-safe as far as they are. */
public abstract class WatchedLink implements WebSocketLink {
    private final WebSocketLink link;

    /** Sends over {@code link}. */
    protected WatchedLink(WebSocketLink link) {
        this.link = link;
    }

    /** Before a text message is sent; must leave its position and limit as they are. */
    protected abstract void sees(ByteBuffer utf8);

    @Override
    public final boolean send(ByteBuffer utf8) {
        sees(utf8);
        return link.send(utf8);
    }

    @Override
    public final boolean sendBinary(ByteBuffer content) {
        return link.sendBinary(content);
    }

    @Override
    public final void close(int code, String reason) {
        link.close(code, reason);
    }

    @Override
    public final void breakDown(Breakdown how) {
        link.breakDown(how);
    }

    @Override
    public final int queued() {
        return link.queued();
    }

    @Override
    public final long queuedBytes() {
        return link.queuedBytes();
    }
}
