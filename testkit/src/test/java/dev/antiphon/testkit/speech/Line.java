package dev.antiphon.testkit.speech;

import dev.antiphon.audio.Resampler;
import java.util.Random;

/** What a line does to speech on its way: telephone coding, other rates, gain, noise, silence. */
final class Line {
    private Line() {}

    /** To 8 kHz G.711 mu-law and back. */
    static byte[] telephone(byte[] pcm) {
        float[] narrow = new Resampler(1, 3).whole(Pcm.samples(pcm));
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = muLawRoundTrip(narrow[i]);
        }
        return Pcm.bytes(new Resampler(3, 1).whole(narrow));
    }

    /** To 48 kHz and back, by plain linear interpolation and dropping, as a careless client does. */
    static byte[] doubledAndHalved(byte[] pcm) {
        float[] samples = Pcm.samples(pcm);
        float[] doubled = new float[samples.length * 2];
        for (int i = 0; i < samples.length; i++) {
            float next = i + 1 < samples.length ? samples[i + 1] : samples[i];
            doubled[2 * i] = samples[i];
            doubled[2 * i + 1] = (samples[i] + next) / 2;
        }
        float[] halved = new float[samples.length - 1];
        for (int i = 0; i < halved.length; i++) {
            halved[i] = doubled[2 * i + 1];
        }
        return Pcm.bytes(halved);
    }

    static byte[] gain(byte[] pcm, double decibels) {
        float[] samples = Pcm.samples(pcm);
        float factor = (float) Math.pow(10, decibels / 20);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.clamp(samples[i] * factor, -1f, 1f);
        }
        return Pcm.bytes(samples);
    }

    /** @param percent faster, below zero slower */
    static byte[] faster(byte[] pcm, int percent) {
        return Pcm.bytes(new Resampler(100, 100 + percent).whole(Pcm.samples(pcm)));
    }

    static byte[] silenceAround(byte[] pcm, int beforeMillis, int afterMillis) {
        byte[] padded = new byte[beforeMillis * 48 + pcm.length + afterMillis * 48];
        System.arraycopy(pcm, 0, padded, beforeMillis * 48, pcm.length);
        return padded;
    }

    static byte[] noise(byte[] pcm, double amplitude, long seed) {
        float[] samples = Pcm.samples(pcm);
        Random random = new Random(seed);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += (float) (random.nextGaussian() * amplitude);
        }
        return Pcm.bytes(samples);
    }

    private static float muLawRoundTrip(float sample) {
        double companded = Math.signum(sample) * Math.log1p(255 * Math.min(1, Math.abs(sample))) / Math.log(256);
        double coded = Math.rint(companded * 127) / 127;
        return (float) (Math.signum(coded) * (Math.pow(256, Math.abs(coded)) - 1) / 255);
    }
}
