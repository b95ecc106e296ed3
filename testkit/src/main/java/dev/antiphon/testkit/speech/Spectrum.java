package dev.antiphon.testkit.speech;

/** The power spectrum of one frame: Hann window and a radix-2 FFT. Not thread-safe. */
final class Spectrum {
    private final int size;
    private final double[] window;
    private final double[] cosines;
    private final double[] sines;
    private final double[] real;
    private final double[] imaginary;

    /**
     * @param size a power of two, the length of the transform
     * @param frame samples per frame, at most {@code size}
     */
    Spectrum(int size, int frame) {
        this.size = size;
        window = new double[frame];
        for (int i = 0; i < frame; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (frame - 1));
        }
        cosines = new double[size / 2];
        sines = new double[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / size);
            sines[i] = -Math.sin(2 * Math.PI * i / size);
        }
        real = new double[size];
        imaginary = new double[size];
    }

    /** Fills {@code power} with the power of each bin from 0 to half the size; samples beyond the end count as silence. */
    void power(float[] samples, int from, double[] power) {
        for (int i = 0; i < size; i++) {
            boolean inside = i < window.length && from + i < samples.length;
            int place = Integer.reverse(i) >>> Integer.numberOfLeadingZeros(size) + 1;
            real[place] = inside ? samples[from + i] * window[i] : 0;
            imaginary[place] = 0;
        }
        for (int length = 2; length <= size; length *= 2) {
            butterflies(length);
        }
        for (int i = 0; i < power.length; i++) {
            power[i] = real[i] * real[i] + imaginary[i] * imaginary[i];
        }
    }

    private void butterflies(int length) {
        int half = length / 2;
        int step = size / length;
        for (int block = 0; block < size; block += length) {
            for (int i = 0; i < half; i++) {
                int a = block + i;
                int b = a + half;
                double cosine = cosines[i * step];
                double sine = sines[i * step];
                double re = real[b] * cosine - imaginary[b] * sine;
                double im = real[b] * sine + imaginary[b] * cosine;
                real[b] = real[a] - re;
                imaginary[b] = imaginary[a] - im;
                real[a] += re;
                imaginary[a] += im;
            }
        }
    }
}
