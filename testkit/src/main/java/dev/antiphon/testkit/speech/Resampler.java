package dev.antiphon.testkit.speech;

/**
 * Changes a sampling rate by a fraction {@code up / down} with a Kaiser-windowed sinc low-pass (about 80 dB). Delay-free: the
 * first output sample stands where the first input sample stood. Immutable and thread-safe.
 */
final class Resampler {
    private static final int ZERO_CROSSINGS = 16;
    private static final double KAISER_BETA = 8.0;

    private final int up;
    private final int down;
    private final double[] filter;
    private final int half;

    /** @param up output samples per {@code down} input samples */
    Resampler(int up, int down) {
        if (up < 1 || down < 1) {
            throw new IllegalArgumentException("up and down must be at least 1, but were " + up + " and " + down);
        }
        this.up = up;
        this.down = down;
        int slower = Math.max(up, down);
        this.half = ZERO_CROSSINGS * slower;
        this.filter = new double[2 * half + 1];
        double cutoff = 0.95 / slower;
        for (int i = -half; i <= half; i++) {
            double x = i * cutoff;
            double sinc = i == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            filter[i + half] = sinc * cutoff * up * kaiser((double) i / half);
        }
    }

    float[] apply(float[] input) {
        int length = Math.toIntExact((long) input.length * up / down);
        float[] output = new float[length];
        for (int i = 0; i < length; i++) {
            long place = (long) i * down;
            long first = Math.max(0, Math.ceilDiv(place - half, up));
            long last = Math.min(input.length - 1L, Math.floorDiv(place + half, up));
            double sum = 0;
            for (long j = first; j <= last; j++) {
                sum += input[(int) j] * filter[(int) (place - j * up) + half];
            }
            output[i] = (float) sum;
        }
        return output;
    }

    private static double kaiser(double x) {
        return bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - x * x))) / bessel(KAISER_BETA);
    }

    /** The modified Bessel function of order zero, by its power series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x * x / 4 / k / k;
            sum += term;
        }
        return sum;
    }
}
