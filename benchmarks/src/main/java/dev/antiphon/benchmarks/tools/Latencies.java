package dev.antiphon.benchmarks.tools;

import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;

/** Times of calls. Thread-safe. */
final class Latencies {
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    private final ConcurrentHistogram nanos = new ConcurrentHistogram(LONGEST, 3);

    void record(long value) {
        nanos.recordValue(Math.min(value, LONGEST - 1));
    }

    void reset() {
        nanos.reset();
    }

    /** What was recorded since the last reset. */
    ToolsReport.Row row(long failed) {
        return new ToolsReport.Row(
                nanos.getTotalCount(),
                failed,
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                nanos.getMaxValue() / 1e3);
    }
}
