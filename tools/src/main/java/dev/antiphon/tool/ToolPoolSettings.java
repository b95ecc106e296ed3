package dev.antiphon.tool;

import java.time.Duration;

/**
 * Bounds of a node's tool pool. Immutable.
 *
 * @param maxEffects side effects under way at once, at least 1; default 256
 * @param maxQueuedEffects side effects that may wait; one more is rejected; default 1,024
 * @param retryAfter pause before a transient failure is tried again; default 100 ms
 * @param threads where tools and effects run; default a virtual thread for each
 */
public record ToolPoolSettings(int maxEffects, int maxQueuedEffects, Duration retryAfter, ToolThreads threads) {
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

    /** The defaults. */
    public static ToolPoolSettings defaults() {
        return new ToolPoolSettings(256, 1_024, Duration.ofMillis(100), ToolThreads.virtual());
    }

    /** A copy with other bounds for effects. */
    public ToolPoolSettings withEffects(int concurrent, int queued) {
        return new ToolPoolSettings(concurrent, queued, retryAfter, threads);
    }

    /** A copy with another pause before retries. */
    public ToolPoolSettings withRetryAfter(Duration pause) {
        return new ToolPoolSettings(maxEffects, maxQueuedEffects, pause, threads);
    }

    /** A copy that runs tools elsewhere. */
    public ToolPoolSettings withThreads(ToolThreads other) {
        return new ToolPoolSettings(maxEffects, maxQueuedEffects, retryAfter, other);
    }
}
