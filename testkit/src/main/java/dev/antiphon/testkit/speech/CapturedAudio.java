package dev.antiphon.testkit.speech;

import com.sun.speech.freetts.audio.AudioPlayer;
import java.io.ByteArrayOutputStream;
import javax.sound.sampled.AudioFormat;

/** The sink of FreeTTS that keeps 16 kHz samples instead of playing them. Not thread-safe. */
final class CapturedAudio implements AudioPlayer {
    private static final int RATE_HZ = 16_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private AudioFormat format = new AudioFormat(RATE_HZ, 16, 1, true, true);

    void clear() {
        bytes.reset();
    }

    float[] samples() {
        byte[] pcm = bytes.toByteArray();
        if (!format.isBigEndian()) {
            return Pcm.samples(pcm);
        }
        for (int i = 0; i + 1 < pcm.length; i += 2) {
            byte high = pcm[i];
            pcm[i] = pcm[i + 1];
            pcm[i + 1] = high;
        }
        return Pcm.samples(pcm);
    }

    @Override
    public void setAudioFormat(AudioFormat newFormat) {
        if (newFormat.getSampleRate() != RATE_HZ || newFormat.getSampleSizeInBits() != 16) {
            throw new IllegalArgumentException(
                    "the voice must give 16-bit samples at 16,000 Hz, but gives " + newFormat);
        }
        format = newFormat;
    }

    @Override
    public AudioFormat getAudioFormat() {
        return format;
    }

    @Override
    public boolean write(byte[] audio) {
        return write(audio, 0, audio.length);
    }

    @Override
    public boolean write(byte[] audio, int offset, int length) {
        bytes.write(audio, offset, length);
        return true;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void reset() {}

    @Override
    public boolean drain() {
        return true;
    }

    @Override
    public void begin(int size) {}

    @Override
    public boolean end() {
        return true;
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}

    @Override
    public float getVolume() {
        return 1;
    }

    @Override
    public void setVolume(float volume) {}

    @Override
    public long getTime() {
        return 0;
    }

    @Override
    public void resetTime() {}

    @Override
    public void startFirstSampleTimer() {}

    @Override
    public void showMetrics() {}
}
