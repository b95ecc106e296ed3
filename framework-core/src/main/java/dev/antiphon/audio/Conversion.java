package dev.antiphon.audio;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import java.util.Arrays;
import java.util.Optional;

/** A converter between two formats that differ: samples are read, brought to the other rate, and written. */
final class Conversion implements AudioConverter {
    /** Bounds the buffers, whatever the size of a piece. */
    private static final int BLOCK = 480;

    private final SampleReader reader;
    private final SampleWriter writer;
    private final Optional<Resampler> resampler;
    private final float[] input = new float[BLOCK];
    private float[] output;

    Conversion(AudioFormat from, AudioFormat to) {
        this.reader = new SampleReader(from);
        this.writer = new SampleWriter(to);
        this.resampler = between(from.sampleRateHz(), to.sampleRateHz());
        this.output = resampler.isPresent() ? new float[BLOCK] : input;
    }

    private static Optional<Resampler> between(int fromHz, int toHz) {
        int up = Math.max(1, toHz / fromHz);
        int down = Math.max(1, fromHz / toHz);
        return up == down ? Optional.empty() : Optional.of(new Resampler(up, down));
    }

    @Override
    public AudioPayload next(AudioPayload piece) {
        if (!reader.open(piece)) {
            return AudioPayload.EMPTY;
        }
        int samples = reader.available();
        writer.begin(resampler.isPresent() ? resampler.get().given(samples) : samples);
        for (int count = reader.read(input); count > 0; count = reader.read(input)) {
            int told = resampled(count);
            writer.write(output, told);
        }
        return writer.end();
    }

    @Override
    public AudioPayload rest() {
        reader.forget();
        if (resampler.isEmpty()) {
            return AudioPayload.EMPTY;
        }
        int count = resampler.get().remaining();
        room(count);
        writer.begin(count);
        int told = resampler.get().rest(output, 0);
        writer.write(output, told);
        return writer.end();
    }

    private int resampled(int count) {
        if (resampler.isEmpty()) {
            return count;
        }
        room(resampler.get().given(count));
        return resampler.get().take(input, count, output, 0);
    }

    private void room(int count) {
        if (output.length < count) {
            output = Arrays.copyOf(output, count);
        }
    }
}
