package dev.antiphon.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

    @ParameterizedTest
    @ValueSource(doubles = {100, 300, 1_000, 2_500, 3_300})
    void speechSurvivesTheWayDownAndUp(double hz) {
        Tone tone = new Tone(hz, 10_000);
        float[] narrow = new Resampler(1, 3).whole(tone.samples(24_000, 24_000));
        float[] wide = new Resampler(3, 1).whole(narrow);
        assertThat(tone.signalToNoise(narrow, 8_000)).isGreaterThan(60);
        assertThat(tone.signalToNoise(wide, 24_000)).isGreaterThan(60);
    }

    @ParameterizedTest
    @ValueSource(doubles = {4_100, 5_000, 6_500, 8_000, 11_000})
    void whatWouldBeAliasedIsDamped(double hz) {
        Tone tone = new Tone(hz, 10_000);
        float[] narrow = new Resampler(1, 3).whole(tone.samples(24_000, 24_000));
        assertThat(tone.gain(narrow, 8_000)).isLessThan(-70);
    }

    @Test
    void theImagesOfTheNarrowBandAreDamped() {
        Tone tone = new Tone(1_000, 10_000);
        float[] wide = new Resampler(3, 1).whole(tone.samples(8_000, 8_000));
        assertThat(tone.signalToNoise(wide, 24_000)).isGreaterThan(65);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 1", "3, 2", "1, 1", "100, 97"})
    void piecesOfAnySizeGiveTheSameSamples(int up, int down) {
        float[] noise = noise(5_000);
        float[] whole = new Resampler(up, down).whole(noise);
        Resampler streaming = new Resampler(up, down);
        Random random = new Random(11);
        float[] told = new float[whole.length];
        int at = 0;
        for (int from = 0; from < noise.length; ) {
            int count = Math.min(noise.length - from, random.nextInt(400));
            int expected = at + streaming.given(count);
            at = streaming.take(Arrays.copyOfRange(noise, from, from + count), count, told, at);
            assertThat(at).isEqualTo(expected);
            from += count;
        }
        assertThat(streaming.rest(told, at)).isEqualTo(whole.length);
        assertThat(told).isEqualTo(whole);
    }

    @Test
    void afterItsEndAnotherStreamBegins() {
        Resampler resampler = new Resampler(1, 3);
        float[] first = resampler.whole(noise(900));
        resampler.take(noise(500), 500, new float[resampler.given(500)], 0);
        assertThat(resampler.rest(new float[resampler.remaining()], 0)).isPositive();
        assertThat(resampler.whole(noise(900))).isEqualTo(first);
    }

    @Test
    void hoursOfAudioAreHeldInTheSameMemory() {
        Resampler resampler = new Resampler(1, 3);
        float[] frame = noise(480);
        float[] room = new float[480];
        long told = 0;
        for (int i = 0; i < 20_000; i++) {
            told += resampler.take(frame, frame.length, room, 0);
        }
        assertThat(told).isEqualTo(20_000L * 160 - 32);
    }

    @Test
    void aRateMustBePositive() {
        assertThatThrownBy(() -> new Resampler(0, 3)).hasMessage("up and down must be at least 1, but were 0 and 3");
    }

    private static float[] noise(int count) {
        Random random = new Random(5);
        float[] noise = new float[count];
        for (int i = 0; i < count; i++) {
            noise[i] = random.nextInt(20_000) - 10_000;
        }
        return noise;
    }
}
