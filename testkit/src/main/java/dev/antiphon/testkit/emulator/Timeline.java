package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.time.Instant;

/**
 * The time in which one emulated session lives. Tasks of one timeline never overlap.
 *
 * <p>{@link RealTimeline} follows the clock; {@link VirtualTimeline} moves only when told, so that the same scenario gives
 * the same frames.
 */
public interface Timeline {

    /** The present. */
    Instant now();

    /** Runs {@code task} as soon as the timeline is free. */
    void execute(Runnable task);

    /** Runs {@code task} after {@code delay}; zero or less means as soon as possible. */
    Scheduled schedule(Duration delay, Runnable task);

    /** Like {@link #schedule}, for a limit that should not be waited for: virtual time does not run towards it by itself. */
    Scheduled deadline(Duration delay, Runnable task);

    /** A task to come. */
    interface Scheduled {
        /** Prevents the task unless it has begun. */
        void cancel();
    }
}
