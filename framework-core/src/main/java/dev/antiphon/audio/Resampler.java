package dev.antiphon.audio;

import java.util.Arrays;

/**
 * Changes the sampling rate of a stream by a fraction {@code up / down}, with a Kaiser-windowed sinc low-pass that keeps
 * nine tenths of the narrower band and damps what would be aliased by about 80 dB. Not thread-safe.
 *
 * <p>Pieces of any size give the same samples as the whole at once. Delay-free: the first output sample stands where the first
 * input sample stood; so the last 32 samples of the slower rate are told only when what follows them has come, or by
 * {@link #rest}. In all, {@code n} samples become {@code n * up / down}, rounded down.
 */
public final class Resampler {
    private static final int ZERO_CROSSINGS = 32;
    private static final double BAND = 0.925;

    /** Sums that do not wait for each other. */
    private static final int LANES = 4;

    private final int up;
    private final int down;
    private final int half;
    private final int taps;
    private final float[][] phases;

    /** The latest inputs; the first {@code taps - 1} of them may belong to outputs told earlier. */
    private float[] inputs;

    private int held;
    private long firstHeld;
    private long received;
    private long told;

    /** @param up output samples per {@code down} input samples */
    public Resampler(int up, int down) {
        if (up < 1 || down < 1) {
            throw new IllegalArgumentException("up and down must be at least 1, but were " + up + " and " + down);
        }
        this.up = up;
        this.down = down;
        this.half = ZERO_CROSSINGS * Math.max(up, down);
        this.taps = Math.ceilDiv(2 * half / up + 1, LANES) * LANES;
        this.phases = phases();
        this.inputs = new float[2 * taps];
        begin();
    }

    /** All of a recording at once, whatever came before. */
    public float[] whole(float[] recording) {
        begin();
        float[] output = new float[Math.toIntExact((long) recording.length * up / down)];
        rest(output, take(recording, recording.length, output, 0));
        return output;
    }

    /** How many samples {@link #take} will give for so many more. */
    public int given(int count) {
        long end = Math.max(told, Math.ceilDiv((received + count) * up - half, down));
        return Math.toIntExact(end - told);
    }

    /** How many samples {@link #rest} will give. */
    public int remaining() {
        return Math.toIntExact(received * up / down - told);
    }

    /**
     * Takes the next samples and writes what they make known.
     *
     * @param output has room for {@link #given} samples
     * @return where in the output the next sample belongs
     */
    public int take(float[] samples, int count, float[] output, int at) {
        int end = at + given(count);
        hold(samples, count);
        received += count;
        return tell(output, at, end);
    }

    /**
     * The stream ends here: writes what is still owed, as if silence followed. The next samples begin another stream.
     *
     * @param output has room for {@link #remaining} samples
     * @return where in the output the next sample belongs
     */
    public int rest(float[] output, int at) {
        int end = at + remaining();
        hold(new float[taps], taps);
        tell(output, at, end);
        begin();
        return end;
    }

    private void begin() {
        Arrays.fill(inputs, 0, taps - 1, 0);
        held = taps - 1;
        firstHeld = 1L - taps;
        received = 0;
        told = 0;
    }

    private void hold(float[] samples, int count) {
        int unused = Math.toIntExact(Math.floorDiv(told * down + half, up) - taps + 1 - firstHeld);
        int dropped = Math.clamp(unused, 0, held);
        int kept = held - dropped;
        float[] target = kept + count > inputs.length ? new float[kept + count] : inputs;
        System.arraycopy(inputs, dropped, target, 0, kept);
        System.arraycopy(samples, 0, target, kept, count);
        inputs = target;
        held = kept + count;
        firstHeld += dropped;
    }

    private int tell(float[] output, int from, int to) {
        for (int i = from; i < to; i++) {
            long place = told * down + half;
            long last = Math.floorDiv(place, up);
            output[i] = dot(phases[(int) (place - last * up)], (int) (last - taps + 1 - firstHeld));
            told++;
        }
        return to;
    }

    private float dot(float[] phase, int from) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int k = 0; k < taps; k += LANES) {
            a += phase[k] * inputs[from + k];
            b += phase[k + 1] * inputs[from + k + 1];
            c += phase[k + 2] * inputs[from + k + 2];
            d += phase[k + 3] * inputs[from + k + 3];
        }
        return a + b + c + d;
    }

    /** The filter, as each position between two inputs needs it: the weight of the oldest input first. */
    private float[][] phases() {
        double cutoff = BAND / Math.max(up, down);
        float[][] weights = new float[up][taps];
        for (int phase = 0; phase < up; phase++) {
            for (int k = 0; phase + k * up <= 2 * half; k++) {
                weights[phase][taps - 1 - k] = (float) weight(phase + k * up - half, cutoff);
            }
        }
        return weights;
    }

    private double weight(int place, double cutoff) {
        double x = Math.PI * place * cutoff;
        double sinc = place == 0 ? 1 : Math.sin(x) / x;
        return sinc * cutoff * up * Kaiser.at((double) place / half);
    }
}
