package dev.antiphon.tool;

import java.time.Duration;

/**
 * How one tool runs. Immutable.
 *
 * @param timeout from the request to the outcome, waiting in the queue included; default 10 s
 * @param maxConcurrent how many calls of this tool run at once on this node, at least 1; default 16
 * @param maxQueued how many more may wait, 0 or more; a call beyond is rejected; default 64
 * @param maxResultChars longer results are cut, with a marker, at least 100; default 8,000 characters of JSON
 */
public record ToolPolicy(Duration timeout, int maxConcurrent, int maxQueued, int maxResultChars) {
    private static final ToolPolicy DEFAULTS = new ToolPolicy(Duration.ofSeconds(10), 16, 64, 8_000);

    public ToolPolicy {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("tool timeout must be positive, but was " + timeout);
        }
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("maxConcurrent must be 1 or more, but was " + maxConcurrent);
        }
        if (maxQueued < 0) {
            throw new IllegalArgumentException("maxQueued must be 0 or more, but was " + maxQueued);
        }
        if (maxResultChars < 100) {
            throw new IllegalArgumentException("maxResultChars must be 100 or more, but was " + maxResultChars);
        }
    }

    /** The defaults. */
    public static ToolPolicy defaults() {
        return DEFAULTS;
    }

    /** A copy with another timeout. */
    public ToolPolicy withTimeout(Duration other) {
        return new ToolPolicy(other, maxConcurrent, maxQueued, maxResultChars);
    }

    /** A copy with another bulkhead. */
    public ToolPolicy withBulkhead(int concurrent, int queued) {
        return new ToolPolicy(timeout, concurrent, queued, maxResultChars);
    }

    /** A copy with another bound of the result. */
    public ToolPolicy withMaxResultChars(int chars) {
        return new ToolPolicy(timeout, maxConcurrent, maxQueued, chars);
    }
}
