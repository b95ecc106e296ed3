package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.speech.SpeechRecognizer;
import dev.antiphon.testkit.speech.SpeechSynthesizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Stand-ins for brain, voice and ears. */
final class Doubles {
    private Doubles() {}

    /** Answers what it was told, in order; then says "Okay." */
    static final class ScriptedBrain implements Brain {
        private final ArrayDeque<List<Output>> script = new ArrayDeque<>();
        final List<Turn> turns = new ArrayList<>();

        ScriptedBrain then(Output... outputs) {
            script.add(List.of(outputs));
            return this;
        }

        ScriptedBrain says(String text) {
            return then(new Output.Speak(text));
        }

        @Override
        public List<Output> respond(Turn turn) {
            turns.add(turn);
            List<Output> next = script.poll();
            return next == null ? List.of(new Output.Speak("Okay.")) : next;
        }

        Turn lastTurn() {
            return turns.getLast();
        }
    }

    /** 50 ms of a tone for each character. */
    static SpeechSynthesizer tones() {
        return text -> AudioCodec.bytes(tone(text.length() * 50, 8_000));
    }

    /** Hears the same words in everything. */
    static SpeechRecognizer hearing(String words) {
        return recognizer(Optional.of(words));
    }

    /** Understands nothing. */
    static SpeechRecognizer deaf() {
        return recognizer(Optional.empty());
    }

    private static SpeechRecognizer recognizer(Optional<String> answer) {
        return new SpeechRecognizer() {
            @Override
            public void register(String text) {}

            @Override
            public Optional<String> recognize(byte[] pcm24kHz) {
                return answer;
            }
        };
    }

    static short[] tone(int ms, int amplitude) {
        short[] samples = new short[ms * AudioCodec.SAMPLES_PER_MS];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (amplitude * Math.sin(2 * Math.PI * 440 * i / 24_000));
        }
        return samples;
    }

    static short[] silence(int ms) {
        return new short[ms * AudioCodec.SAMPLES_PER_MS];
    }

    static short[] join(short[]... parts) {
        short[] all =
                new short[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
