package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.testkit.caller.BuiltInScripts;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.speech.FreeTtsSynthesizer;
import dev.antiphon.testkit.speech.RegisteredSpeech;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way of a caller's words: spoken by the kit's voice, coded, found by voice activity, recognised. */
class SpokenWordsTest {
    private static final String WORDS = "I would like an appointment next Tuesday at three, please.";

    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void wordsThatWereRegisteredReachTheBrainInEveryFormat(AudioFormat format) {
        FreeTtsSynthesizer voice = new FreeTtsSynthesizer();
        RegisteredSpeech ears = new RegisteredSpeech(voice);
        VirtualCall call =
                VirtualCall.open(brain, settings -> EmulatorSettings.of(brain, voice, ears), FaultScript.none());
        call.send("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'format':{'type':'"
                + name(format) + "'},'turn_detection':{'type':'server_vad','silence_duration_ms':500}}}}}");
        ears.register(WORDS);
        byte[] pcm = voice.pcm24kHz(WORDS);
        short[] speech = AudioCodec.samples(pcm, pcm.length);
        short[] line = Doubles.join(Doubles.silence(730), speech, Doubles.silence(800));
        int frame = 20 * AudioCodec.SAMPLES_PER_MS;
        for (int at = 0; at < line.length; at += frame) {
            call.hear(format, Arrays.copyOfRange(line, at, Math.min(line.length, at + frame)));
        }
        call.run();
        assertThat(call.all("input_audio_buffer.committed")).hasSize(1);
        assertThat(brain.lastTurn().history()).containsExactly(new Brain.Entry.UserSaid(WORDS, true));
    }

    @Test
    void everyLineOfABuiltInCallerIsOneTurnAtTheShortestDefaultSilence() {
        FreeTtsSynthesizer voice = new FreeTtsSynthesizer();
        for (String line : builtInLines()) {
            byte[] pcm = voice.pcm24kHz(line);
            for (int lead : new int[] {300, 307, 314}) {
                short[] heard = Doubles.join(
                        Doubles.silence(lead), AudioCodec.samples(pcm, pcm.length), Doubles.silence(1_000));
                assertThat(new VoiceActivity().hear(heard, 0.5, 200)).as(line).hasSize(2);
            }
        }
    }

    private static Set<String> builtInLines() {
        Set<String> lines = new TreeSet<>();
        for (CallerScript script : BuiltInScripts.all()) {
            Stream.concat(
                            script.steps().stream().map(CallerScript.Step::deed),
                            script.answers().stream().map(CallerScript.Answer::deed))
                    .filter(CallerScript.Deed.Say.class::isInstance)
                    .forEach(deed -> lines.add(((CallerScript.Deed.Say) deed).text()));
            script.otherwise().ifPresent(lines::add);
        }
        return lines;
    }

    private static String name(AudioFormat format) {
        return switch (format) {
            case PCM16_24KHZ -> "audio/pcm";
            case G711_ULAW -> "audio/pcmu";
            case G711_ALAW -> "audio/pcma";
        };
    }
}
