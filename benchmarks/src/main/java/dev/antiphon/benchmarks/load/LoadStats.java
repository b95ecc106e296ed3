package dev.antiphon.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** What a peer counts, and the lines it prints for the bench. Thread-safe. */
final class LoadStats {
    private static final int STAMP_BYTES = 18;
    /** "VBNC", in network order. */
    private static final int STAMP = 0x56424E43;

    private static final int PACED_PHASE = 2;
    private static final long HIGHEST_NANOS = 60_000_000_000L;

    private final int sessions;
    private final LongAdder toolCalls = new LongAdder();
    private final LongAdder audioBytes = new LongAdder();
    private final LongAdder audioEvents = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile boolean paced;
    private final ConcurrentHistogram first = new ConcurrentHistogram(HIGHEST_NANOS, 3);

    LoadStats(int sessions) {
        this.sessions = sessions;
    }

    void toolCalled() {
        toolCalls.increment();
    }

    void error() {
        errors.increment();
    }

    /** Counts a chunk; the first chunk of a paced utterance carries the time at which the server wrote it. */
    void audio(ByteBuffer chunk) {
        audioBytes.add(chunk.remaining());
        audioEvents.increment();
        if (chunk.remaining() < STAMP_BYTES || chunk.getInt(chunk.position()) != STAMP) {
            return;
        }
        ByteBuffer stamp = chunk.slice().order(ByteOrder.LITTLE_ENDIAN);
        boolean inPacedPhase = (stamp.getShort(4) & 0xFFFF) >>> 14 == PACED_PHASE;
        if (inPacedPhase != paced) {
            paced = inPacedPhase;
        }
        if (inPacedPhase && stamp.getInt(6) == 0) {
            first.recordValue(Math.clamp(System.nanoTime() - stamp.getLong(10), 0, HIGHEST_NANOS - 1));
        }
    }

    /** Whether the latest audio was of the paced phase. */
    boolean isPaced() {
        return paced;
    }

    void sessionOpened() {
        int count = opened.incrementAndGet();
        if (count == 1) {
            say("{\"event\":\"first\",\"ns\":\"" + System.nanoTime() + "\"}");
        }
        if (count == sessions) {
            say("{\"event\":\"ready\",\"sessions\":" + sessions + "}");
        }
    }

    /** True when this was the last one. */
    boolean sessionClosed() {
        return closed.incrementAndGet() >= sessions;
    }

    /** Prints the closing line, once. */
    void finish() {
        if (finished.compareAndSet(false, true)) {
            say(String.format(
                    Locale.ROOT,
                    "{\"event\":\"done\",\"peer\":\"antiphon\",\"sessions\":%d,\"tool_calls\":%d,\"audio_bytes\":%d,"
                            + "\"audio_events\":%d,\"errors\":%d,\"opened\":%d,\"closed\":%d,\"audio_first_us\":%s}",
                    sessions,
                    toolCalls.sum(),
                    audioBytes.sum(),
                    audioEvents.sum(),
                    errors.sum(),
                    opened.get(),
                    closed.get(),
                    quantiles(first)));
        }
    }

    private static String quantiles(ConcurrentHistogram times) {
        return times.getTotalCount() == 0
                ? "{\"n\":0}"
                : String.format(
                        Locale.ROOT,
                        "{\"n\":%d,\"p50\":%.1f,\"p99\":%.1f,\"max\":%.1f}",
                        times.getTotalCount(),
                        times.getValueAtPercentile(50) / 1e3,
                        times.getValueAtPercentile(99) / 1e3,
                        times.getMaxValue() / 1e3);
    }

    static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
