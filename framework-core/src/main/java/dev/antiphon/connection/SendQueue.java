package dev.antiphon.connection;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between those who send and the stream that writes. The methods of {@link WebSocketLink} are
 * thread-safe; the others are the stream's alone.
 */
final class SendQueue implements WebSocketLink {
    private final int capacity;
    private final ConcurrentLinkedQueue<Message> frames = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final AtomicReference<@Nullable Farewell> farewell = new AtomicReference<>();
    private volatile @Nullable Runnable wake;

    /** How the link is to be closed once its frames are written. */
    record Farewell(int code, String reason) {}

    /** One message to be written. */
    record Message(int opcode, ByteBuffer content) {}

    SendQueue(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public boolean send(ByteBuffer utf8) {
        return queue(new Message(Opcode.TEXT, utf8));
    }

    @Override
    public boolean sendBinary(ByteBuffer content) {
        return queue(new Message(Opcode.BINARY, content));
    }

    private boolean queue(Message message) {
        if (farewell.get() != null) {
            return false;
        }
        if (queued.incrementAndGet() > capacity) {
            queued.decrementAndGet();
            return false;
        }
        frames.add(message);
        signal();
        return true;
    }

    @Override
    public void close(int code, String reason) {
        if (farewell.compareAndSet(null, new Farewell(code, reason))) {
            signal();
        }
    }

    @Override
    public int queued() {
        return queued.get();
    }

    /** From now on {@code action} runs, on the sender's thread, when there is something to write. */
    void whenFilled(Runnable action) {
        wake = action;
    }

    /** To be called before the queue is emptied, so that what is added meanwhile signals again. */
    void rearm() {
        signalled.set(false);
    }

    Optional<Message> poll() {
        Message frame = frames.poll();
        if (frame != null) {
            queued.decrementAndGet();
        }
        return Optional.ofNullable(frame);
    }

    /** Whether {@link #close} was called. */
    Optional<Farewell> farewell() {
        return Optional.ofNullable(farewell.get());
    }

    /** The link is gone: drops what waits and takes nothing more. */
    void abandon() {
        farewell.compareAndSet(null, new Farewell(CloseCode.ABNORMAL, ""));
        frames.clear();
        queued.set(0);
    }

    private void signal() {
        Runnable action = wake;
        // A frame queued before the stream has started is found when the stream first asks.
        if (action != null && signalled.compareAndSet(false, true)) {
            action.run();
        }
    }
}
