package dev.antiphon.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AudioConverterTest {
    private static final Tone TONE = new Tone(440, 12_000);

    @ParameterizedTest
    @EnumSource
    void equalFormatsPassUntouched(AudioFormat format) {
        AudioConverter converter = AudioConverter.between(format, format);
        AudioPayload piece = new AudioPayload("not even base64");
        assertThat(converter.next(piece)).isSameAs(piece);
        assertThat(converter.rest().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"G711_ULAW, 35", "G711_ALAW, 35"})
    void aToneSurvivesTheTelephone(AudioFormat telephone, double decibels) {
        byte[] pcm = pcm(TONE, 24_000);
        byte[] narrow = whole(AudioFormat.PCM16_24KHZ, telephone, pcm);
        byte[] wide = whole(telephone, AudioFormat.PCM16_24KHZ, narrow);
        assertThat(narrow).hasSize(8_000);
        assertThat(wide).hasSameSizeAs(pcm);
        assertThat(TONE.signalToNoise(samples(wide), 24_000)).isGreaterThan(decibels);
    }

    @Test
    void fromOneLawToTheOtherEverySampleStaysWhereItWas() {
        byte[] ulaw = whole(AudioFormat.PCM16_24KHZ, AudioFormat.G711_ULAW, pcm(TONE, 2_400));
        byte[] alaw = whole(AudioFormat.G711_ULAW, AudioFormat.G711_ALAW, ulaw);
        for (int i = 0; i < ulaw.length; i++) {
            assertThat(alaw[i]).isEqualTo(G711.ALAW.encode(G711.ULAW.decode(ulaw[i])));
        }
    }

    /** Odd sizes too: a sample may be split between two pieces. */
    @ParameterizedTest
    @CsvSource({
        "PCM16_24KHZ, G711_ULAW", "PCM16_24KHZ, G711_ALAW", "G711_ULAW, PCM16_24KHZ",
        "G711_ALAW, PCM16_24KHZ", "G711_ULAW, G711_ALAW", "G711_ALAW, G711_ULAW"
    })
    void piecesOfAnySizeGiveTheSameBytes(AudioFormat from, AudioFormat to) {
        byte[] noise = new byte[9_600];
        new Random(3).nextBytes(noise);
        AudioConverter converter = AudioConverter.between(from, to);
        Random random = new Random(4);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < noise.length; ) {
            int size = Math.min(noise.length - at, random.nextInt(700));
            out.writeBytes(converter
                    .next(AudioPayload.ofBytes(Arrays.copyOfRange(noise, at, at + size)))
                    .bytes());
            at += size;
        }
        out.writeBytes(converter.rest().bytes());
        assertThat(out.toByteArray()).isEqualTo(whole(from, to, noise));
    }

    @Test
    void theResultIsNeverLongerThanWhatItWasMadeFrom() {
        byte[] narrow = whole(AudioFormat.PCM16_24KHZ, AudioFormat.G711_ULAW, new byte[2 * 2_399]);
        assertThat(narrow).hasSize(799);
    }

    @Test
    void onlyTheLastFourMillisecondsAreHeldBack() {
        AudioConverter down = AudioConverter.between(AudioFormat.PCM16_24KHZ, AudioFormat.G711_ULAW);
        assertThat(down.next(AudioPayload.ofBytes(new byte[960])).byteCount()).isEqualTo(160 - 32);
        assertThat(down.rest().byteCount()).isEqualTo(32);
        AudioConverter up = AudioConverter.between(AudioFormat.G711_ALAW, AudioFormat.PCM16_24KHZ);
        assertThat(up.next(AudioPayload.ofBytes(new byte[160])).byteCount()).isEqualTo(960 - 192);
        assertThat(up.rest().byteCount()).isEqualTo(192);
    }

    @Test
    void whatIsNotBase64IsNoAudio() {
        AudioConverter converter = AudioConverter.between(AudioFormat.PCM16_24KHZ, AudioFormat.G711_ULAW);
        assertThat(converter.next(new AudioPayload("no base64!")).isEmpty()).isTrue();
        assertThat(converter.rest().isEmpty()).isTrue();
    }

    private static byte[] whole(AudioFormat from, AudioFormat to, byte[] bytes) {
        AudioConverter converter = AudioConverter.between(from, to);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(converter.next(AudioPayload.ofBytes(bytes)).bytes());
        out.writeBytes(converter.rest().bytes());
        return out.toByteArray();
    }

    private static byte[] pcm(Tone tone, int count) {
        byte[] pcm = new byte[2 * count];
        float[] samples = tone.samples(24_000, count);
        for (int i = 0; i < count; i++) {
            int sample = Math.round(samples[i]);
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return pcm;
    }

    private static float[] samples(byte[] pcm) {
        float[] samples = new float[pcm.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (pcm[2 * i] & 0xFF | pcm[2 * i + 1] << 8);
        }
        return samples;
    }
}
