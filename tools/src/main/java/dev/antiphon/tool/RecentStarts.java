package dev.antiphon.tool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When the last calls of one tool began, so that in any time as long as its rate's there are at most so many. Keeps that many times at most.
 * Not thread-safe; confined to the dispatcher.
 */
final class RecentStarts {
    private final int most;
    private final long perNanos;
    private final Deque<Long> starts = new ArrayDeque<>();

    RecentStarts(ToolPolicy.Rate rate) {
        most = rate.calls();
        perNanos = rate.per().toNanos();
    }

    /** Notes a start when one more may begin now; else how long until it may, and nothing is noted. */
    Duration tryStart(long nanos) {
        while (!starts.isEmpty() && nanos - starts.getFirst() >= perNanos) {
            starts.removeFirst();
        }
        if (starts.size() < most) {
            starts.addLast(nanos);
            return Duration.ZERO;
        }
        return Duration.ofNanos(perNanos - (nanos - starts.getFirst()));
    }
}
