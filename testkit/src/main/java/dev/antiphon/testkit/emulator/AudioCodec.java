package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.AudioFormat;

/**
 * Conversion between the wire formats and 24 kHz samples. G.711 after ITU-T G.711; the way down to 8 kHz is low-passed, the
 * way up interpolates linearly and keeps every original sample.
 */
final class AudioCodec {
    /** Samples per millisecond of the internal rate. */
    static final int SAMPLES_PER_MS = 24;

    private static final int RATIO = 3;
    private static final double[] LOW_PASS = lowPass(31, 3_400.0 / 24_000.0);
    private static final int ULAW_BIAS = 0x84;
    private static final int ULAW_CLIP = 32_635;
    private static final int[] ALAW_SEGMENT_ENDS = {0x1F, 0x3F, 0x7F, 0xFF, 0x1FF, 0x3FF, 0x7FF, 0xFFF};

    private AudioCodec() {}

    /** Wire bytes to 24 kHz samples; an odd last byte of PCM is ignored. */
    static short[] decode(AudioFormat format, byte[] bytes, int length) {
        return switch (format) {
            case PCM16_24KHZ -> samples(bytes, length);
            case G711_ULAW -> up(bytes, length, true);
            case G711_ALAW -> up(bytes, length, false);
        };
    }

    /** 24 kHz samples to wire bytes. */
    static byte[] encode(AudioFormat format, short[] samples) {
        return switch (format) {
            case PCM16_24KHZ -> bytes(samples);
            case G711_ULAW -> down(samples, true);
            case G711_ALAW -> down(samples, false);
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

    private static short[] up(byte[] coded, int length, boolean ulaw) {
        short[] samples = new short[length * RATIO];
        for (int i = 0; i < length; i++) {
            int here = ulaw ? fromUlaw(coded[i]) : fromAlaw(coded[i]);
            int next = i + 1 == length ? here : ulaw ? fromUlaw(coded[i + 1]) : fromAlaw(coded[i + 1]);
            for (int k = 0; k < RATIO; k++) {
                samples[RATIO * i + k] = (short) (here + (next - here) * k / RATIO);
            }
        }
        return samples;
    }

    private static byte[] down(short[] samples, boolean ulaw) {
        byte[] coded = new byte[samples.length / RATIO];
        int half = LOW_PASS.length / 2;
        for (int i = 0; i < coded.length; i++) {
            double sum = 0;
            for (int k = -half; k <= half; k++) {
                int at = i * RATIO + k;
                if (at >= 0 && at < samples.length) {
                    sum += samples[at] * LOW_PASS[k + half];
                }
            }
            int value = (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
            coded[i] = ulaw ? toUlaw(value) : toAlaw(value);
        }
        return coded;
    }

    private static double[] lowPass(int taps, double cutoff) {
        double[] filter = new double[taps];
        double sum = 0;
        for (int i = 0; i < taps; i++) {
            double x = i - taps / 2;
            double sinc = x == 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
            filter[i] = sinc * (0.54 - 0.46 * Math.cos(2 * Math.PI * i / (taps - 1)));
            sum += filter[i];
        }
        for (int i = 0; i < taps; i++) {
            filter[i] /= sum;
        }
        return filter;
    }

    static byte toUlaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), ULAW_CLIP) + ULAW_BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }

    static int fromUlaw(byte coded) {
        int bits = ~coded & 0xFF;
        int magnitude = ((((bits & 0x0F) << 3) + ULAW_BIAS) << ((bits & 0x70) >> 4)) - ULAW_BIAS;
        return (bits & 0x80) == 0 ? magnitude : -magnitude;
    }

    static byte toAlaw(int sample) {
        int mask = sample >= 0 ? 0xD5 : 0x55;
        int magnitude = (sample >= 0 ? sample : -sample - 1) >> 3;
        int segment = 0;
        while (segment < ALAW_SEGMENT_ENDS.length && magnitude > ALAW_SEGMENT_ENDS[segment]) {
            segment++;
        }
        if (segment == ALAW_SEGMENT_ENDS.length) {
            return (byte) (0x7F ^ mask);
        }
        int low = (segment < 2 ? magnitude >> 1 : magnitude >> segment) & 0x0F;
        return (byte) (((segment << 4) | low) ^ mask);
    }

    static int fromAlaw(byte coded) {
        int bits = (coded ^ 0x55) & 0xFF;
        int segment = (bits & 0x70) >> 4;
        int magnitude = ((bits & 0x0F) << 4) + (segment == 0 ? 8 : 0x108);
        int value = segment > 1 ? magnitude << (segment - 1) : magnitude;
        return (bits & 0x80) != 0 ? value : -value;
    }
}
