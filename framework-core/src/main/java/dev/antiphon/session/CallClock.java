package dev.antiphon.session;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time in which a call lives: the wall clock for what people read, a monotonic one for what is measured. Thread-safe.
 */
public interface CallClock extends InstantSource {

    /** Nanoseconds since some fixed moment; never runs backwards. */
    long nanoTime();

    /** The machine's clocks; the default. */
    static CallClock system() {
        return new CallClock() {
            @Override
            public Instant instant() {
                return Instant.now();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }
}
