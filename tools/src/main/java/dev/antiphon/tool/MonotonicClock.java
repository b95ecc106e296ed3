package dev.antiphon.tool;

import dev.antiphon.session.CallClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that never runs backwards, for a library that measures with one. Not the time of day. */
final class MonotonicClock extends Clock {
    private final CallClock clock;
    private final long start;

    MonotonicClock(CallClock clock) {
        this.clock = clock;
        this.start = clock.nanoTime();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(Duration.ofNanos(clock.nanoTime() - start));
    }
}
