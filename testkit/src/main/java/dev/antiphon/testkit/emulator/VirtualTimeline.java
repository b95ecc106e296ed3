package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Time that moves only when told. Tasks run in the caller's thread, in order of their time, then of their scheduling.
 *
 * <p>Not thread-safe: use it from one thread.
 */
public final class VirtualTimeline implements Timeline {
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(Comparator.comparing((Entry e) -> e.due).thenComparingLong(e -> e.number));
    private Instant now;
    private long scheduled;
    /** How many tasks wait that are not deadlines. */
    private int waiting;
    /** About how many cancelled tasks the queue still holds. */
    private int cancelled;

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
        while (!queue.isEmpty() && !queue.peek().due.isAfter(until)) {
            runNext();
        }
        now = until;
    }

    private void dropCancelled() {
        while (!queue.isEmpty() && queue.peek().over) {
            queue.remove();
        }
    }

    /** Runs until nothing but deadlines is left; the time moves as far as needed. */
    public void runUntilIdle() {
        runWhile(() -> true);
    }

    /** Runs tasks one by one while {@code condition} holds and anything but deadlines is left. */
    public void runWhile(BooleanSupplier condition) {
        while (waiting > 0 && condition.getAsBoolean()) {
            runNext();
        }
    }

    /** When the next task is due. */
    public Optional<Instant> nextDue() {
        dropCancelled();
        return Optional.ofNullable(queue.peek()).map(entry -> entry.due);
    }

    private void runNext() {
        Entry entry = queue.remove();
        if (entry.over) {
            return;
        }
        entry.end();
        now = entry.due.isAfter(now) ? entry.due : now;
        entry.task.run();
    }

    private Scheduled add(Duration delay, Runnable task, boolean isDeadline) {
        Duration wait = delay.isNegative() ? Duration.ZERO : delay;
        Entry entry = new Entry(now.plus(wait), scheduled++, isDeadline, task);
        queue.add(entry);
        return entry::cancel;
    }

    /** A cancelled one stays in the queue until many have: to look for it would cost more than to leave it. */
    private final class Entry {
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
            waiting += isDeadline ? 0 : 1;
        }

        void end() {
            over = true;
            waiting -= isDeadline ? 0 : 1;
        }

        void cancel() {
            if (over) {
                return;
            }
            end();
            cancelled++;
            if (cancelled > queue.size() / 2) {
                queue.removeIf(entry -> entry.over);
                cancelled = 0;
            }
        }
    }
}
