package dev.antiphon.realtime;

import java.time.Duration;

/**
 * The audio formats of the Realtime protocol (protocol section 10). All are mono.
 */
public enum AudioFormat {
    /** Signed 16-bit little-endian PCM at 24 kHz; 48,000 bytes a second. */
    PCM16_24KHZ(24_000, 2),
    /** G.711 mu-law at 8 kHz; 8,000 bytes a second. */
    G711_ULAW(8_000, 1),
    /** G.711 A-law at 8 kHz; 8,000 bytes a second. */
    G711_ALAW(8_000, 1);

    private final int sampleRateHz;
    private final int bytesPerSample;

    AudioFormat(int sampleRateHz, int bytesPerSample) {
        this.sampleRateHz = sampleRateHz;
        this.bytesPerSample = bytesPerSample;
    }

    /** Samples per second. */
    public int sampleRateHz() {
        return sampleRateHz;
    }

    /** Bytes of one sample. */
    public int bytesPerSample() {
        return bytesPerSample;
    }

    /** Bytes of one second of audio. */
    public int bytesPerSecond() {
        return sampleRateHz * bytesPerSample;
    }

    /** How long {@code bytes} bytes of this format play. */
    public Duration durationOf(long bytes) {
        return Duration.ofNanos(Math.multiplyExact(bytes, 1_000_000_000L) / bytesPerSecond());
    }

    /** How many whole samples' bytes last {@code duration}. */
    public int bytesOf(Duration duration) {
        return Math.toIntExact(duration.toNanos() * sampleRateHz / 1_000_000_000L) * bytesPerSample;
    }
}
