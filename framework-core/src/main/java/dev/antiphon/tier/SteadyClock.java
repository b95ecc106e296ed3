package dev.antiphon.tier;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices that the wall clock jumped, by a clock that only counts on. Pure and immutable.
 *
 * @param time at the last reading
 * @param nanos of the clock that only counts on, then
 */
public record SteadyClock(RouterTime time, long nanos) {
    /** What the two clocks may differ by between two readings. */
    public static final Duration TOLERANCE = Duration.ofMinutes(1);

    /**
     * One reading.
     *
     * @param next the clock after it
     * @param jump by how much the wall clock jumped, backwards if negative; empty within {@link #TOLERANCE}
     */
    public record Reading(SteadyClock next, Optional<Duration> jump) {}

    /** Begins with the wall clock's time. */
    public static SteadyClock begin(Instant wall, long nanos) {
        return new SteadyClock(RouterTime.at(wall), nanos);
    }

    /** Reads both clocks. A counting clock that goes back counts as standing still. */
    public Reading read(Instant wall, long nowNanos) {
        Duration passed = Duration.ofNanos(Math.max(0, nowNanos - nanos));
        Duration jump = Duration.between(time.wall(), wall).minus(passed);
        SteadyClock next = new SteadyClock(new RouterTime(time.steady().plus(passed), wall), nowNanos);
        return new Reading(next, jump.abs().compareTo(TOLERANCE) > 0 ? Optional.of(jump) : Optional.empty());
    }
}
