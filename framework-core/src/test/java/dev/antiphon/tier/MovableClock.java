package dev.antiphon.tier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when a test says so; its wall clock can jump besides. */
final class MovableClock implements InstantSource {
    private Instant wall = Instant.parse("2026-11-30T09:00:00Z");
    private long nanos = 5;

    void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    void jump(Duration by) {
        wall = wall.plus(by);
    }

    @Override
    public Instant instant() {
        return wall;
    }

    long nanos() {
        return nanos;
    }
}
