package dev.antiphon.testkit.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class ResamplerTest {

    @Test
    void aToneKeepsItsFrequencyAndLevel() {
        float[] output = new Resampler(3, 2).apply(tone(1_000, 16_000, 3_200));
        assertThat(output).hasSize(4_800);
        float[] expected = tone(1_000, 24_000, 4_800);
        for (int i = 200; i < 4_600; i++) {
            assertThat(output[i]).isCloseTo(expected[i], offset(0.01f));
        }
    }

    @Test
    void whatTheSlowerRateCannotHoldIsRemovedAndNotFolded() {
        float[] output = new Resampler(1, 3).apply(tone(6_000, 24_000, 24_000));
        for (int i = 100; i < output.length - 100; i++) {
            assertThat(Math.abs(output[i])).isLessThan(0.001f);
        }
    }

    @Test
    void aFactorBelowOneIsRefused() {
        assertThatThrownBy(() -> new Resampler(0, 3)).hasMessage("up and down must be at least 1, but were 0 and 3");
    }

    private static float[] tone(double hertz, int rateHz, int count) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rateHz));
        }
        return samples;
    }
}
