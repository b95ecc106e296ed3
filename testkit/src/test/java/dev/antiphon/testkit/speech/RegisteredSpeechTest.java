package dev.antiphon.testkit.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredSpeechTest {
    private static final FreeTtsSynthesizer VOICE = new FreeTtsSynthesizer();
    private static final List<String> TEXTS = List.of(
            "A cleaning next Tuesday at three, I'm Anna Miller, 415 555 0132",
            "A cleaning next Thursday at three, I'm Anna Miller, 415 555 0132",
            "A cleaning next Tuesday at four, I'm Anna Miller, 415 555 0132",
            "yes",
            "yes please",
            "no",
            "no, make it Friday instead",
            "no, make it Monday instead",
            "Do you take insurance?",
            "Anna Miller",
            "415 555 0132",
            "415 555 0133",
            "the first one",
            "the second one",
            "at three",
            "at four",
            "a checkup please",
            "hello");

    private final RegisteredSpeech recognizer = new RegisteredSpeech(VOICE);

    static List<String> texts() {
        return TEXTS;
    }

    @BeforeEach
    void registerAll() {
        TEXTS.forEach(recognizer::register);
    }

    @Test
    void ofTextsThatSoundTheSameTheLatestIsMeant() {
        recognizer.register("Anna Miller!");
        assertThat(recognizer.recognize(VOICE.pcm24kHz("Anna Miller"))).contains("Anna Miller!");
        recognizer.register("Anna Miller");
        assertThat(recognizer.recognize(VOICE.pcm24kHz("Anna Miller"))).contains("Anna Miller");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void mumblingIsHeard(String text) {
        String mumbled = "(mumbles) " + text;
        recognizer.register(mumbled);
        assertThat(recognizer.recognize(Line.telephone(VOICE.pcm24kHz(mumbled))))
                .contains(mumbled);
        assertThat(recognizer.recognize(Line.telephone(VOICE.pcm24kHz(text)))).contains(text);
    }

    @Test
    void wordsAreRecognisedWhileOthersAreBeingRegistered() throws Exception {
        CountDownLatch registering = new CountDownLatch(1);
        CountDownLatch recognised = new CountDownLatch(1);
        RegisteredSpeech shared = new RegisteredSpeech(text -> {
            if (text.equals("slow")) {
                registering.countDown();
                awaitQuietly(recognised);
            }
            return VOICE.pcm24kHz(text);
        });
        shared.register("hello");
        Thread other = Thread.ofVirtual().start(() -> shared.register("slow"));
        assertThat(registering.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Optional<String>> heard =
                CompletableFuture.supplyAsync(() -> shared.recognize(VOICE.pcm24kHz("hello")));
        assertThat(heard.get(10, TimeUnit.SECONDS)).contains("hello");
        recognised.countDown();
        assertThat(other.join(Duration.ofSeconds(10))).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theWordsAreRecognisedThroughATelephoneLine(String text) {
        assertThat(recognizer.recognize(Line.telephone(Line.silenceAround(VOICE.pcm24kHz(text), 311, 512))))
                .contains(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theWordsAreRecognisedAfterOtherRatesAndLevels(String text) {
        byte[] pcm = VOICE.pcm24kHz(text);
        assertThat(recognizer.recognize(pcm)).contains(text);
        assertThat(recognizer.recognize(Line.doubledAndHalved(pcm))).contains(text);
        assertThat(recognizer.recognize(Line.gain(pcm, -24))).contains(text);
        assertThat(recognizer.recognize(Line.gain(pcm, 6))).contains(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theWordsAreRecognisedALittleFasterOrSlower(String text) {
        assertThat(recognizer.recognize(Line.faster(VOICE.pcm24kHz(text), 2))).contains(text);
        assertThat(recognizer.recognize(Line.faster(VOICE.pcm24kHz(text), -2))).contains(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theWordsAreRecognisedInAQuietRoom(String text) {
        byte[] pcm = Line.silenceAround(VOICE.pcm24kHz(text), 733, 517);
        assertThat(recognizer.recognize(Line.noise(pcm, 0.002, 7))).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A cleaning next Tuesday at five, I'm Anna Miller, 415 555 0132",
                "A vaccination next Tuesday at three, I'm Anna Miller, 415 555 0132",
                "maybe",
                "no, make it Sunday instead",
                "Do you have parking?",
                "Peter Stone",
                "415 555 0152",
                "the third one",
                "at five",
                "a cleaning please",
                "goodbye",
                "I would like to know what the weather will be tomorrow"
            })
    void otherSpeechIsNotRecognised(String text) {
        assertThat(recognizer.recognize(VOICE.pcm24kHz(text))).isEmpty();
    }

    @Test
    void silenceAndNoiseAreNotRecognised() {
        assertThat(recognizer.recognize(new byte[0])).isEmpty();
        assertThat(recognizer.recognize(new byte[96_000])).isEmpty();
        assertThat(recognizer.recognize(Line.noise(new byte[96_000], 0.1, 3))).isEmpty();
        byte[] junk = new byte[60_001];
        new Random(5).nextBytes(junk);
        assertThat(recognizer.recognize(junk)).isEmpty();
    }

    @Test
    void halfOfAnUtteranceIsNotRecognised() {
        byte[] pcm = VOICE.pcm24kHz(TEXTS.getFirst());
        assertThat(recognizer.recognize(Arrays.copyOf(pcm, pcm.length / 4 * 2))).isEmpty();
    }

    @Test
    void theTextRegisteredLongestAgoIsForgotten() {
        RegisteredSpeech small = new RegisteredSpeech(VOICE, 2);
        small.register("yes");
        small.register("no");
        small.register("yes");
        small.register("hello");
        assertThat(small.recognize(VOICE.pcm24kHz("yes"))).contains("yes");
        assertThat(small.recognize(VOICE.pcm24kHz("hello"))).contains("hello");
        assertThat(small.recognize(VOICE.pcm24kHz("no"))).isEmpty();
    }

    @Test
    void aCapacityBelowOneIsRefused() {
        assertThatThrownBy(() -> new RegisteredSpeech(VOICE, 0)).hasMessage("capacity must be at least 1, but was 0");
    }

    @Test
    void aStageDirectionIsPartOfTheTextAndNotOfTheSpeech() {
        recognizer.register("(laughs) a big favour please");
        assertThat(recognizer.recognize(VOICE.pcm24kHz("a big favour please")))
                .contains("(laughs) a big favour please");
    }
}
