package dev.antiphon.server.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How calls are stored.
 *
 * @param address where
 * @param unitOf makes of a caller's id the hash by which the store knows the caller, in hexadecimal; the same as that of experiments,
 *     see {@link UnitKey}
 * @param simulated whether no real model answers these calls, so that nobody takes their figures for real ones; default no
 * @param keep how long ended calls are kept; empty, the default: for ever
 * @param queue how many changes may wait while the database is slow or away, 1 or more; default 10,000. Then calls go on, and new changes are
 *     lost and counted
 * @param batch how many changes go into one transaction at most, 1 or more; default 500
 * @param firstPause until a database that is away is tried again; doubles with each attempt; default 200 ms
 * @param longestPause the longest such pause; default 30 s
 */
public record StoreSettings(
        StoreAddress address,
        UnaryOperator<String> unitOf,
        boolean simulated,
        Optional<Duration> keep,
        int queue,
        int batch,
        Duration firstPause,
        Duration longestPause) {
    public StoreSettings {
        if (queue < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "queue and batch of a store must be 1 or more, but were " + queue + " and " + batch);
        }
        if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "the pauses of a store must be positive and the longest not shorter than the" + " first, but were "
                            + firstPause + " and " + longestPause);
        }
        if (keep.filter(time -> time.compareTo(Duration.ofDays(1)) < 0).isPresent()) {
            throw new IllegalArgumentException(
                    "calls must be kept for 1 day or longer, but the store was given " + keep.orElseThrow());
        }
    }

    /** The defaults for a place. */
    public static StoreSettings defaults(StoreAddress address, UnaryOperator<String> unitOf) {
        return new StoreSettings(
                address, unitOf, false, Optional.empty(), 10_000, 500, Duration.ofMillis(200), Duration.ofSeconds(30));
    }

    /** A copy whose calls are stored as simulated. */
    public StoreSettings simulated(boolean other) {
        return new StoreSettings(address, unitOf, other, keep, queue, batch, firstPause, longestPause);
    }

    /** A copy that deletes calls which began longer ago. */
    public StoreSettings keeping(Duration time) {
        return new StoreSettings(address, unitOf, simulated, Optional.of(time), queue, batch, firstPause, longestPause);
    }

    /** A copy with other bounds. */
    public StoreSettings withBounds(int otherQueue, int otherBatch) {
        return new StoreSettings(address, unitOf, simulated, keep, otherQueue, otherBatch, firstPause, longestPause);
    }

    /** A copy with other pauses. */
    public StoreSettings withPauses(Duration first, Duration longest) {
        return new StoreSettings(address, unitOf, simulated, keep, queue, batch, first, longest);
    }
}
