package dev.antiphon.testkit.speech;

import java.util.Arrays;
import java.util.Optional;

/**
 * What remains of an utterance when level, channel and surrounding silence are taken away: log energies of telephone-band mel
 * filters, one frame every 10 ms, each frame and each band freed of its mean. Immutable and thread-safe.
 */
final class VoicePrint {
    private static final int RATE_HZ = 24_000;
    private static final int HOP = RATE_HZ / 100;
    private static final int FRAME = RATE_HZ / 40;
    private static final int FFT = 1024;
    private static final int BANDS = 16;
    private static final double LOWEST_HZ = 250;
    private static final double HIGHEST_HZ = 3_400;
    /** Frames that are quieter than the loudest by more than this are silence, as power: 33 dB. */
    private static final double SILENCE_BELOW_PEAK = Math.pow(10, -3.3);
    /** Audio whose loudest frame has less mean power than this is silence: -60 dBFS. */
    private static final double FAINTEST = 1e-6;
    /** Energies below the loudest by more than this count as this, in nepers of power: 40 dB. */
    private static final double DYNAMIC_RANGE = 4 * Math.log(10);
    /** How much the loudness curve weighs against the spectral shape. */
    private static final double LOUDNESS_WEIGHT = 0.5;
    /** The allowed drift of the alignment, as a share of the length. */
    private static final double DRIFT = 0.08;
    /** How long the stretch is that is looked at for a different word. */
    private static final int STRETCH = 25;

    private static final int[] EDGES = edges();

    private final float[][] frames;

    private VoicePrint(float[][] frames) {
        this.frames = frames;
    }

    /** Empty when the audio is silence. */
    static Optional<VoicePrint> of(byte[] pcm24kHz) {
        float[] samples = trimmed(Pcm.samples(pcm24kHz));
        if (samples.length < FRAME) {
            return Optional.empty();
        }
        int count = (samples.length - FRAME) / HOP + 1;
        Spectrum spectrum = new Spectrum(FFT, FRAME);
        double[] power = new double[FFT / 2];
        double[][] logs = new double[count][BANDS];
        double loudest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            spectrum.power(samples, i * HOP, power);
            for (int band = 0; band < BANDS; band++) {
                double sum = 1e-12;
                for (int bin = EDGES[band]; bin < EDGES[band + 2]; bin++) {
                    sum += power[bin];
                }
                logs[i][band] = Math.log(sum);
                loudest = Math.max(loudest, logs[i][band]);
            }
        }
        return Optional.of(new VoicePrint(normalised(logs, loudest - DYNAMIC_RANGE)));
    }

    int length() {
        return frames.length;
    }

    /** The audio between the first and the last frame that is not silence. */
    static float[] trimmed(float[] samples) {
        int count = samples.length / HOP;
        double[] power = new double[count];
        double peak = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i * HOP; j < (i + 1) * HOP; j++) {
                power[i] += samples[j] * samples[j] / HOP;
            }
            peak = Math.max(peak, power[i]);
        }
        if (peak < FAINTEST) {
            return new float[0];
        }
        int first = 0;
        int last = count - 1;
        while (power[first] < peak * SILENCE_BELOW_PEAK) {
            first++;
        }
        while (power[last] < peak * SILENCE_BELOW_PEAK) {
            last--;
        }
        return Arrays.copyOfRange(samples, first * HOP, (last + 1) * HOP);
    }

    /**
     * How alike two utterances are after alignment in time.
     *
     * @return the mean correlation and that of the least alike stretch of a quarter second; 1 is the same
     */
    Likeness likenessTo(VoicePrint other) {
        int[] path = align(other);
        double[] product = new double[frames.length];
        double[] own = new double[frames.length];
        double[] others = new double[frames.length];
        for (int i = 0; i < frames.length; i++) {
            float[] a = frames[i];
            float[] b = other.frames[path[i]];
            for (int k = 0; k < a.length; k++) {
                product[i] += a[k] * b[k];
                own[i] += a[k] * a[k];
                others[i] += b[k] * b[k];
            }
        }
        double worst = 1;
        int stretch = Math.min(STRETCH, frames.length);
        for (int i = 0; i + stretch <= frames.length; i += 2) {
            worst = Math.min(worst, correlation(product, own, others, i, i + stretch));
        }
        return new Likeness(correlation(product, own, others, 0, frames.length), worst);
    }

    /** How alike two utterances are: over all, and in the least alike stretch. */
    record Likeness(double overall, double worstStretch) {}

    private static double correlation(double[] product, double[] own, double[] others, int from, int to) {
        double ab = 0;
        double aa = 1e-9;
        double bb = 1e-9;
        for (int i = from; i < to; i++) {
            ab += product[i];
            aa += own[i];
            bb += others[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** For each own frame the frame of the other utterance, by dynamic time warping within a narrow band. */
    private int[] align(VoicePrint other) {
        int n = frames.length;
        int m = other.frames.length;
        int band = Math.max(8, (int) (Math.max(n, m) * DRIFT));
        float[][] cost = new float[n][m];
        for (int i = 0; i < n; i++) {
            Arrays.fill(cost[i], Float.POSITIVE_INFINITY);
            int centre = (int) ((long) i * (m - 1) / Math.max(1, n - 1));
            for (int j = Math.max(0, centre - band); j <= Math.min(m - 1, centre + band); j++) {
                float before = i == 0 && j == 0
                        ? 0
                        : Math.min(
                                i > 0 && j > 0 ? cost[i - 1][j - 1] : Float.POSITIVE_INFINITY,
                                Math.min(
                                        i > 0 ? cost[i - 1][j] : Float.POSITIVE_INFINITY,
                                        j > 0 ? cost[i][j - 1] : Float.POSITIVE_INFINITY));
                cost[i][j] = before + distance(frames[i], other.frames[j]);
            }
        }
        return walkBack(cost, n, m);
    }

    private static int[] walkBack(float[][] cost, int n, int m) {
        int[] path = new int[n];
        int i = n - 1;
        int j = m - 1;
        path[i] = j;
        while (i > 0 || j > 0) {
            float diagonal = i > 0 && j > 0 ? cost[i - 1][j - 1] : Float.POSITIVE_INFINITY;
            float up = i > 0 ? cost[i - 1][j] : Float.POSITIVE_INFINITY;
            float left = j > 0 ? cost[i][j - 1] : Float.POSITIVE_INFINITY;
            if (diagonal <= up && diagonal <= left) {
                i--;
                j--;
            } else if (up <= left) {
                i--;
            } else {
                j--;
            }
            path[i] = j;
        }
        return path;
    }

    private static float distance(float[] a, float[] b) {
        float sum = 0;
        for (int k = 0; k < a.length; k++) {
            float difference = a[k] - b[k];
            sum += difference * difference;
        }
        return sum;
    }

    private static float[][] normalised(double[][] logs, double floor) {
        int count = logs.length;
        double[] bandMeans = new double[BANDS];
        for (double[] frame : logs) {
            for (int band = 0; band < BANDS; band++) {
                frame[band] = Math.max(frame[band], floor);
                bandMeans[band] += frame[band] / count;
            }
        }
        float[][] frames = new float[count][BANDS + 1];
        for (int i = 0; i < count; i++) {
            double mean = 0;
            for (int band = 0; band < BANDS; band++) {
                logs[i][band] -= bandMeans[band];
                mean += logs[i][band] / BANDS;
            }
            for (int band = 0; band < BANDS; band++) {
                frames[i][band] = (float) (logs[i][band] - mean * (1 - LOUDNESS_WEIGHT));
            }
            frames[i][BANDS] = (float) (mean * LOUDNESS_WEIGHT);
        }
        return frames;
    }

    private static int[] edges() {
        int[] edges = new int[BANDS + 2];
        double low = mel(LOWEST_HZ);
        double high = mel(HIGHEST_HZ);
        for (int i = 0; i < edges.length; i++) {
            double hertz = 700 * (Math.exp((low + (high - low) * i / (BANDS + 1)) / 1127) - 1);
            edges[i] = (int) Math.round(hertz * FFT / RATE_HZ);
        }
        for (int i = 1; i < edges.length; i++) {
            edges[i] = Math.max(edges[i], edges[i - 1] + 1);
        }
        return edges;
    }

    private static double mel(double hertz) {
        return 1127 * Math.log(1 + hertz / 700);
    }
}
