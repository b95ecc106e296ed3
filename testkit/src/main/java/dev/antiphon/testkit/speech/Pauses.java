package dev.antiphon.testkit.speech;

import java.util.Arrays;

/** Shortens the pauses inside an utterance; silence before and after it is left as it is. */
final class Pauses {
    private static final int FRAME = 24_000 / 100;
    /** Audio with less mean power than this is quiet: -37 dBFS, a little above where voice activity begins. */
    private static final double QUIET = Math.pow(10, -3.7);
    /** 120 ms, so that frames of a detector that lie across the edges of a pause do not add up to 200 ms. */
    private static final int LONGEST_FRAMES = 12;

    private Pauses() {}

    /** The samples at 24 kHz without the middle of each pause that is longer than 120 ms. */
    static float[] shortened(float[] samples) {
        float[] kept = new float[samples.length];
        int size = 0;
        int frames = samples.length / FRAME;
        int frame = 0;
        while (frame < frames) {
            int next = frame;
            while (next < frames && quiet(samples, next) == quiet(samples, frame)) {
                next++;
            }
            boolean pause = quiet(samples, frame) && frame > 0 && next < frames;
            int cut = pause ? Math.max(0, next - frame - LONGEST_FRAMES) : 0;
            int before = (next - frame - cut) / 2;
            size = copy(samples, frame, frame + before, kept, size);
            size = copy(samples, frame + before + cut, next, kept, size);
            frame = next;
        }
        int rest = samples.length - frames * FRAME;
        System.arraycopy(samples, frames * FRAME, kept, size, rest);
        return Arrays.copyOf(kept, size + rest);
    }

    private static int copy(float[] from, int first, int end, float[] to, int at) {
        System.arraycopy(from, first * FRAME, to, at, (end - first) * FRAME);
        return at + (end - first) * FRAME;
    }

    private static boolean quiet(float[] samples, int frame) {
        double power = 0;
        for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
            power += samples[i] * samples[i] / FRAME;
        }
        return power < QUIET;
    }
}
