package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens-per-minute budget that {@code rate_limits.updated} reports: a bucket that refills evenly within a minute. Each session has
 * one of its own, as large as a large account's.
 */
final class RateLimits {
    private static final double LIMIT = 4_000_000;
    private static final double PER_SECOND = LIMIT / 60;

    private double used;
    private Instant at = Instant.EPOCH;

    void spend(long tokens, Instant now) {
        settle(now);
        used += tokens;
    }

    void write(ObjectNode event, Instant now) {
        settle(now);
        event.putArray("rate_limits")
                .addObject()
                .put("name", "tokens")
                .put("limit", (long) LIMIT)
                .put("remaining", Math.round(Math.max(0, LIMIT - used)))
                .put("reset_seconds", Math.round(used / PER_SECOND * 1000) / 1000.0);
    }

    private void settle(Instant now) {
        double seconds = Duration.between(at, now).toNanos() / 1e9;
        used = Math.max(0, used - seconds * PER_SECOND);
        at = now;
    }
}
