package dev.antiphon.audio;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;

/** Writes samples as one payload; what is louder than 16 bits can say is clipped. Not thread-safe. */
final class SampleWriter {
    private final AudioFormat format;
    private byte[] bytes = {};
    private int at;

    SampleWriter(AudioFormat format) {
        this.format = format;
    }

    /** Begins a payload of exactly so many samples. */
    void begin(int samples) {
        bytes = new byte[samples * format.bytesPerSample()];
        at = 0;
    }

    void write(float[] samples, int count) {
        switch (format) {
            case PCM16_24KHZ -> pcm(samples, count);
            case G711_ULAW -> g711(G711.ULAW, samples, count);
            case G711_ALAW -> g711(G711.ALAW, samples, count);
        }
    }

    AudioPayload end() {
        return bytes.length == 0 ? AudioPayload.EMPTY : AudioPayload.ofBytes(bytes);
    }

    private void pcm(float[] samples, int count) {
        for (int i = 0; i < count; i++) {
            int sample = rounded(samples[i]);
            bytes[at++] = (byte) sample;
            bytes[at++] = (byte) (sample >> 8);
        }
    }

    private void g711(G711 law, float[] samples, int count) {
        for (int i = 0; i < count; i++) {
            bytes[at++] = law.encode(rounded(samples[i]));
        }
    }

    private static int rounded(float sample) {
        return Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
