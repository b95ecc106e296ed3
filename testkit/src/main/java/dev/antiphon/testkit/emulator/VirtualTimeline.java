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

    /** Runs until nothing but deadlines is left; the time moves as far as needed. */
    public void runUntilIdle() {
        runWhile(() -> true);
    }

    /** Runs tasks one by one while {@code condition} holds and anything but deadlines is left. */
    public void runWhile(BooleanSupplier condition) {
        while (condition.getAsBoolean() && queue.stream().anyMatch(entry -> !entry.isDeadline)) {
            runNext();
        }
    }

    /** When the next task is due. */
    public Optional<Instant> nextDue() {
        return Optional.ofNullable(queue.peek()).map(entry -> entry.due);
    }

    private void runNext() {
        Entry entry = queue.remove();
        now = entry.due.isAfter(now) ? entry.due : now;
        entry.task.run();
    }

    private Scheduled add(Duration delay, Runnable task, boolean isDeadline) {
        Duration wait = delay.isNegative() ? Duration.ZERO : delay;
        Entry entry = new Entry(now.plus(wait), scheduled++, isDeadline, task);
        queue.add(entry);
        return () -> queue.remove(entry);
    }

    private record Entry(Instant due, long number, boolean isDeadline, Runnable task) {}
}
