package dev.antiphon.tier;

import java.time.Instant;

/**
 * The router's time.
 *
 * @param steady goes on as a stopwatch does, whatever becomes of the wall clock: for timeouts
 * @param wall what the wall clock says: for days and for people
 */
public record RouterTime(Instant steady, Instant wall) {

    /** Both the same. */
    public static RouterTime at(Instant instant) {
        return new RouterTime(instant, instant);
    }
}
