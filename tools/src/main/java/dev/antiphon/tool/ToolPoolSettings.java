package dev.antiphon.tool;

import dev.antiphon.session.CallClock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Bounds of a node's tool pool. Immutable.
 *
 * @param maxEffects side effects under way at once, at least 1; default 256
 * @param maxQueuedEffects side effects that may wait; one more is rejected; default 1,024
 * @param retryAfter pause before a transient failure is tried again, doubled before each further attempt up to 5 s, give or take a
 *     fifth; default 100 ms
 * @param threads where tools and effects run; default a virtual thread for each
 * @param clock by which rates, circuit breakers and caches are kept; default the machine's
 * @param results what effects have done, beyond the process; default none
 */
public record ToolPoolSettings(
        int maxEffects,
        int maxQueuedEffects,
        Duration retryAfter,
        ToolThreads threads,
        CallClock clock,
        ResultStore results) {
    private static final Duration MOST_PAUSE = Duration.ofSeconds(5);

    public ToolPoolSettings {
        if (maxEffects < 1) {
            throw new IllegalArgumentException("maxEffects must be 1 or more, but was " + maxEffects);
        }
        if (maxQueuedEffects < 0) {
            throw new IllegalArgumentException("maxQueuedEffects must be 0 or more, but was " + maxQueuedEffects);
        }
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter must not be negative, but was " + retryAfter);
        }
    }

    /** The pause before the next attempt; runs that fail together come back apart. */
    Duration pauseBefore(Run next) {
        Duration longest = retryAfter.compareTo(MOST_PAUSE) > 0 ? retryAfter : MOST_PAUSE;
        return new GrowingPause(retryAfter, longest).before(next.retried(), next.generation());
    }

    /** The defaults. */
    public static ToolPoolSettings defaults() {
        return new ToolPoolSettings(
                256, 1_024, Duration.ofMillis(100), ToolThreads.virtual(), CallClock.system(), ResultStore.none());
    }

    /** A copy with other bounds for effects. */
    public ToolPoolSettings withEffects(int concurrent, int queued) {
        return changed(draft -> {
            draft.maxEffects = concurrent;
            draft.maxQueuedEffects = queued;
        });
    }

    /** A copy with another pause before retries. */
    public ToolPoolSettings withRetryAfter(Duration pause) {
        return changed(draft -> draft.retryAfter = pause);
    }

    /** A copy that runs tools elsewhere. */
    public ToolPoolSettings withThreads(ToolThreads other) {
        return changed(draft -> draft.threads = other);
    }

    /** A copy with another clock. */
    public ToolPoolSettings withClock(CallClock other) {
        return changed(draft -> draft.clock = other);
    }

    /** A copy whose effects are noted beyond the process. */
    public ToolPoolSettings withResults(ResultStore store) {
        return changed(draft -> draft.results = store);
    }

    private ToolPoolSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The settings while they are changed. */
    private static final class Draft {
        private int maxEffects;
        private int maxQueuedEffects;
        private Duration retryAfter;
        private ToolThreads threads;
        private CallClock clock;
        private ResultStore results;

        private Draft(ToolPoolSettings from) {
            maxEffects = from.maxEffects;
            maxQueuedEffects = from.maxQueuedEffects;
            retryAfter = from.retryAfter;
            threads = from.threads;
            clock = from.clock;
            results = from.results;
        }

        private ToolPoolSettings settings() {
            return new ToolPoolSettings(maxEffects, maxQueuedEffects, retryAfter, threads, clock, results);
        }
    }
}
