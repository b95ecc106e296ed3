package dev.antiphon.testkit.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeTtsSynthesizerTest {
    private static final FreeTtsSynthesizer SYNTHESIZER = new FreeTtsSynthesizer();

    @Test
    void aSentenceBecomesAudibleSpeechOfAPlausibleLength() {
        byte[] pcm = SYNTHESIZER.pcm24kHz("A cleaning next Tuesday at three.");
        assertThat(pcm.length / 48).as("milliseconds").isBetween(1_500, 4_000);
        float peak = 0;
        for (float sample : Pcm.samples(pcm)) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertThat(peak).isBetween(0.2f, 1f);
    }

    @Test
    void theSameTextGivesTheSameSamples() {
        byte[] first = new FreeTtsSynthesizer().pcm24kHz("Good morning.");
        SYNTHESIZER.pcm24kHz("Something else.");
        assertThat(SYNTHESIZER.pcm24kHz("Good morning.")).isEqualTo(first);
    }

    @Test
    void nothingToSayGivesNoAudio() {
        assertThat(SYNTHESIZER.pcm24kHz("")).isEmpty();
        assertThat(SYNTHESIZER.pcm24kHz("  \n")).isEmpty();
    }

    @Test
    void aCallerMayChangeTheAudioItWasGiven() {
        byte[] first = SYNTHESIZER.pcm24kHz("Hello.");
        byte[] kept = first.clone();
        Arrays.fill(first, (byte) 1);
        assertThat(SYNTHESIZER.pcm24kHz("Hello.")).isEqualTo(kept);
    }

    @Test
    void manyThreadsMaySpeakAtOnce() {
        byte[] alone = SYNTHESIZER.pcm24kHz("Sentence number three.");
        FreeTtsSynthesizer shared = new FreeTtsSynthesizer();
        List<CompletableFuture<byte[]>> spoken = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> shared.pcm24kHz(i % 2 == 0 ? "Sentence number three." : "Sentence number " + i)))
                .toList();
        for (int i = 0; i < spoken.size(); i += 2) {
            assertThat(spoken.get(i).orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        It costs $45.50.                   | It costs 45 dollars and 50 cents.
        That is €1,200 in all              | That is 1200 euros in all
        That is 40 EUR.                    | That is 40 euros.
        at 10:30 or 11:00                  | at 10 30 or 11 o'clock
        at 09:05                           | at 9 oh 5
        on 2026-11-24                      | on Tuesday, November 24, 2026
        call 415 555 0132                  | call 4 1 5, 5 5 5, 0 1 3 2
        +14155550132                       | plus 1 4 1 5 5 5 5 0 1 3 2
        your reference is A7K2             | your reference is A 7 K 2
        (laughs) a cleaning                | a cleaning
        (mumbles) a cleaning               | hum, a cleaning
        terms & conditions “quoted” 50%    | terms and conditions quoted 50 percent
        two people                         | two people
        """)
    void figuresAreReadSensibly(String text, String spoken) {
        assertThat(SpokenText.of(text)).isEqualTo(spoken);
    }

    @Test
    void severalVoicesMayBeLoadedAtOnce() throws Exception {
        byte[] expected = SYNTHESIZER.pcm24kHz("Good morning.");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<byte[]>> loads =
                    Collections.nCopies(8, () -> new FreeTtsSynthesizer().pcm24kHz("Good morning."));
            for (Future<byte[]> load : threads.invokeAll(loads)) {
                assertThat(load.get()).isEqualTo(expected);
            }
        }
    }
}
