package dev.antiphon.benchmarks.jmh;

import dev.antiphon.benchmarks.jmh.JmhResults.Measured;
import java.util.Locale;
import java.util.Optional;

/**
 * One benchmark before and after a change.
 *
 * @param before empty when there was none
 * @param after empty when there is none any more
 * @param tolerance how much longer an operation may take without being called slower, as a share of its time
 */
record ComparedBenchmark(String name, Optional<Measured> before, Optional<Measured> after, double tolerance) {
    /** Welch's test must say so as surely before a difference is one. */
    private static final double CONFIDENCE = 0.99;
    /** What an operation allocates is nearly the same in each run. */
    private static final double ALLOCATED_TOLERANCE = 0.02;

    private static final double ALLOCATED_BYTES = 16;

    enum Verdict {
        SLOWER,
        ALLOCATES_MORE,
        FASTER,
        ALLOCATES_LESS,
        SAME,
        NEW,
        GONE;

        boolean isLoss() {
            return this == SLOWER || this == ALLOCATES_MORE;
        }

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    Verdict verdict() {
        if (before.isEmpty()) {
            return Verdict.NEW;
        }
        if (after.isEmpty()) {
            return Verdict.GONE;
        }
        double time = timeRatio().orElseThrow();
        boolean differs = before.get().time().isDifferent(after.get().time(), CONFIDENCE);
        if (differs && time > 1 + tolerance) {
            return Verdict.SLOWER;
        }
        if (moreBytes(before.get(), after.get())) {
            return Verdict.ALLOCATES_MORE;
        }
        if (differs && time < 1 / (1 + tolerance)) {
            return Verdict.FASTER;
        }
        return moreBytes(after.get(), before.get()) ? Verdict.ALLOCATES_LESS : Verdict.SAME;
    }

    /** Time after the change, as a share of the time before it. */
    Optional<Double> timeRatio() {
        return before.flatMap(b -> after.map(a -> a.time().getMean() / b.time().getMean()));
    }

    private static boolean moreBytes(Measured than, Measured now) {
        return than.meanAllocated()
                .flatMap(fewer -> now.meanAllocated()
                        .map(more -> more > fewer * (1 + ALLOCATED_TOLERANCE) && more > fewer + ALLOCATED_BYTES))
                .orElse(false);
    }
}
