package dev.antiphon.server.gateway;

import dev.antiphon.connection.WebSocketListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket that waits for its call to be answered: what comes meanwhile is kept, up to a bound, and given to the call
 * when there is one. Thread-safe.
 */
final class WaitingCall implements WebSocketListener {
    private static final int MOST_FRAMES = 1_000;
    private static final int MOST_BYTES = 1024 * 1024;

    private final Runnable onLeft;
    private final List<Consumer<WebSocketListener>> kept = new ArrayList<>();
    private @Nullable WebSocketListener call;
    private int bytes;

    /** {@code onLeft} is told when the client goes before it is answered. */
    WaitingCall(Runnable onLeft) {
        this.onLeft = onLeft;
    }

    /** The call is answered. */
    synchronized void answered(WebSocketListener by) {
        call = by;
        kept.forEach(news -> news.accept(by));
        kept.clear();
    }

    @Override
    public synchronized void onOpen(Optional<String> subprotocol) {
        pass(0, listener -> listener.onOpen(subprotocol));
    }

    @Override
    public synchronized void onText(ByteBuffer utf8) {
        pass(utf8.remaining(), listener -> listener.onText(utf8));
    }

    @Override
    public synchronized void onBinary(ByteBuffer content) {
        pass(0, listener -> listener.onBinary(ByteBuffer.allocate(0)));
    }

    @Override
    public synchronized void onClosed(int code, String reason) {
        boolean waited = call == null;
        if (waited) {
            kept.add(listener -> listener.onClosed(code, reason));
        } else {
            pass(0, listener -> listener.onClosed(code, reason));
        }
        if (waited) {
            onLeft.run();
        }
    }

    @Override
    public synchronized void onRefused(Refusal refusal) {
        pass(0, listener -> listener.onRefused(refusal));
    }

    /** Beyond the bound a client's frames are lost: it talks to nobody yet. The end is always kept. */
    private void pass(int size, Consumer<WebSocketListener> news) {
        if (call != null) {
            news.accept(call);
        } else if (kept.size() < MOST_FRAMES && bytes + size <= MOST_BYTES) {
            bytes += size;
            kept.add(news);
        }
    }
}
