package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.realtime.AudioFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VoiceActivityTest {

    @Property(tries = 100)
    void findsTheSameTurnsHoweverTheAudioIsCut(@ForAll @IntRange(min = 1, max = 5_000) int cut) {
        short[] audio = Doubles.join(
                Doubles.silence(437),
                Doubles.tone(600, 6_000),
                Doubles.silence(350),
                Doubles.tone(300, 3_000),
                Doubles.silence(500));
        assertThat(hear(audio, cut)).isEqualTo(hear(audio, audio.length)).hasSize(4);
    }

    @Test
    void theThresholdIsALevel() {
        assertThat(VoiceActivity.level(Doubles.tone(20, 463))).isCloseTo(0.5, within(0.01));
        assertThat(VoiceActivity.level(Doubles.tone(20, 4_634))).isCloseTo(1.0, within(0.01));
        assertThat(VoiceActivity.level(Doubles.silence(20))).isNegative();
    }

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void speechSurvivesEveryFormat(AudioFormat format) {
        short[] tone = Doubles.tone(200, 8_000);
        byte[] wire = AudioCodec.encode(format, tone);
        assertThat(format.durationOf(wire.length).toMillis()).isEqualTo(200);
        short[] back = AudioCodec.decode(format, wire, wire.length);
        assertThat(back).hasSameSizeAs(tone);
        double error = 0;
        for (int i = 240; i < back.length - 240; i++) {
            error = Math.max(error, Math.abs(back[i] - tone[i]));
        }
        assertThat(error).isLessThan(format == AudioFormat.PCM16_24KHZ ? 1 : 700);
    }

    private static List<VoiceActivity.Change> hear(short[] audio, int cut) {
        VoiceActivity voice = new VoiceActivity();
        List<VoiceActivity.Change> changes = new ArrayList<>();
        for (int at = 0; at < audio.length; at += cut) {
            changes.addAll(voice.hear(Arrays.copyOfRange(audio, at, Math.min(audio.length, at + cut)), 0.5, 200));
        }
        return changes;
    }
}
