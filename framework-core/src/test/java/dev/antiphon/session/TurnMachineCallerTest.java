package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.session.CallerChannel.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the turn machine makes of the caller: turns, cutting in, silence, transcripts, and of lines that come and go. */
class TurnMachineCallerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Outcome OVER = new Outcome.Completed("flow", "done");

    /** The agent has said four seconds, of which one is heard. */
    private static Turns answered() {
        return Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .answers("r1", "a1", "Good morning", Duration.ofSeconds(4))
                .passes(SECOND)
                .forget();
    }

    private static Turns speaking() {
        return Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .speaks("r1", "a1", "Good mor", Duration.ofSeconds(4))
                .passes(SECOND)
                .forget();
    }

    private static List<Conversation.Event> fed(Turns call) {
        return call.out(TurnEffect.Feed.class).stream()
                .map(TurnEffect.Feed::event)
                .toList();
    }

    private static Turns fires(Turns call, TurnTimer timer) {
        return call.in(new TurnInput.TimerFired(timer));
    }

    @Test
    void aSpokenTurnIsToldStepByStepAndTakesTheFloor() {
        Turns call = Turns.connected().forget().callerSpeaks("u1");
        assertThat(call.effects)
                .contains(
                        new TurnEffect.Arm(TurnTimer.FLOOR, Duration.ofSeconds(60)),
                        new TurnEffect.Disarm(TurnTimer.SILENCE),
                        new TurnEffect.Deliver(new Signal.SpeechStarted("u1", Duration.ZERO)));

        call.forget().callerStops("u1", call.nowNanos);
        assertThat(call.effects)
                .contains(
                        new TurnEffect.Deliver(new Signal.SpeechStopped("u1", SECOND)),
                        new TurnEffect.Deliver(new Signal.CallerTurn("u1", Optional.empty())),
                        new TurnEffect.TurnTaken("u1", ""),
                        new TurnEffect.Disarm(TurnTimer.FLOOR));
    }

    @Test
    void aTurnWhoseEndWasNotHeardIsMeasuredFromItsCommit() {
        Turns call = Turns.connected().in(new ServerEvent.AudioCommitted("e", Optional.empty(), "u1"));
        call.passes(SECOND).answers("r1", "a1", "Hi", SECOND);

        assertThat(call.out(TurnEffect.Answered.class))
                .singleElement()
                .extracting(answered -> answered.untilReceived().total())
                .isEqualTo(SECOND);
    }

    @Test
    void aTurnIsMeasuredFromTheLastVoice() {
        Turns call = Turns.connected().callerSpeaks("u1");
        long voiceEnd = call.nowNanos;
        call.passes(SECOND).callerStops("u1", voiceEnd).answers("r1", "a1", "Hi", SECOND);

        assertThat(call.out(TurnEffect.Answered.class))
                .singleElement()
                .extracting(answered -> answered.untilReceived().total())
                .isEqualTo(SECOND);
    }

    @Test
    void typedTurnsAreCountedAndPicturesGoWithThem() {
        ContentPart.InputImage picture = new ContentPart.InputImage("data:image/png;base64,AA==", Optional.empty());
        Turns call = Turns.connected().forget().in(new TurnInput.CallerTyped(" ", List.of(picture)));
        call.responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .responseEnds("r1")
                .in(new TurnInput.CallerTyped("what is it?"));

        assertThat(call.out(TurnEffect.TurnTaken.class))
                .containsExactly(
                        new TurnEffect.TurnTaken("item_typed_1", " "),
                        new TurnEffect.TurnTaken("item_typed_2", "what is it?"));
        assertThat(call.sent(ClientEvent.ItemCreate.class))
                .extracting(created -> ((Item.Message) created.item()).content())
                .containsExactly(List.of(picture), List.of(new ContentPart.InputText("what is it?")));
    }

    @Test
    void aTurnEndedByHandCutsInAndIsCommitted() {
        Turns call = speaking().in(new TurnInput.CallerCommitted());

        assertThat(call.sent(ClientEvent.class))
                .hasSize(2)
                .hasAtLeastOneElementOfType(ClientEvent.ResponseCancel.class)
                .hasAtLeastOneElementOfType(ClientEvent.AudioCommit.class);
        assertThat(call.delivered(Signal.StopPlayback.class)).hasSize(1);
    }

    @Test
    void aBargeInIsToldAndWhatWasHeardIsWaitedFor() {
        Turns call = answered().callerSpeaks("u1");

        assertThat(call.out(TurnEffect.BargedIn.class)).containsExactly(new TurnEffect.BargedIn("a1", SECOND));
        assertThat(call.effects).contains(new TurnEffect.Arm(TurnTimer.HEARD, Duration.ofMillis(400)));
        assertThat(fires(call.forget(), TurnTimer.HEARD).effects).contains(new TurnEffect.Disarm(TurnTimer.HEARD));
        assertThat(fires(call.forget(), TurnTimer.HEARD).effects)
                .as("it is told once")
                .isEmpty();
    }

    @Test
    void whoCutsInOverNothingIsNotWaitedFor() {
        Turns call = Turns.connected().forget().callerSpeaks("u1");

        assertThat(call.effects).noneMatch(e -> e instanceof TurnEffect.Arm arm && arm.timer() == TurnTimer.HEARD);
    }

    @Test
    void aTurnThatComesBeforeTheReportTellsWhatWasHeardByThen() {
        Turns call = answered().callerSpeaks("u1").callerStops("u1", 0);

        assertThat(call.sent(ClientEvent.ItemTruncate.class))
                .containsExactly(new ClientEvent.ItemTruncate(Optional.empty(), "a1", 0, SECOND));
        assertThat(call.effects).contains(new TurnEffect.Disarm(TurnTimer.HEARD));
    }

    @Test
    void whatWasHeardToItsEndIsNotCut() {
        Turns call = answered().callerSpeaks("u1");
        call.in(new TurnInput.CallerPlayed("a1", Duration.ofSeconds(4), true));

        assertThat(call.sent(ClientEvent.class)).isEmpty();
    }

    @Test
    void aMillisecondWasHeardAndLessWasNot() {
        Turns one = answered().callerSpeaks("u1");
        one.in(new TurnInput.CallerPlayed("a1", Duration.ofMillis(1), true));
        assertThat(one.sent(ClientEvent.ItemTruncate.class)).hasSize(1);
        assertThat(one.sent(ClientEvent.ItemDelete.class)).isEmpty();

        Turns less = answered().callerSpeaks("u1");
        less.in(new TurnInput.CallerPlayed("a1", Duration.ofNanos(999_999), true));
        assertThat(less.sent(ClientEvent.ItemDelete.class)).hasSize(1);
        assertThat(less.sent(ClientEvent.ItemTruncate.class)).isEmpty();
    }

    @Test
    void aCutIsToldToTheCallersSideWhenTheModelHasMadeIt() {
        Turns call = answered().in(new ServerEvent.ItemTruncated("e", "a1", 0, SECOND));

        assertThat(call.delivered(Signal.Truncated.class)).containsExactly(new Signal.Truncated("a1", SECOND));
    }

    @Test
    void aPositionThatIsReportedOnTheWayCutsNothing() {
        Turns call = speaking().in(new TurnInput.CallerPlayed("a1", Duration.ofMillis(700), false));

        assertThat(call.effects).isEmpty();
        assertThat(call.state.playback().heard("a1", call.nowNanos)).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void aCallersSideThatHasPlayedAllStopsNobody() {
        Turns call = answered().passes(Duration.ofSeconds(3));
        call.in(new TurnInput.CallerPlayed("a1", Duration.ofSeconds(4), true));

        assertThat(call.out(TurnEffect.BargedIn.class)).isEmpty();
    }

    @Test
    void aCallersSideThatStopsPlayingStopsTheModelToo() {
        Turns call = speaking().in(new TurnInput.CallerPlayed("a1", Duration.ofMillis(700), true));

        assertThat(call.sent(ClientEvent.ResponseCancel.class)).hasSize(1);
        assertThat(call.out(TurnEffect.BargedIn.class))
                .containsExactly(new TurnEffect.BargedIn("a1", Duration.ofMillis(700)));
    }

    @Test
    void aCallersSideThatInterruptsDropsLinesThatWait() {
        Turns call = speaking()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("One moment.")))
                .forget()
                .in(new TurnInput.CallerInterrupted());
        assertThat(fed(call)).contains(new Conversation.Event.AgentCutOff(0));

        call.forget().responseEnds("r1", new Response.Status.Cancelled("client_cancelled"));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();
    }

    @Test
    void whoSpeaksAfterTheAgentWasStoppedHasNotHeardItsWords() {
        Turns call = answered().in(new TurnInput.CallerInterrupted()).forget().callerSpeaks("u1");

        assertThat(fed(call)).containsExactly(new Conversation.Event.AgentCutOff(0.25));
    }

    @Test
    void whoSpeaksAfterAllWasHeardCutsNothingOff() {
        assertThat(fed(answered().passes(Duration.ofSeconds(4)).callerSpeaks("u1")))
                .isEmpty();
    }

    @Test
    void whoTypesHasReadWhatIsStillPlayed() {
        assertThat(fed(answered().in(new TurnInput.CallerTyped("and?")))).isEmpty();
    }

    @Test
    void wordsThatWereDroppedAlreadyAreNotCutOffAgain() {
        Turns call = speaking().in(new TurnInput.CallerInterrupted()).forget().in(new TurnInput.CallerInterrupted());

        assertThat(call.effects).isEmpty();
    }

    @Test
    void afterTheEndOfTheDialogNothingIsStopped() {
        Turns call = speaking().in(new TurnInput.EndWanted(OVER)).forget().callerSpeaks("u1");

        assertThat(call.sent(ClientEvent.ResponseCancel.class)).isEmpty();
        assertThat(call.delivered(Signal.StopPlayback.class)).isEmpty();
    }

    @Test
    void aTranscriptIsToldToEverybodyAndPaid() {
        Turns call = Turns.connected().callerSpeaks("u1").callerStops("u1", 0).forget();
        call.in(ServerEvent.InputTranscriptCompleted.of("e", "u1", "a cleaning"));

        assertThat(call.effects)
                .containsExactly(
                        new TurnEffect.Deliver(new Signal.CallerTranscript("u1", "a cleaning")),
                        new TurnEffect.TranscriptPaid("u1", Optional.empty()),
                        new TurnEffect.Transcribed("u1", "a cleaning"),
                        new TurnEffect.Feed(new Conversation.Event.CallerSpoke("a cleaning")));
    }

    @Test
    void aTranscriptThatWaitsForAnEarlierOneWaitsThreeSecondsFromTheFirst() {
        TurnEffect.Arm wait = new TurnEffect.Arm(TurnTimer.TRANSCRIPT, Duration.ofSeconds(3));
        Turns call = Turns.connected();
        for (String turn : List.of("u1", "u2", "u3")) {
            call.callerSpeaks(turn).callerStops(turn, 0);
        }
        assertThat(call.effects).doesNotContain(wait);

        call.forget().in(ServerEvent.InputTranscriptCompleted.of("e", "u2", "second"));
        assertThat(call.effects).contains(wait);
        call.forget().in(ServerEvent.InputTranscriptCompleted.of("e", "u3", "third"));
        assertThat(call.effects).doesNotContain(wait);
    }

    @Test
    void aSilentCallerIsWaitedForAgain() {
        TurnEffect.Arm again = new TurnEffect.Arm(TurnTimer.SILENCE, Duration.ofSeconds(8));

        assertThat(fires(Turns.connected().forget(), TurnTimer.SILENCE).effects)
                .containsExactly(new TurnEffect.Feed(new Conversation.Event.CallerSilent(1)), again);
    }

    @Test
    void whoSpeaksOrIsSpokenToOrTakesLeaveIsNotSilent() {
        for (Turns call : List.of(
                Turns.connected().callerSpeaks("u1"),
                speaking(),
                Turns.connected()
                        .in(new TurnInput.CallerTyped("hello"))
                        .responseBegins("r1")
                        .calls("r1", "c1", "weather")
                        .responseEnds("r1"))) {
            assertThat(fires(call.forget(), TurnTimer.SILENCE).effects).isEmpty();
        }
        Turns ending = Turns.connected().in(new TurnInput.EndWanted(OVER)).forget();
        assertThat(fed(fires(ending, TurnTimer.SILENCE))).isEmpty();
    }

    @Test
    void whoSaysSomethingIsNotSilentAnyMore() {
        Turns call = Turns.connected();
        fires(fires(call, TurnTimer.SILENCE), TurnTimer.SILENCE).in(new TurnInput.CallerTyped("here"));
        call.answers("r1", "a1", "Good", SECOND).forget();

        assertThat(fed(fires(call, TurnTimer.SILENCE))).containsExactly(new Conversation.Event.CallerSilent(1));
    }

    @Test
    void aRecordingIsOneForAMinute() {
        Turns recording = Turns.connected()
                .passes(Duration.ofSeconds(90))
                .in(new TurnInput.CallerRecords())
                .forget();
        assertThat(fed(fires(recording.passes(Duration.ofMillis(59_999)), TurnTimer.SILENCE)))
                .isEmpty();
        assertThat(fed(fires(recording.passes(Duration.ofMillis(1)), TurnTimer.SILENCE)))
                .containsExactly(new Conversation.Event.CallerSilent(1));
    }

    @Test
    void silenceIsNotWaitedForAnewWhenNothingHappened() {
        Turns call = Turns.connected().forget().in(new TurnInput.CallerRecords());

        assertThat(call.effects).isEmpty();
    }

    @Test
    void theCallEndsWhenItsLastWordsWereHeardAndNotBefore() {
        Turns call = answered().in(new TurnInput.EndWanted(OVER));
        assertThat(call.effects).contains(new TurnEffect.Arm(TurnTimer.FAREWELL, Duration.ofSeconds(3)));
        assertThat(call.effects).noneMatch(e -> e instanceof TurnEffect.Arm arm && arm.timer() == TurnTimer.SILENCE);

        Turns busy = fires(speaking().in(new TurnInput.EndWanted(OVER)), TurnTimer.FAREWELL);
        assertThat(busy.state.finished()).isFalse();
        Turns never = fires(Turns.connected(), TurnTimer.FAREWELL);
        assertThat(never.state.finished()).isFalse();
    }

    @Test
    void afterItsLastWordsAreWantedACallTakesTurnsAndAnswersNone() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("Please call again later. Goodbye.")))
                .in(new TurnInput.EndWanted(OVER, true))
                .responseBegins("r1")
                .forget()
                .callerSpeaks("u1")
                .in(new TurnInput.CallerStopped(new ServerEvent.SpeechStopped("e", SECOND, "u1"), 0))
                .utteranceBegins("r1", "a1")
                .speaks("r1", "a1", "Please call again later. Goodbye.", SECOND)
                .in(new ServerEvent.AudioCommitted("e", Optional.empty(), "u1"))
                .in(new TurnInput.ToolLate("c1", "weather", "{}"))
                .responseEnds("r1");
        assertThat(call.out(TurnEffect.TurnTaken.class)).hasSize(1);
        assertThat(call.out(TurnEffect.Answered.class)).isEmpty();
        assertThat(call.effects)
                .noneMatch(
                        e -> e instanceof TurnEffect.Send send && send.event() instanceof ClientEvent.ResponseCreate);
        assertThat(fires(call, TurnTimer.FAREWELL).state.finished()).isTrue();
    }

    @Test
    void lastWordsOutliveALineThatIsLostAndWhatTheCallerSaysMeanwhile() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("Goodbye.")))
                .in(new TurnInput.EndWanted(OVER, true))
                .in(new TurnInput.LineLost())
                .in(new TurnInput.CallerTyped("and?"))
                .forget()
                .in(new TurnInput.LineChanged());
        assertThat(call.out(TurnEffect.Send.class).toString()).contains("Goodbye.");
    }

    @Test
    void whoWaitsForAPersonIsAnsweredAgainOnceTheWordsBeforeItWereSaid() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("I'll connect you.")))
                .in(new TurnInput.EndWanted(new Outcome.HandedOver("desk", "cap"), true))
                .in(new TurnInput.CallerTyped("Tuesday"))
                .responseBegins("r1")
                .answers("r1", "a1", "I'll connect you.", SECOND)
                .forget();
        assertThat(call.state.gate().hasWishes()).isFalse();
        assertThat(call.in(new TurnInput.CallerTyped("Hello?")).effects)
                .anyMatch(e -> e instanceof TurnEffect.Send send && send.event() instanceof ClientEvent.ResponseCreate);
    }

    @Test
    void whatWasDecidedAboutTheEndStands() {
        Outcome other = new Outcome.Abandoned("nobody was free");
        Turns call = Turns.connected().in(new TurnInput.EndWanted(OVER));

        assertThat(fires(call.in(new TurnInput.EndSettled(Optional.of(other))), TurnTimer.FAREWELL)
                        .out(TurnEffect.Finish.class))
                .containsExactly(new TurnEffect.Finish(other));
        Turns open = Turns.connected().in(new TurnInput.EndWanted(OVER)).in(new TurnInput.EndSettled(Optional.empty()));
        assertThat(fires(open, TurnTimer.FAREWELL).state.finished()).isFalse();
    }

    @Test
    void theFirstEndOfTheDialogCounts() {
        Turns call = Turns.connected()
                .in(new TurnInput.EndWanted(OVER))
                .in(new TurnInput.EndWanted(new Outcome.Abandoned("later")));

        assertThat(fires(call, TurnTimer.FAREWELL).out(TurnEffect.Finish.class))
                .containsExactly(new TurnEffect.Finish(OVER));
    }

    @Test
    void aResponseThatStallsIsCancelledAndItsWordsEnd() {
        Turns call = fires(speaking(), TurnTimer.RESPONSE);

        assertThat(call.out(TurnEffect.Problem.class))
                .containsExactly(new TurnEffect.Problem("response_stalled", "no event for PT15S"));
        assertThat(call.sent(ClientEvent.class))
                .hasSize(2)
                .hasAtLeastOneElementOfType(ClientEvent.ResponseCancel.class)
                .hasAtLeastOneElementOfType(ClientEvent.ResponseCreate.class);
        assertThat(call.delivered(Signal.UtteranceEnded.class))
                .containsExactly(new Signal.UtteranceEnded("a1", "Good mor", true));
        assertThat(fires(Turns.connected().forget(), TurnTimer.RESPONSE).effects)
                .as("nothing is in flight that could stall")
                .isEmpty();
    }

    @Test
    void anAnswerThatIsStillOwedIsAskedForWhenACancelledResponseStalls() {
        Turns owed = speaking().in(new TurnInput.CallerTyped("wait")).forget();
        assertThat(fires(owed, TurnTimer.RESPONSE).sent(ClientEvent.ResponseCreate.class))
                .hasSize(1);

        Turns unasked = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("Hello")))
                .responseBegins("r1")
                .in(new TurnInput.CallerInterrupted())
                .forget();
        assertThat(fires(unasked, TurnTimer.RESPONSE).sent(ClientEvent.ResponseCreate.class))
                .isEmpty();
    }

    @Test
    void aCallersSideWithAnotherFormatIsMeasuredInIt() {
        SessionSettings telephone = SessionSettings.defaults()
                .withCaller(AudioFormat.G711_ULAW, AudioFormat.G711_ULAW, Modality.AUDIO, new TurnDetection.Manual());
        Turns call = answered().in(new TurnInput.CallerConfigured(telephone));
        assertThat(call.state.playback()).isEqualTo(PlaybackLedger.empty(AudioFormat.G711_ULAW));

        Turns same = answered();
        PlaybackLedger before = same.state.playback();
        same.in(new TurnInput.CallerConfigured(SessionSettings.defaults().withSilence(SECOND, 1)));
        assertThat(same.state.playback()).isEqualTo(before);
        assertThat(same.state.rules().silenceTimeout()).isEqualTo(SECOND);
    }

    @Test
    void aLineThatIsLostEndsWhatItWasSayingAndItsTimers() {
        Turns call = speaking().in(new TurnInput.LineLost());

        assertThat(call.delivered(Signal.UtteranceEnded.class))
                .containsExactly(new Signal.UtteranceEnded("a1", "Good mor", true));
        assertThat(call.effects)
                .contains(new TurnEffect.Disarm(TurnTimer.RESPONSE), new TurnEffect.Disarm(TurnTimer.SILENCE));
        assertThat(call.delivered(Signal.TurnEnded.class))
                .as("its answer is still owed")
                .isEmpty();
    }

    @Test
    void aLineThatIsLostEndsATurnThatNobodyHadAskedFor() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("Hello")))
                .responseBegins("r1")
                .forget()
                .in(new TurnInput.LineLost());
        assertThat(call.delivered(Signal.TurnEnded.class)).hasSize(1);

        assertThat(Turns.connected().forget().in(new TurnInput.LineLost()).delivered(Signal.TurnEnded.class))
                .as("nothing was said")
                .isEmpty();
    }

    @Test
    void anotherLineBeginsWithoutSpeechAndToldWhatWaits() {
        Turns call = Turns.connected();
        for (String turn : List.of("u1", "u2")) {
            call.callerSpeaks(turn).callerStops(turn, 0);
        }
        call.in(ServerEvent.InputTranscriptCompleted.of("e", "u2", "second"))
                .responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .callerSpeaks("u3")
                .forget()
                .in(new TurnInput.LineChanged());

        assertThat(call.effects)
                .contains(
                        new TurnEffect.Transcribed("u2", "second"),
                        new TurnEffect.Disarm(TurnTimer.FLOOR),
                        new TurnEffect.Deliver(new Signal.UtteranceEnded("a1", "", true)));
        assertThat(call.state.callerSpeaking()).isFalse();
    }

    @Test
    void anotherLineIsNotAskedForWhatWasAnswered() {
        Turns call = answered().in(new TurnInput.LineChanged());

        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();
    }

    @Test
    void anotherLineKnowsNothingOfWhatTheOldOneSaid() {
        Turns call =
                answered().callerSpeaks("u1").in(new TurnInput.LineChanged()).forget();
        call.callerSpeaks("u2").callerStops("u2", 0);

        assertThat(call.sent(ClientEvent.ItemTruncate.class)).isEmpty();
        assertThat(call.sent(ClientEvent.ItemDelete.class)).isEmpty();
    }

    @Test
    void soundThatTheModelForgetsGivesTheFloorBack() {
        Turns call = Turns.connected().callerSpeaks("u1").forget().in(new ServerEvent.AudioCleared("e"));

        assertThat(call.state.callerSpeaking()).isFalse();
        assertThat(call.effects).contains(new TurnEffect.Disarm(TurnTimer.FLOOR));
    }

    @Test
    void whatCannotBeSentForLongIsKeptUpToSixteenItems() {
        Turns call = Turns.connected().in(new TurnInput.LineLost());
        for (int i = 1; i <= 20; i++) {
            call.in(new TurnInput.CallerTyped("line " + i));
        }
        call.forget().in(new TurnInput.LineChanged());

        assertThat(call.sent(ClientEvent.ItemCreate.class))
                .hasSize(16)
                .first()
                .extracting(created -> ((Item.Message) created.item()).content())
                .isEqualTo(List.of(new ContentPart.InputText("line 5")));
    }

    @Test
    void theModelsOwnWordForTheEndOfSpeechIsTakenAsNow() {
        Turns call = Turns.connected().callerSpeaks("u1").forget();
        call.in(new ServerEvent.SpeechStopped("e", SECOND, "u1"));

        assertThat(call.delivered(Signal.SpeechStopped.class)).containsExactly(new Signal.SpeechStopped("u1", SECOND));
    }
}
