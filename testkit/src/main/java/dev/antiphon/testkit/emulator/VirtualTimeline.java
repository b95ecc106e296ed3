package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Time that moves only when told. Tasks run in the thread that lets it pass, in order of their time, then of their scheduling.
 *
 * <p>One thread at a time lets it pass. Others may schedule and cancel meanwhile, as what waits for a real database does; when their
 * tasks run is then as repeatable as those threads are.
 */
public final class VirtualTimeline implements Timeline {
    /** Held for what follows, except for {@link #now}. */
    private final Object lock = new Object();

    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(Comparator.comparing((Entry e) -> e.due).thenComparingLong(e -> e.number));

    private long scheduled;

    /** How many tasks wait that are not deadlines. */
    private int waiting;

    /** About how many cancelled tasks the queue still holds. */
    private int cancelled;

    private volatile Instant now;

    private VirtualTimeline(Instant start) {
        this.now = start;
    }

    /** A timeline that stands at {@code start}. */
    public static VirtualTimeline startingAt(Instant start) {
        return new VirtualTimeline(start);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return add(delay, task, false);
    }

    @Override
    public Scheduled deadline(Duration delay, Runnable task) {
        return add(delay, task, true);
    }

    /** Moves on by {@code duration} and runs all that falls due, deadlines included. */
    public void advance(Duration duration) {
        Instant until = now.plus(duration);
        Optional<Runnable> next = takeDueBy(until);
        while (next.isPresent()) {
            next.get().run();
            next = takeDueBy(until);
        }
        now = until;
    }

    /** Runs until nothing but deadlines is left; the time moves as far as needed. */
    public void runUntilIdle() {
        runWhile(() -> true);
    }

    /** Runs tasks one by one while {@code condition} holds and anything but deadlines is left. */
    public void runWhile(BooleanSupplier condition) {
        while (hasWork() && condition.getAsBoolean()) {
            takeDueBy(Instant.MAX).ifPresent(Runnable::run);
        }
    }

    /** When the next task is due. */
    public Optional<Instant> nextDue() {
        synchronized (lock) {
            dropCancelled();
            return Optional.ofNullable(queue.peek()).map(entry -> entry.due);
        }
    }

    private boolean hasWork() {
        synchronized (lock) {
            return waiting > 0;
        }
    }

    /** The next task, now that its time has come; empty when none is due by then. */
    private Optional<Runnable> takeDueBy(Instant until) {
        synchronized (lock) {
            dropCancelled();
            Entry next = queue.peek();
            if (next == null || next.due.isAfter(until)) {
                return Optional.empty();
            }
            queue.remove();
            end(next);
            now = next.due.isAfter(now) ? next.due : now;
            return Optional.of(next.task);
        }
    }

    private Scheduled add(Duration delay, Runnable task, boolean isDeadline) {
        Duration wait = delay.isNegative() ? Duration.ZERO : delay;
        synchronized (lock) {
            Entry entry = new Entry(now.plus(wait), scheduled++, isDeadline, task);
            waiting += isDeadline ? 0 : 1;
            queue.add(entry);
            return () -> cancel(entry);
        }
    }

    /** A cancelled one stays in the queue until many have: to look for it would cost more than to leave it. */
    private void cancel(Entry entry) {
        synchronized (lock) {
            if (entry.over) {
                return;
            }
            end(entry);
            cancelled++;
            if (cancelled > queue.size() / 2) {
                queue.removeIf(each -> each.over);
                cancelled = 0;
            }
        }
    }

    private void dropCancelled() {
        while (!queue.isEmpty() && queue.peek().over) {
            queue.remove();
        }
    }

    private void end(Entry entry) {
        entry.over = true;
        waiting -= entry.isDeadline ? 0 : 1;
    }

    private static final class Entry {
        private final Instant due;
        private final long number;
        private final boolean isDeadline;
        private final Runnable task;
        private boolean over;

        Entry(Instant due, long number, boolean isDeadline, Runnable task) {
            this.due = due;
            this.number = number;
            this.isDeadline = isDeadline;
            this.task = task;
        }
    }
}
