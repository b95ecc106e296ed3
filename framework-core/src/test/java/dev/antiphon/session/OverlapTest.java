package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.session.CallerChannel.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speech over the agent's words, push-to-talk and the order of transcripts, in the turn machine. */
class OverlapTest {
    private static final SessionSettings CONSIDERED =
            SessionSettings.defaults().withBargeIn(BargeIn.considered(Locale.ENGLISH));
    private static final Duration CLOSING = Duration.ofMillis(500);
    private static final Duration PREFIX = Duration.ofMillis(300);

    /** The agent speaks for ten seconds, of which two are heard. */
    private static Turns talking(SessionSettings settings) {
        return Turns.connected(settings)
                .in(new TurnInput.CallerTyped("hello"))
                .answers("r1", "a1", "A long story.", Duration.ofSeconds(10))
                .passes(Duration.ofSeconds(2))
                .forget();
    }

    /** Live speech of this length, and the silence that ends it. */
    private static Turns says(Turns call, String itemId, Duration voice) {
        call.callerSpeaks(itemId).passes(voice.plus(CLOSING));
        return call.callerStops(itemId, PREFIX.plus(voice).plus(CLOSING), call.nowNanos - CLOSING.toNanos());
    }

    private static void transcript(Turns call, String itemId, String words) {
        call.in(ServerEvent.InputTranscriptCompleted.of("e", itemId, words));
    }

    private static void wasOverlooked(Turns call, String itemId) {
        assertThat(call.sent(ClientEvent.ItemDelete.class))
                .extracting(ClientEvent.ItemDelete::itemId)
                .containsExactly(itemId);
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();
        assertThat(call.delivered(Signal.StopPlayback.class)).isEmpty();
        assertThat(call.delivered(Signal.CallerTurn.class)).isEmpty();
        assertThat(call.state.callerSpeaking()).isFalse();
    }

    @Test
    void aNoiseIsDeletedAndTheAgentSpeaksOn() {
        Turns call = says(talking(CONSIDERED), "u1", Duration.ofMillis(120));

        wasOverlooked(call, "u1");
    }

    @Test
    void aBackChannelIsDeletedWhenItsTranscriptIsThere() {
        Turns call = says(talking(CONSIDERED), "u1", Duration.ofMillis(600));
        assertThat(call.sent(ClientEvent.ItemDelete.class)).isEmpty();

        transcript(call, "u1", "Mm-hmm, okay.");

        wasOverlooked(call, "u1");
        assertThat(call.out(TurnEffect.Overlooked.class))
                .containsExactly(new TurnEffect.Overlooked("u1", "Mm-hmm, okay."));
    }

    @Test
    void otherShortWordsAreATurnWithEverythingThatBelongsToIt() {
        Turns call = says(talking(CONSIDERED), "u1", Duration.ofMillis(600));
        transcript(call, "u1", "No, wait.");

        assertThat(call.delivered(Signal.SpeechStarted.class)).hasSize(1);
        assertThat(call.delivered(Signal.SpeechStopped.class)).hasSize(1);
        assertThat(call.delivered(Signal.StopPlayback.class)).hasSize(1);
        assertThat(call.delivered(Signal.CallerTurn.class)).hasSize(1);
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
        assertThat(call.sent(ClientEvent.ItemDelete.class)).isEmpty();
    }

    @Test
    void shortWordsWithoutATranscriptAreATurnWhenTheWaitIsOver() {
        Turns call = says(talking(CONSIDERED), "u1", Duration.ofMillis(600));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();

        call.in(new TurnInput.TimerFired(TurnTimer.OVERLAP));

        assertThat(call.delivered(Signal.StopPlayback.class)).hasSize(1);
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
    }

    @Test
    void aFailedTranscriptMakesItATurn() {
        Turns call = says(talking(CONSIDERED), "u1", Duration.ofMillis(600));

        call.in(new ServerEvent.InputTranscriptFailed("e", "u1", 0, Turns.error("audio_unintelligible")));

        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
    }

    @Test
    void speechThatLastsStopsTheAgentBeforeItEnds() {
        Turns call = talking(CONSIDERED).callerSpeaks("u1");
        assertThat(call.delivered(Signal.StopPlayback.class)).isEmpty();

        call.passes(Duration.ofMillis(1_500)).in(new TurnInput.TimerFired(TurnTimer.OVERLAP));
        assertThat(call.delivered(Signal.SpeechStarted.class)).hasSize(1);
        assertThat(call.delivered(Signal.StopPlayback.class)).hasSize(1);

        call.callerStops("u1", call.nowNanos);
        assertThat(call.delivered(Signal.CallerTurn.class)).hasSize(1);
    }

    @Test
    void anEarlyAnswerToTheLastWordsIsATurn() {
        Turns call = talking(CONSIDERED).passes(Duration.ofMillis(7_500));
        says(call, "u1", Duration.ofMillis(300));

        assertThat(call.delivered(Signal.CallerTurn.class)).hasSize(1);
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
    }

    @Test
    void withoutTranscriptsOnlyNoisesAreOverlooked() {
        SessionSettings deaf = CONSIDERED.withTranscription(Optional.empty());

        wasOverlooked(says(talking(deaf), "u1", Duration.ofMillis(120)), "u1");
        assertThat(says(talking(deaf), "u2", Duration.ofMillis(600)).delivered(Signal.CallerTurn.class))
                .hasSize(1);
    }

    @Test
    void theTranscriptOfANoiseIsTakenForNothingSaid() {
        Turns call = says(talking(CONSIDERED), "u1", Duration.ofMillis(120)).forget();

        transcript(call, "u1", "Stop.");

        assertThat(call.out(TurnEffect.Transcribed.class)).isEmpty();
        assertThat(call.delivered(Signal.CallerTranscript.class)).isEmpty();
    }

    @Test
    void aLostLineLeavesNoSpeechOpen() {
        Turns call = talking(CONSIDERED).callerSpeaks("u1").in(new TurnInput.LineLost());

        assertThat(call.state.overlap()).isEmpty();
        assertThat(call.state.callerSpeaking()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mhm.", "Uh-huh", "Yeah, yeah", "OKAY!", "I see."})
    void backChannelsAreRecognised(String words) {
        assertThat(BargeIn.considered(Locale.UK).isBackChannel(words)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "...", "no", "yes but tomorrow", "sieben", "okay 7 then"})
    void otherWordsAreNot(String words) {
        assertThat(BargeIn.considered(Locale.UK).isBackChannel(words)).isFalse();
    }

    @Test
    void aLanguageWithoutAListHasNoises() {
        BargeIn policy = BargeIn.considered(Locale.JAPANESE);

        assertThat(policy.considers()).isTrue();
        assertThat(policy.isBackChannel("hai")).isFalse();
    }

    @Test
    void aProtectedLineIsNotInterruptedWhileItIsHeardEither() {
        Turns call = Turns.connected(SessionSettings.defaults())
                .in(new TurnInput.SayWanted(new Conversation.Speech("This call is recorded.", true, false)))
                .answers("r1", "a1", "This call is recorded.", Duration.ofSeconds(4))
                .passes(Duration.ofSeconds(1))
                .forget();

        says(call, "u1", Duration.ofSeconds(1));

        assertThat(call.delivered(Signal.SpeechStarted.class)).isEmpty();
        assertThat(call.delivered(Signal.StopPlayback.class)).isEmpty();
        assertThat(call.delivered(Signal.CallerTurn.class)).hasSize(1);
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);

        call.answers("r2", "a2", "Fine.", Duration.ofSeconds(5))
                .passes(Duration.ofSeconds(4))
                .callerSpeaks("u2");
        assertThat(call.delivered(Signal.StopPlayback.class))
                .extracting(Signal.StopPlayback::utteranceId)
                .containsExactly("a2");
    }

    @Test
    void anAnswerThatMustBeHeardWholeIsNotInterruptedEither() {
        Turns call = Turns.connected(SessionSettings.defaults())
                .in(new TurnInput.CallerTyped("book"))
                .responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .responseEnds("r1")
                .in(new TurnInput.CallAnswered("c1", "{}", true))
                .answers("r2", "a2", "Tuesday at three. Shall I book it?", Duration.ofSeconds(4))
                .passes(Duration.ofSeconds(1))
                .forget();

        says(call, "u1", Duration.ofSeconds(1));

        assertThat(call.delivered(Signal.StopPlayback.class)).isEmpty();
        assertThat(call.delivered(Signal.CallerTurn.class)).hasSize(1);
    }

    @Test
    void aYesOverAProtectedLineIsNoAnswerToAllOfIt() {
        Turns call = Turns.connected(SessionSettings.defaults())
                .in(new TurnInput.SayWanted(new Conversation.Speech("Shall I book it?", true, false)))
                .answers("r1", "a1", "Shall I book it?", Duration.ofSeconds(4))
                .passes(Duration.ofSeconds(1))
                .forget();

        call.callerSpeaks("u1");

        assertThat(call.out(TurnEffect.Feed.class))
                .extracting(TurnEffect.Feed::event)
                .containsExactly(new Conversation.Event.AgentCutOff(0.25));
    }

    private static Turns pushToTalk() {
        return Turns.connected(SessionSettings.defaults().withTurnDetection(new TurnDetection.Manual()))
                .forget();
    }

    private static List<Conversation.Event.CallerSilent> silences(Turns call) {
        return call.out(TurnEffect.Feed.class).stream()
                .map(TurnEffect.Feed::event)
                .filter(Conversation.Event.CallerSilent.class::isInstance)
                .map(Conversation.Event.CallerSilent.class::cast)
                .toList();
    }

    @Test
    void whoRecordsIsNotAskedWhetherTheyAreThere() {
        Turns call = pushToTalk().in(new TurnInput.CallerRecords());

        call.passes(Duration.ofSeconds(8)).in(new TurnInput.TimerFired(TurnTimer.SILENCE));

        assertThat(silences(call)).isEmpty();
        assertThat(call.out(TurnEffect.Arm.class)).anyMatch(arm -> arm.timer() == TurnTimer.SILENCE);
    }

    @Test
    void aRecordingThatNeverEndsIsSilenceAfterAMinute() {
        Turns call = pushToTalk().in(new TurnInput.CallerRecords());

        call.passes(Duration.ofSeconds(61)).in(new TurnInput.TimerFired(TurnTimer.SILENCE));

        assertThat(silences(call)).hasSize(1);
    }

    @Test
    void afterAClearedRecordingSilenceIsSilenceAgain() {
        Turns call = pushToTalk().in(new TurnInput.CallerRecords()).in(new TurnInput.CallerCleared());

        call.passes(Duration.ofSeconds(8)).in(new TurnInput.TimerFired(TurnTimer.SILENCE));

        assertThat(silences(call)).hasSize(1);
    }

    @Test
    void theIdleTimeoutOfTurnDetectionIsOursToKeep() {
        TurnDetection.ServerVad vad = new TurnDetection.ServerVad(
                0.5, Duration.ofMillis(300), CLOSING, Optional.of(Duration.ofSeconds(6)), true, true);
        Turns call = Turns.connected(SessionSettings.defaults().withTurnDetection(vad));

        assertThat(call.out(TurnEffect.Arm.class))
                .contains(new TurnEffect.Arm(TurnTimer.SILENCE, Duration.ofSeconds(6)));
    }

    private static List<String> told(Turns call) {
        return call.out(TurnEffect.Transcribed.class).stream()
                .map(TurnEffect.Transcribed::text)
                .toList();
    }

    @Test
    void transcriptsAreToldInTheOrderOfTheTurns() {
        Turns call = Turns.connected(SessionSettings.defaults());
        says(call, "u1", Duration.ofSeconds(1));
        says(call, "u2", Duration.ofSeconds(1));

        transcript(call, "u2", "second");
        assertThat(told(call)).isEmpty();
        transcript(call, "u1", "first");

        assertThat(told(call)).containsExactly("first", "second");
    }

    @Test
    void aTranscriptThatNeverComesHoldsTheNextForAWhileOnly() {
        Turns call = Turns.connected(SessionSettings.defaults());
        says(call, "u1", Duration.ofSeconds(1));
        says(call, "u2", Duration.ofSeconds(1));
        transcript(call, "u2", "second");

        call.in(new TurnInput.TimerFired(TurnTimer.TRANSCRIPT));
        assertThat(told(call)).containsExactly("second");

        transcript(call, "u1", "first, after all");
        assertThat(told(call)).containsExactly("second", "first, after all");
    }

    @Test
    void aFailedTranscriptHoldsNothing() {
        Turns call = Turns.connected(SessionSettings.defaults());
        says(call, "u1", Duration.ofSeconds(1));
        says(call, "u2", Duration.ofSeconds(1));
        transcript(call, "u2", "second");

        call.in(new ServerEvent.InputTranscriptFailed("e", "u1", 0, Turns.error("audio_unintelligible")));

        assertThat(told(call)).containsExactly("second");
    }

    @Test
    void theEndOfTheCallTellsWhatIsThere() {
        Turns call = Turns.connected(SessionSettings.defaults());
        says(call, "u1", Duration.ofSeconds(1));
        says(call, "u2", Duration.ofSeconds(1));
        transcript(call, "u2", "second");

        call.in(new TurnInput.CallerGone(new Outcome.Abandoned("gone")));

        assertThat(told(call)).containsExactly("second");
    }
}
