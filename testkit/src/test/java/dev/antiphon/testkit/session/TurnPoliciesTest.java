package dev.antiphon.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.session.BargeIn;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import dev.antiphon.testkit.emulator.Brain;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TurnPoliciesTest {
    private static final Predicate<Signal> ANSWERED_OR_TRANSCRIBED =
            signal -> signal instanceof Signal.UtteranceStarted || signal instanceof Signal.CallerTranscript;

    private static final Duration PAUSE = Duration.ofMillis(700);
    private static final Brain BRAIN = turn -> List.of(new Brain.Output.Speak("x".repeat(200)));
    private static final SessionSettings CONSIDERED =
            SessionSettings.defaults().withBargeIn(BargeIn.considered(Locale.ENGLISH));

    /** Speaks ten seconds at the beginning. */
    private static Conversation talkative(boolean interruptible) {
        Conversation prompt = new PromptConversation("prompt", "Be kind.", Optional.empty());
        return new Conversation() {
            @Override
            public String name() {
                return prompt.name();
            }

            @Override
            public Opening opening() {
                return prompt.opening();
            }

            @Override
            public List<Directive> on(Event event) {
                return event instanceof Event.CallStarted
                        ? List.of(new Directive.Say(new Speech("Welcome.", true, interruptible)))
                        : prompt.on(event);
            }

            @Override
            public Optional<String> seed() {
                return Optional.empty();
            }

            @Override
            public View view() {
                return new View("prompt", Map.of(), Optional.empty());
            }
        };
    }

    private static EmulatedCall call(SessionSettings settings, boolean interruptible, String words)
            throws InterruptedException {
        EmulatedCall call = new EmulatedCall(settings, talkative(interruptible), BRAIN, words);
        call.hears(Signal.TurnEnded.class);
        return call;
    }

    @Test
    void aBackChannelStopsNothingAndIsTakenOutOfTheModelsMemory() throws Exception {
        try (EmulatedCall call = call(CONSIDERED, true, "Mhm, okay.")) {
            call.speaks(Duration.ofMillis(500), PAUSE);

            SessionEvent.SpeechOverlooked overlooked = call.fact(SessionEvent.SpeechOverlooked.class);
            assertThat(overlooked.text()).isEqualTo("Mhm, okay.");
            assertThat(call.received("conversation.item.deleted")
                            .path("item_id")
                            .asString())
                    .isEqualTo(overlooked.itemId());
            assertThat(call.heardBesides())
                    .noneMatch(Signal.SpeechStarted.class::isInstance)
                    .noneMatch(Signal.StopPlayback.class::isInstance)
                    .noneMatch(Signal.CallerTurn.class::isInstance);
        }
    }

    @Test
    void aNoiseStopsNothing() throws Exception {
        try (EmulatedCall call = call(CONSIDERED, true, "stop")) {
            call.speaks(Duration.ofMillis(120), PAUSE);

            assertThat(call.fact(SessionEvent.SpeechOverlooked.class).text()).isEmpty();
            assertThat(call.heardBesides()).noneMatch(Signal.StopPlayback.class::isInstance);
        }
    }

    @Test
    void shortWordsThatMeanSomethingStopTheAgentAndAreAnswered() throws Exception {
        try (EmulatedCall call = call(CONSIDERED, true, "stop please")) {
            call.speaks(Duration.ofMillis(500), PAUSE);

            call.hears(Signal.SpeechStarted.class);
            call.hears(Signal.StopPlayback.class);
            call.hears(Signal.CallerTurn.class);
            call.hears(Signal.UtteranceStarted.class);
            assertThat(call.sent("conversation.item.truncate")
                            .path("audio_end_ms")
                            .asInt())
                    .isPositive();
        }
    }

    @Test
    void longSpeechStopsTheAgentWhateverItSays() throws Exception {
        try (EmulatedCall call = call(CONSIDERED, true, "yes yes yes")) {
            call.speaks(Duration.ofMillis(1_500), PAUSE);

            call.hears(Signal.StopPlayback.class);
            call.hears(Signal.CallerTurn.class);
        }
    }

    @Test
    void withTheDefaultsAnySpeechStopsTheAgentAtOnce() throws Exception {
        try (EmulatedCall call = call(SessionSettings.defaults(), true, "mhm")) {
            call.speaks(Duration.ofMillis(500), Duration.ZERO);

            call.hears(Signal.SpeechStarted.class);
            call.hears(Signal.StopPlayback.class);
        }
    }

    @Test
    void aProtectedLineIsHeardToItsEndAndWhatWasSaidOverItIsAnsweredThen() throws Exception {
        try (EmulatedCall call = call(SessionSettings.defaults(), false, "stop")) {
            call.speaks(Duration.ofMillis(1_500), PAUSE);

            call.hears(Signal.CallerTurn.class);
            call.hears(Signal.UtteranceStarted.class);
            assertThat(call.heardBesides())
                    .noneMatch(Signal.StopPlayback.class::isInstance)
                    .noneMatch(Signal.SpeechStarted.class::isInstance);
        }
    }

    @Test
    void pushToTalkIsAnsweredWhenTheCallerCommits() throws Exception {
        SessionSettings pushToTalk = SessionSettings.defaults().withTurnDetection(new TurnDetection.Manual());
        try (EmulatedCall call = call(pushToTalk, true, "a table for two")) {
            call.speaks(Duration.ofMillis(500), PAUSE);
            call.session.tell(new VoiceSession.CallerCommit());

            call.hears(Signal.CallerTurn.class);
            // The transcript is a side product: it may come before the answer or after it.
            List<Signal> both =
                    List.of(call.hearsOneOf(ANSWERED_OR_TRANSCRIBED), call.hearsOneOf(ANSWERED_OR_TRANSCRIBED));
            assertThat(both).hasAtLeastOneElementOfType(Signal.UtteranceStarted.class);
            assertThat(both)
                    .filteredOn(Signal.CallerTranscript.class::isInstance)
                    .extracting(signal -> ((Signal.CallerTranscript) signal).text())
                    .containsExactly("a table for two");
        }
    }

    @Test
    void theVoiceStaysTheSameOnEveryLineAndIsNotSentTwiceOnOne() throws Exception {
        SessionSettings settings = SessionSettings.defaults().withVoice("cedar");
        try (EmulatedCall call = call(settings, true, "hello")) {
            assertThat(call.sent("session.update")
                            .at("/session/audio/output/voice")
                            .asString())
                    .isEqualTo("cedar");
            call.session.tell(new VoiceSession.ConfigureCaller(
                    AudioFormat.PCM16_24KHZ,
                    AudioFormat.PCM16_24KHZ,
                    SessionConfig.Modality.AUDIO,
                    new TurnDetection.SemanticVad("low", true, true)));

            assertThat(call.sent("session.update").at("/session/audio/output").has("voice"))
                    .isFalse();
        }
    }
}
