package dev.antiphon.benchmarks.tools;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * A steady rate.
 *
 * @param nanos between two steps
 */
record Pace(long nanos) {
    static Pace of(int perSecond) {
        return new Pace(Duration.ofSeconds(1).toNanos() / perSecond);
    }

    /** Takes steps for so long, each when it is due; how many. */
    long during(Duration time, LongConsumer step) {
        long steps = time.toNanos() / nanos;
        long begun = System.nanoTime();
        for (long i = 0; i < steps; i++) {
            long due = begun + i * nanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            step.accept(i);
        }
        return steps;
    }
}
