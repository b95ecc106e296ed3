package dev.antiphon.benchmarks;

import dev.antiphon.connection.WebSocketListener;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The receiving side of another link, for those who look at its text messages on their way. */
public abstract class WatchedListener implements WebSocketListener {
    private final WebSocketListener listener;

    /** Passes on to {@code listener}. */
    protected WatchedListener(WebSocketListener listener) {
        this.listener = listener;
    }

    /** Before a text message is passed on; must leave its position and limit as they are. */
    protected abstract void sees(ByteBuffer utf8);

    @Override
    public final void onText(ByteBuffer utf8) {
        sees(utf8);
        listener.onText(utf8);
    }

    @Override
    public final void onOpen(Optional<String> subprotocol) {
        listener.onOpen(subprotocol);
    }

    @Override
    public final void onBinary(ByteBuffer content) {
        listener.onBinary(content);
    }

    @Override
    public final void onClosed(int code, String reason) {
        listener.onClosed(code, reason);
    }

    @Override
    public final void onRefused(Refusal refusal) {
        listener.onRefused(refusal);
    }
}
