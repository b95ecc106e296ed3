package dev.antiphon.tool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When the last calls of one tool began, so that in any time as long as its rate's there are at most so many. Up to {@value #MOST_KEPT}
 * calls each is kept. Of more, those that begin within a thousandth of the time are kept as one, at the time of the last: never more
 * begin than the rate says, and one that must wait does so for that thousandth longer at most. Not thread-safe; confined to the
 * dispatcher.
 */
final class RecentStarts {
    static final int MOST_KEPT = 1_000;

    private final int most;
    private final long perNanos;
    private final long togetherNanos;
    private final Deque<Group> groups = new ArrayDeque<>();
    private int starts;

    /** Starts that count as long as the last of them. */
    private static final class Group {
        private final long firstNanos;
        private long lastNanos;
        private int starts = 1;

        Group(long nanos) {
            firstNanos = nanos;
            lastNanos = nanos;
        }
    }

    RecentStarts(ToolPolicy.Rate rate) {
        most = rate.calls();
        perNanos = rate.per().toNanos();
        togetherNanos = most > MOST_KEPT ? perNanos / MOST_KEPT : 0;
    }

    /** Notes a start when one more may begin now; else how long until it may, and nothing is noted. */
    Duration tryStart(long nanos) {
        while (!groups.isEmpty() && nanos - groups.getFirst().lastNanos >= perNanos) {
            starts -= groups.removeFirst().starts;
        }
        if (starts < most) {
            note(nanos);
            return Duration.ZERO;
        }
        return Duration.ofNanos(perNanos - (nanos - groups.getFirst().lastNanos));
    }

    private void note(long nanos) {
        starts++;
        if (!groups.isEmpty() && nanos - groups.getLast().firstNanos < togetherNanos) {
            groups.getLast().lastNanos = nanos;
            groups.getLast().starts++;
        } else {
            groups.addLast(new Group(nanos));
        }
    }

    /** How many times it holds. */
    int kept() {
        return groups.size();
    }
}
