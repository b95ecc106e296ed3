package dev.antiphon.testkit.emulator;

import java.util.Arrays;

/**
 * The audio that was appended and not yet committed, as 24 kHz samples, with its place in the session's audio time. Not
 * thread-safe.
 */
final class InputAudioBuffer {
    private short[] samples = new short[24_000];
    private int size;
    private long appended;

    void append(short[] more) {
        if (size + more.length > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(size + more.length, samples.length * 2));
        }
        System.arraycopy(more, 0, samples, size, more.length);
        size += more.length;
        appended += more.length;
    }

    /** Milliseconds appended since the session began. */
    long appendedMs() {
        return appended / AudioCodec.SAMPLES_PER_MS;
    }

    /** Milliseconds waiting here. */
    double bufferedMs() {
        return (double) size / AudioCodec.SAMPLES_PER_MS;
    }

    /** Where the buffered audio begins, in the session's audio time. */
    long startMs() {
        return (appended - size) / AudioCodec.SAMPLES_PER_MS;
    }

    /** Drops what lies before {@code ms} of the session's audio time. */
    void dropBefore(long ms) {
        long from = ms * AudioCodec.SAMPLES_PER_MS - (appended - size);
        if (from > 0) {
            take((int) Math.min(from, size));
        }
    }

    /** Takes what lies before {@code ms} of the session's audio time. */
    short[] takeUntil(long ms) {
        long count = ms * AudioCodec.SAMPLES_PER_MS - (appended - size);
        return take((int) Math.max(0, Math.min(count, size)));
    }

    short[] takeAll() {
        return take(size);
    }

    private short[] take(int count) {
        short[] taken = Arrays.copyOf(samples, count);
        System.arraycopy(samples, count, samples, 0, size - count);
        size -= count;
        return taken;
    }
}
