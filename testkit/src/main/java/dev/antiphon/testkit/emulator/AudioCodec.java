package dev.antiphon.testkit.emulator;

import dev.antiphon.audio.G711;
import dev.antiphon.audio.Resampler;
import dev.antiphon.realtime.AudioFormat;

/** Conversion between the wire formats and 24 kHz samples, of a whole piece at once. */
final class AudioCodec {
    /** Samples per millisecond of the internal rate. */
    static final int SAMPLES_PER_MS = 24;

    private static final int RATIO = 3;

    private AudioCodec() {}

    /** Wire bytes to 24 kHz samples; an odd last byte of PCM is ignored. */
    static short[] decode(AudioFormat format, byte[] bytes, int length) {
        return switch (format) {
            case PCM16_24KHZ -> samples(bytes, length);
            case G711_ULAW -> up(bytes, length, G711.ULAW);
            case G711_ALAW -> up(bytes, length, G711.ALAW);
        };
    }

    /** 24 kHz samples to wire bytes. */
    static byte[] encode(AudioFormat format, short[] samples) {
        return switch (format) {
            case PCM16_24KHZ -> bytes(samples);
            case G711_ULAW -> down(samples, G711.ULAW);
            case G711_ALAW -> down(samples, G711.ALAW);
        };
    }

    static short[] samples(byte[] littleEndian, int length) {
        short[] samples = new short[length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((littleEndian[2 * i] & 0xFF) | (littleEndian[2 * i + 1] << 8));
        }
        return samples;
    }

    static byte[] bytes(short[] samples) {
        byte[] bytes = new byte[samples.length * 2];
        for (int i = 0; i < samples.length; i++) {
            bytes[2 * i] = (byte) samples[i];
            bytes[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return bytes;
    }

    private static short[] up(byte[] coded, int length, G711 law) {
        float[] narrow = new float[length];
        for (int i = 0; i < length; i++) {
            narrow[i] = law.decode(coded[i]);
        }
        float[] wide = new Resampler(RATIO, 1).whole(narrow);
        short[] samples = new short[wide.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) rounded(wide[i]);
        }
        return samples;
    }

    private static byte[] down(short[] samples, G711 law) {
        float[] wide = new float[samples.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = samples[i];
        }
        float[] narrow = new Resampler(1, RATIO).whole(wide);
        byte[] coded = new byte[narrow.length];
        for (int i = 0; i < coded.length; i++) {
            coded[i] = law.encode(rounded(narrow[i]));
        }
        return coded;
    }

    private static int rounded(float sample) {
        return Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
