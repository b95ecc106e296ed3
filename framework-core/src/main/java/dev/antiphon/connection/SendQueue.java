package dev.antiphon.connection;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The queue between those who send and the stream that writes, bounded in frames and in bytes. The methods of
 * {@link WebSocketLink} are thread-safe; the others are the stream's alone.
 */
final class SendQueue implements WebSocketLink {
    private static final Farewell ABANDONED = new Farewell(CloseCode.ABNORMAL, "");
    private static final Nothing NOTHING = new Nothing();

    private final int maxFrames;
    private final long maxBytes;
    /** The farewell is queued too, so that nothing sent before it can be overtaken by it. */
    private final ConcurrentLinkedQueue<Outgoing> frames = new ConcurrentLinkedQueue<>();

    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final AtomicReference<@Nullable Farewell> farewell = new AtomicReference<>();
    private volatile @Nullable Runnable wake;

    /** What is to be written next. */
    sealed interface Outgoing {}

    /** Nothing for now. */
    record Nothing() implements Outgoing {}

    /** One message to be written. */
    record Message(int opcode, ByteBuffer content) implements Outgoing {}

    /** The line is to be broken, all its frames being written. */
    record Broken(Breakdown how) implements Outgoing {}

    /** How the link is to be closed, all its frames being written. */
    record Farewell(int code, String reason) implements Outgoing {}

    SendQueue(WebSocketLimits limits) {
        this.maxFrames = limits.sendQueueFrames();
        this.maxBytes = limits.sendQueueBytes();
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
        int bytes = message.content().remaining();
        long waiting = queuedBytes.getAndAdd(bytes);
        // A message that is larger than the whole bound passes alone; the peer's own bound decides about it.
        boolean room = waiting == 0 || waiting + bytes <= maxBytes;
        if (!room || queued.incrementAndGet() > maxFrames) {
            if (room) {
                queued.decrementAndGet();
            }
            queuedBytes.addAndGet(-bytes);
            return false;
        }
        frames.add(message);
        signal();
        return true;
    }

    @Override
    public void close(int code, String reason) {
        Farewell last = new Farewell(code, reason);
        if (farewell.compareAndSet(null, last)) {
            frames.add(last);
            signal();
        }
    }

    @Override
    public void breakDown(Breakdown how) {
        // Not a farewell: nobody answers it, and its time is not limited.
        if (farewell.compareAndSet(null, ABANDONED)) {
            frames.add(new Broken(how));
            signal();
        }
    }

    @Override
    public int queued() {
        return queued.get();
    }

    @Override
    public long queuedBytes() {
        return queuedBytes.get();
    }

    /** From now on {@code action} runs, on the sender's thread, when there is something to write. */
    void whenFilled(Runnable action) {
        wake = action;
    }

    /** To be called before the queue is emptied, so that what is added meanwhile signals again. */
    void rearm() {
        signalled.set(false);
    }

    /** What was queued first. */
    Outgoing next() {
        Outgoing next = Optional.ofNullable(frames.poll()).orElse(NOTHING);
        if (next instanceof Message message) {
            queued.decrementAndGet();
            queuedBytes.addAndGet(-message.content().remaining());
        }
        return next;
    }

    /** How {@link #close} was called, if it was. */
    Optional<Farewell> farewell() {
        return Optional.ofNullable(farewell.get()).filter(last -> last != ABANDONED);
    }

    /** Whether {@link #close} was called; not whether the link is gone. */
    boolean closed() {
        return farewell().isPresent();
    }

    /** The link is gone: drops what waits and takes nothing more. */
    void abandon() {
        farewell.compareAndSet(null, ABANDONED);
        frames.clear();
        queued.set(0);
        queuedBytes.set(0);
    }

    private void signal() {
        Runnable action = wake;
        // A frame queued before the stream has started is found when the stream first asks.
        if (action != null && signalled.compareAndSet(false, true)) {
            action.run();
        }
    }
}
