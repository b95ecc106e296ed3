package dev.antiphon.testkit.emulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds speech by the energy of the samples. Not thread-safe.
 *
 * <p>Works on frames of 20 ms. A frame's level is its root mean square in dB below full scale, mapped so that -60 dB is 0,
 * -40 dB is 0.5 and -20 dB is 1; a frame at or above the threshold counts as speech. Speech begins with three such frames in a row,
 * so that clicks do not, and ends after the configured silence. Times are milliseconds of audio since the session began.
 */
final class VoiceActivity {
    static final int FRAME_MS = 20;
    private static final int FRAME_SAMPLES = FRAME_MS * AudioCodec.SAMPLES_PER_MS;
    private static final int FRAMES_TO_BEGIN = 3;
    private static final double FLOOR_DB = -60;
    private static final double RANGE_DB = 40;

    private final short[] frame = new short[FRAME_SAMPLES];
    private int filled;
    private long frames;
    private int speechFrames;
    private long lastSpeechEndMs;
    private boolean speaking;

    /** A change that was heard. */
    sealed interface Change {
        /** Speech began at {@code atMs}, padding not counted. */
        record Began(long atMs) implements Change {}

        /** It has been quiet for long enough at {@code atMs}. */
        record Ended(long atMs) implements Change {}
    }

    boolean speaking() {
        return speaking;
    }

    /** Forgets the speech that is going on; the clock of samples goes on. */
    void reset() {
        speaking = false;
        speechFrames = 0;
    }

    /** Takes samples in and tells what changed, in order. */
    List<Change> hear(short[] samples, double threshold, long silenceMs) {
        List<Change> changes = new ArrayList<>();
        int at = 0;
        while (at < samples.length) {
            int take = Math.min(FRAME_SAMPLES - filled, samples.length - at);
            System.arraycopy(samples, at, frame, filled, take);
            filled += take;
            at += take;
            if (filled == FRAME_SAMPLES) {
                filled = 0;
                judgeFrame(threshold, silenceMs, changes);
            }
        }
        return changes;
    }

    private void judgeFrame(double threshold, long silenceMs, List<Change> changes) {
        frames++;
        long endMs = frames * FRAME_MS;
        boolean speech = level(frame) >= threshold;
        if (speech) {
            speechFrames++;
            lastSpeechEndMs = endMs;
        } else {
            speechFrames = 0;
        }
        if (!speaking && speechFrames >= FRAMES_TO_BEGIN) {
            speaking = true;
            changes.add(new Change.Began(endMs - (long) FRAMES_TO_BEGIN * FRAME_MS));
        } else if (speaking && !speech && endMs - lastSpeechEndMs >= silenceMs) {
            speaking = false;
            changes.add(new Change.Ended(endMs));
        }
    }

    /** Whether no frame of the samples reaches the threshold; a last frame that is not full does not count. */
    static boolean silent(short[] samples, double threshold) {
        for (int at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
            if (level(Arrays.copyOfRange(samples, at, at + FRAME_SAMPLES)) >= threshold) {
                return false;
            }
        }
        return true;
    }

    /** Level from 0 to 1 of one frame. */
    static double level(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        double rms = Math.sqrt(sum / samples.length) / 32_768;
        if (rms == 0) {
            return -1;
        }
        return Math.min(1, (20 * Math.log10(rms) - FLOOR_DB) / RANGE_DB);
    }
}
