package dev.antiphon.audio;

/** A sine, and how much of it is in some samples. */
record Tone(double hz, double amplitude) {

    float[] samples(int rateHz, int count) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / rateHz));
        }
        return samples;
    }

    /** The ratio of this tone, in phase, to everything else, in decibels. */
    double signalToNoise(float[] samples, int rateHz) {
        float[] wanted = samples(rateHz, samples.length);
        int edge = rateHz / 50;
        double signal = 0;
        double noise = 0;
        for (int i = edge; i < samples.length - edge; i++) {
            signal += wanted[i] * wanted[i];
            noise += Math.pow(samples[i] - wanted[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }

    /** The level of the samples against this tone, in decibels. */
    double gain(float[] samples, int rateHz) {
        int edge = rateHz / 50;
        double sum = 0;
        for (int i = edge; i < samples.length - edge; i++) {
            sum += samples[i] * samples[i];
        }
        double power = sum / (samples.length - 2 * edge);
        return 10 * Math.log10(Math.max(power, 1e-12) / (amplitude * amplitude / 2));
    }
}
