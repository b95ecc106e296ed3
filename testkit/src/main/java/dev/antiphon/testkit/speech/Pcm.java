package dev.antiphon.testkit.speech;

/** Signed 16-bit little-endian mono PCM and its samples, -1 to 1. */
final class Pcm {
    private Pcm() {}

    static float[] samples(byte[] pcm) {
        float[] samples = new float[pcm.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (pcm[2 * i] & 0xff | pcm[2 * i + 1] << 8) / 32_768f;
        }
        return samples;
    }

    static byte[] bytes(float[] samples) {
        byte[] pcm = new byte[samples.length * 2];
        for (int i = 0; i < samples.length; i++) {
            int value = Math.clamp(Math.round(samples[i] * 32_768f), Short.MIN_VALUE, Short.MAX_VALUE);
            pcm[2 * i] = (byte) value;
            pcm[2 * i + 1] = (byte) (value >> 8);
        }
        return pcm;
    }
}
