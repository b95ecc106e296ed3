package dev.antiphon.connection;

import dev.antiphon.realtime.ServerEvent;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events of one connection that wait for its owner. Models send many at once; the owner is told of them once, and takes them
 * together. Thread-safe: one side adds, the owner takes.
 */
public final class EventInbox {
    /** So many are taken in one go, so that one call cannot keep a thread from the others. */
    private static final int MOST_AT_ONCE = 256;

    private final ConcurrentLinkedQueue<ServerEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private final Runnable tell;

    /** @param tell asks the owner to {@link #take} */
    EventInbox(Runnable tell) {
        this.tell = tell;
    }

    void add(ServerEvent event) {
        events.add(event);
        tellOnce();
    }

    /**
     * Takes what waits, in the order in which it came: at least one event, unless an earlier message has brought them already. Where
     * more is left, the owner is told again.
     */
    public void take(Consumer<ServerEvent> taker) {
        int taken = 0;
        try {
            for (ServerEvent event = next(taken); event != null; event = next(taken)) {
                taken++;
                taker.accept(event);
            }
        } finally {
            told.set(false);
            if (!events.isEmpty()) {
                tellOnce();
            }
        }
    }

    private @Nullable ServerEvent next(int taken) {
        return taken < MOST_AT_ONCE ? events.poll() : null;
    }

    private void tellOnce() {
        if (!told.get() && told.compareAndSet(false, true)) {
            tell.run();
        }
    }
}
