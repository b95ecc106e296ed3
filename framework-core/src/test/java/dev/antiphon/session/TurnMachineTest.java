package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.TurnTimeline.Part;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnMachineTest {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private static ClientEvent.ResponseCreate onlyAsk(Turns call) {
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
        return call.sent(ClientEvent.ResponseCreate.class).get(0);
    }

    @Test
    void aTypedTurnBecomesAnItemAndOneAskForAnAnswer() {
        Turns call = Turns.connected().forget().in(new TurnInput.CallerTyped("hello"));

        assertThat(call.sent(ClientEvent.ItemCreate.class)).hasSize(1);
        onlyAsk(call);
        assertThat(call.delivered(Signal.CallerTurn.class)).hasSize(1);
    }

    @Test
    void aSpokenTurnIsAnsweredOnceWhenItIsCommitted() {
        Turns call = Turns.connected().forget().callerSpeaks("u1");
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();

        call.callerStops("u1", call.nowNanos);

        onlyAsk(call);
    }

    @Test
    void asksWhileAResponseIsActiveAreKeptAndCoalesced() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .forget();

        call.in(new TurnInput.SayWanted(Conversation.Speech.say("One moment.")))
                .in(new TurnInput.SayWanted(Conversation.Speech.say("Still here.")));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();

        call.responseEnds("r1");
        assertThat(onlyAsk(call).response().instructions().orElseThrow()).contains("One moment. Still here.");
    }

    @Test
    void parallelToolCallsGetOneFollowUpWhenTheLastHasSettled() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("book"))
                .responseBegins("r1")
                .calls("r1", "c1", "weather")
                .calls("r1", "c2", "weather")
                .forget();

        call.in(new TurnInput.CallAnswered("c2", "{}")).responseEnds("r1");
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();
        assertThat(call.outputsTo("c2")).isEmpty();

        call.in(new TurnInput.CallAnswered("c1", "{}"));
        assertThat(call.outputsTo("c1")).hasSize(1);
        assertThat(call.outputsTo("c2")).hasSize(1);
        onlyAsk(call);
    }

    @Test
    void aResultThatArrivesWhileTheModelStillSpeaksWaitsForItsLastWord() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("book"))
                .responseBegins("r1")
                .calls("r1", "c1", "weather")
                .forget()
                .in(new TurnInput.CallAnswered("c1", "{}"));

        assertThat(call.outputsTo("c1")).isEmpty();
        call.responseEnds("r1");
        assertThat(call.outputsTo("c1")).hasSize(1);
    }

    @Test
    void theDialogsOwnToolsGoToTheDialogAndOthersToThePool() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("book"))
                .responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .calls("r1", "c2", "weather");

        assertThat(call.has(e -> e instanceof TurnEffect.Feed feed
                        && feed.event() instanceof Conversation.Event.ToolCalled called
                        && called.callId().equals("c1")))
                .isTrue();
        assertThat(call.out(TurnEffect.CallTool.class))
                .extracting(TurnEffect.CallTool::callId)
                .containsExactly("c2");
    }

    @Test
    void aCallIdThatIsUsedTwiceIsRunOnce() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("book"))
                .responseBegins("r1")
                .calls("r1", "c1", "weather")
                .calls("r1", "c1", "weather")
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .responseEnds("r1")
                .responseBegins("r2")
                .calls("r2", "c1", "weather");

        assertThat(call.out(TurnEffect.CallTool.class)).hasSize(1);
        assertThat(call.outputsTo("c1")).hasSize(1);
    }

    @Test
    void aCallThatWasInterruptedBeforeItWasCompleteIsAnsweredAndNotRun() {
        Turns call = Turns.connected().in(new TurnInput.CallerTyped("book")).responseBegins("r1");
        call.in(new ServerEvent.OutputItemDone(
                        "e",
                        "r1",
                        0,
                        new Item.FunctionCall(
                                java.util.Optional.of("f"), Item.Status.INCOMPLETE, "c1", "weather", "{\"ci")))
                .responseEnds("r1", new Response.Status.Cancelled("client_cancelled"));

        assertThat(call.out(TurnEffect.CallTool.class)).isEmpty();
        assertThat(call.outputsTo("c1")).hasSize(1);
    }

    @Test
    void aLatePlaybackReportLeavesTheAnswerToTheNewTurnAlone() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .answers("r1", "a1", "A long answer.", TWO_SECONDS)
                .passes(Duration.ofMillis(700))
                .in(new TurnInput.CallerTyped("stop, something else"))
                .responseBegins("r2")
                .forget();

        call.in(new TurnInput.CallerPlayed("a1", Duration.ofMillis(640), true));

        assertThat(call.sent(ClientEvent.ResponseCancel.class)).isEmpty();
        assertThat(call.sent(ClientEvent.ItemTruncate.class)).isEmpty();
        assertThat(call.out(TurnEffect.BargedIn.class)).isEmpty();
    }

    @Test
    void bargeInStopsPlaybackCancelsAndTruncatesAtWhatWasPlayed() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .speaks("r1", "a1", "Good morning", TWO_SECONDS)
                .passes(Duration.ofMillis(700))
                .forget()
                .callerSpeaks("u1");

        assertThat(call.delivered(Signal.StopPlayback.class)).hasSize(1);
        assertThat(call.sent(ClientEvent.ResponseCancel.class)).hasSize(1);

        call.in(new TurnInput.CallerPlayed("a1", Duration.ofMillis(640), true));
        assertThat(call.sent(ClientEvent.ItemTruncate.class))
                .extracting(ClientEvent.ItemTruncate::audioEnd)
                .containsExactly(Duration.ofMillis(640));
    }

    @Test
    void withoutAReportOfTheCallersSideTheEstimateIsUsedAfterAWhile() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .answers("r1", "a1", "Good morning", TWO_SECONDS)
                .passes(Duration.ofMillis(700))
                .callerSpeaks("u1")
                .passes(Duration.ofMillis(400))
                .in(new TurnInput.TimerFired(TurnTimer.HEARD));

        assertThat(call.sent(ClientEvent.ItemTruncate.class))
                .extracting(ClientEvent.ItemTruncate::audioEnd)
                .containsExactly(Duration.ofMillis(700));
        assertThat(call.sent(ClientEvent.ResponseCancel.class)).isEmpty();
    }

    @Test
    void anUtteranceOfWhichNothingWasHeardIsForgottenInsteadOfTruncatedToZero() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .answers("r1", "a1", "Good morning", TWO_SECONDS)
                .callerSpeaks("u1")
                .in(new TurnInput.TimerFired(TurnTimer.HEARD));

        assertThat(call.sent(ClientEvent.ItemTruncate.class)).isEmpty();
        assertThat(call.sent(ClientEvent.ItemDelete.class))
                .extracting(ClientEvent.ItemDelete::itemId)
                .containsExactly("a1");
    }

    @Test
    void speechAfterEverythingWasHeardIsNoBargeIn() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .answers("r1", "a1", "Good morning", TWO_SECONDS)
                .passes(Duration.ofSeconds(3))
                .forget()
                .callerSpeaks("u1");

        assertThat(call.out(TurnEffect.BargedIn.class)).isEmpty();
        assertThat(call.delivered(Signal.StopPlayback.class)).isEmpty();
    }

    @Test
    void aProtectedLineIsNotInterrupted() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(new Conversation.Speech("This call is recorded.", true, false)))
                .responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .speaks("r1", "a1", "This call", TWO_SECONDS)
                .forget()
                .callerSpeaks("u1");

        assertThat(call.sent(ClientEvent.ResponseCancel.class)).isEmpty();
        assertThat(call.delivered(Signal.StopPlayback.class)).isEmpty();
    }

    @Test
    void aBusyServerIsAskedAgainWhenItsResponseIsDone() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .forget()
                .in(new ServerEvent.ErrorReported("e", Turns.error("conversation_already_has_active_response")));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();

        call.responseEnds("somebody_elses");
        onlyAsk(call);
    }

    @Test
    void theLatencyPartsOfAToolTurnAddUpToTheTotal() {
        Turns call = Turns.connected().callerSpeaks("u1");
        long voiceEnd = call.nowNanos;
        call.passes(Duration.ofMillis(500)).callerStops("u1", voiceEnd);
        call.passes(Duration.ofMillis(300))
                .responseBegins("r1")
                .calls("r1", "c1", "weather")
                .responseEnds("r1");
        call.passes(Duration.ofMillis(200)).in(new TurnInput.CallAnswered("c1", "{}"));
        call.passes(Duration.ofMillis(100)).answers("r2", "a1", "Sunny", TWO_SECONDS);

        TurnTimeline timeline = call.out(TurnEffect.Answered.class).get(0).untilReceived();
        assertThat(timeline.parts())
                .containsEntry(Part.ENDPOINTING, Duration.ofMillis(500))
                .containsEntry(Part.MODEL, Duration.ofMillis(300))
                .containsEntry(Part.TOOL, Duration.ofMillis(200))
                .containsEntry(Part.MODEL2, Duration.ofMillis(100));
        assertThat(timeline.total()).isEqualTo(Duration.ofMillis(1100));
        assertThat(timeline.tool()).isTrue();
        assertThat(call.out(TurnEffect.Answered.class)).hasSize(1);
    }

    @Test
    void theGreetingIsNoAnsweredTurn() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("Hello")))
                .answers("r1", "a1", "Hello", TWO_SECONDS);

        assertThat(call.out(TurnEffect.Answered.class)).isEmpty();
    }

    @Test
    void silenceIsCountedFromTheMomentEverythingWasHeard() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .forget()
                .answers("r1", "a1", "Good morning", TWO_SECONDS);

        assertThat(call.out(TurnEffect.Arm.class).stream()
                        .filter(a -> a.timer() == TurnTimer.SILENCE)
                        .reduce((a, b) -> b))
                .hasValueSatisfying(arm -> assertThat(arm.delay()).isEqualTo(Duration.ofSeconds(10)));
    }

    @Test
    void aCallerWhoStaysSilentIsAskedAndThenLetGo() {
        Turns call = Turns.connected().forget();
        for (int i = 0; i < 4; i++) {
            call.in(new TurnInput.TimerFired(TurnTimer.SILENCE));
        }

        assertThat(call.out(TurnEffect.Feed.class)).hasSize(3);
        assertThat(call.out(TurnEffect.Finish.class))
                .extracting(f -> f.outcome().name())
                .containsExactly("abandoned");
    }

    @Test
    void theCallEndsWhenTheFarewellWasHeard() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("bye"))
                .in(new TurnInput.EndWanted(new Outcome.Completed("f", "done")))
                .answers("r1", "a1", "Goodbye", TWO_SECONDS);
        assertThat(call.out(TurnEffect.Finish.class)).isEmpty();

        call.passes(TWO_SECONDS).in(new TurnInput.TimerFired(TurnTimer.FAREWELL));
        assertThat(call.out(TurnEffect.Finish.class)).hasSize(1);
        assertThat(call.state.finished()).isTrue();
    }

    @Test
    void hangingUpAnswersTheOpenCallsAndEndsTheCall() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("book"))
                .responseBegins("r1")
                .calls("r1", "c1", "weather")
                .in(new TurnInput.CallerGone(new Outcome.Abandoned("hung up")));

        assertThat(call.outputsTo("c1")).hasSize(1);
        assertThat(call.out(TurnEffect.Finish.class)).hasSize(1);
        assertThat(call.forget().in(new TurnInput.CallerTyped("late")).effects).isEmpty();
    }

    @Test
    void aResponseThatNeverComesIsAskedForAgainAndThenTheLineIsGivenUp() {
        Turns call = Turns.connected().in(new TurnInput.CallerTyped("hello")).forget();

        call.in(new TurnInput.TimerFired(TurnTimer.RESPONSE));
        onlyAsk(call);
        assertThat(call.out(TurnEffect.GiveUpLine.class)).isEmpty();

        call.in(new TurnInput.TimerFired(TurnTimer.RESPONSE));
        assertThat(call.out(TurnEffect.GiveUpLine.class)).hasSize(1);
    }

    @Test
    void aFailedResponseIsAskedForAgainAndThenTheLineIsGivenUp() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .forget();

        call.responseEnds("r1", new Response.Status.Failed(Turns.error("server_error")));
        onlyAsk(call);

        call.responseBegins("r2").responseEnds("r2", new Response.Status.Failed(Turns.error("server_error")));
        assertThat(call.out(TurnEffect.GiveUpLine.class)).hasSize(1);
    }

    @Test
    void anAnswerThatTheGivenUpLineOwesIsAskedForOnTheNextAndNotOnItself() {
        Turns call = Turns.connected().in(new TurnInput.CallerTyped("hello"));
        for (int i = 1; i <= 2; i++) {
            call.forget()
                    .responseBegins("r" + i)
                    .responseEnds("r" + i, new Response.Status.Failed(Turns.error("oops")));
        }
        assertThat(call.out(TurnEffect.GiveUpLine.class)).hasSize(1);
        assertThat(call.sent(ClientEvent.class)).isEmpty();
        assertThat(call.delivered(Signal.TurnEnded.class)).isEmpty();

        call.in(new TurnInput.LineLost()).in(new TurnInput.LineChanged());
        onlyAsk(call);
    }

    @Test
    void aLineThatWasBeingSaidWhenTheConnectionBrokeIsSaidOnTheNext() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.verbatim("This call is recorded.")))
                .responseBegins("r1")
                .in(new TurnInput.LineLost())
                .forget()
                .in(new TurnInput.LineChanged());

        assertThat(onlyAsk(call).response().instructions().orElse("")).contains("This call is recorded.");
    }

    @Test
    void aLineThatFailsOrIsRefusedAsBusyIsSaidAgainAndNotReplacedByAnAnswer() {
        Turns failed = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.verbatim("This call is recorded.")))
                .responseBegins("r1")
                .forget()
                .responseEnds("r1", new Response.Status.Failed(Turns.error("oops")));
        assertThat(onlyAsk(failed).response().instructions().orElse("")).contains("This call is recorded.");

        Turns busy = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.verbatim("This call is recorded.")))
                .in(new ServerEvent.ErrorReported("e", Turns.error("conversation_already_has_active_response")))
                .forget()
                .responseEnds("other");
        assertThat(onlyAsk(busy).response().instructions().orElse("")).contains("This call is recorded.");
    }

    @Test
    void theLateEndOfAResponseThatWasGivenUpIsNotTheEndOfTheNext() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .in(new TurnInput.TimerFired(TurnTimer.RESPONSE))
                .forget()
                .responseEnds("r1", new Response.Status.Cancelled("client_cancelled"))
                .in(new TurnInput.SayWanted(Conversation.Speech.say("one moment")));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();

        call.responseBegins("r2").in(new TurnInput.TimerFired(TurnTimer.RESPONSE));
        assertThat(call.out(TurnEffect.GiveUpLine.class)).hasSize(1);
    }

    @Test
    void aCallThatAGivenUpResponseStillMakesIsAnsweredAndNotRun() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .in(new TurnInput.TimerFired(TurnTimer.RESPONSE))
                .forget()
                .calls("r1", "c1", "weather");

        assertThat(call.out(TurnEffect.CallTool.class)).isEmpty();
        assertThat(call.outputsTo("c1")).singleElement().asString().contains("too late");
    }

    @Test
    void silenceIsWaitedForFromTheFirstLineOnAndNotWhileThereIsNone() {
        assertThat(Turns.connected().has(e -> e instanceof TurnEffect.Arm arm && arm.timer() == TurnTimer.SILENCE))
                .isTrue();
        assertThat(Turns.connected()
                        .forget()
                        .in(new TurnInput.LineLost())
                        .has(new TurnEffect.Disarm(TurnTimer.SILENCE)::equals))
                .isTrue();
    }

    @Test
    void aCallerWhoGoesSilentWithoutTheModelsNoticeGivesTheFloorBack() {
        Turns call = Turns.connected().callerSpeaks("u1").forget().in(new TurnInput.TimerFired(TurnTimer.FLOOR));
        assertThat(TurnMachine.atBoundary(call.state)).isTrue();
        assertThat(call.has(e -> e instanceof TurnEffect.Arm arm && arm.timer() == TurnTimer.SILENCE))
                .isTrue();

        onlyAsk(Turns.connected().callerSpeaks("u1").in(new TurnInput.CallerTyped("can you hear me?")));
    }

    @Test
    void whatTheModelGeneratedAfterTheBargeInIsTakenFromItsMemory() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .forget()
                .in(new TurnInput.CallerInterrupted())
                .speaks("r1", "a1", "Never heard", TWO_SECONDS)
                .utteranceEnds("r1", "a1", Item.Status.INCOMPLETE);

        assertThat(call.delivered(Signal.UtteranceAudio.class)).isEmpty();
        assertThat(call.sent(ClientEvent.ItemDelete.class))
                .extracting(ClientEvent.ItemDelete::itemId)
                .containsExactly("a1");
    }

    @Test
    void theFirstWrittenWordIsTheFirstOutputOfAWrittenTurn() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .passes(Duration.ofMillis(300))
                .in(new ServerEvent.TextDelta("e", "r1", "a1", 0, 0, "Hi"))
                .passes(TWO_SECONDS)
                .utteranceEnds("r1", "a1", Item.Status.COMPLETED);

        assertThat(call.out(TurnEffect.Answered.class))
                .singleElement()
                .extracting(answered -> answered.untilReceived().parts().get(Part.MODEL))
                .isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aTranscriptThatFailedIsToldToTheCallersSide() {
        Turns call = Turns.connected()
                .in(new ServerEvent.InputTranscriptFailed("e", "u1", 0, Turns.error("audio_unintelligible")));

        assertThat(call.delivered(Signal.CallerTranscriptFailed.class))
                .containsExactly(new Signal.CallerTranscriptFailed("u1", "audio_unintelligible", "no"));
    }

    @Test
    void aLineThatTheCallersTurnOvertakesIsNotBelievedToBeHeard() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .in(new TurnInput.SayWanted(Conversation.Speech.verbatim("You're booked.")))
                .forget()
                .in(new TurnInput.CallerTyped("and another thing"));

        assertThat(call.has(new TurnEffect.Feed(new Conversation.Event.AgentCutOff(0))::equals))
                .isTrue();
    }

    @Test
    void anOwedAnswerIsAskedForOnTheNewLine() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .in(new TurnInput.LineLost())
                .forget()
                .in(new TurnInput.LineChanged());
        onlyAsk(call);
    }

    @Test
    void aCallOfTheOldLineIsAnsweredOnTheNewLine() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("book"))
                .responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .in(new TurnInput.LineLost())
                .forget()
                .in(new TurnInput.LineChanged());
        assertThat(call.sent(ClientEvent.class)).as("the call is still open").isEmpty();

        call.in(new TurnInput.CallAnswered("c1", "{\"say\":\"Booked\"}"));
        assertThat(call.outputsTo("c1")).containsExactly("{\"say\":\"Booked\"}");
        onlyAsk(call);
    }

    @Test
    void aTurnThatTheLineTookWithItIsAskedForAgainOnce() {
        Turns call = Turns.connected()
                .callerSpeaks("u1")
                .callerStops("u1", 0)
                .in(new TurnInput.LineLost())
                .in(new TurnInput.TurnUnheard("Sorry, could you say that again?"))
                .in(new TurnInput.LineChanged())
                .responseBegins("r1")
                .in(new TurnInput.LineLost())
                .in(new TurnInput.TurnUnheard("Sorry, could you say that again?"))
                .forget()
                .in(new TurnInput.LineChanged());

        assertThat(onlyAsk(call).response().instructions().orElse("").split("say that again", -1))
                .hasSize(2);
        assertThat(call.responseBegins("r2").responseEnds("r2").sent(ClientEvent.ResponseCreate.class))
                .as("nothing to answer is left")
                .hasSize(1);
    }

    @Test
    void whatIsTypedWhileTheLineIsDownReachesTheNextLine() {
        Turns call =
                Turns.connected().in(new TurnInput.LineLost()).forget().in(new TurnInput.CallerTyped("are you there?"));
        assertThat(call.sent(ClientEvent.class)).isEmpty();

        call.in(new TurnInput.LineChanged());
        assertThat(call.sent(ClientEvent.ItemCreate.class)).hasSize(1);
        onlyAsk(call);
    }

    @Test
    void aCancelThatCrossesTheEndOfItsResponseIsNoProblem() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .in(new TurnInput.CallerInterrupted())
                .responseEnds("r1")
                .in(new ServerEvent.ErrorReported("e", Turns.error("response_cancel_not_active")));

        assertThat(call.sent(ClientEvent.ResponseCancel.class)).hasSize(1);
        assertThat(call.out(TurnEffect.Problem.class)).isEmpty();
    }

    @Test
    void aTurnEndedByHandBeforeThereIsALineIsCommittedOnIt() {
        Turns call = new Turns().in(new TurnInput.CallerCommitted());
        assertThat(call.sent(ClientEvent.class)).isEmpty();

        call.in(new TurnInput.LineChanged());
        assertThat(call.sent(ClientEvent.AudioCommit.class)).hasSize(1);

        call.in(new ServerEvent.AudioCommitted("e", Optional.empty(), "item_1"));
        onlyAsk(call);
    }

    @Test
    void aCommitThatALostLineDidNotConfirmIsSentAgainAndOnlyOnce() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerCommitted())
                .in(new TurnInput.LineLost())
                .forget()
                .in(new TurnInput.LineChanged())
                .in(new ServerEvent.AudioCommitted("e", Optional.empty(), "item_1"))
                .in(new TurnInput.LineLost())
                .in(new TurnInput.LineChanged());

        assertThat(call.sent(ClientEvent.AudioCommit.class)).hasSize(1);
    }

    @Test
    void aCommitOfNothingIsToldToTheCallersSide() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerCommitted())
                .in(new ServerEvent.ErrorReported("e", Turns.error("input_audio_buffer_commit_empty")));
        assertThat(call.delivered(CallerChannel.Signal.Problem.class))
                .extracting(CallerChannel.Signal.Problem::code)
                .containsExactly("input_audio_buffer_commit_empty");

        call.in(new TurnInput.LineLost()).forget().in(new TurnInput.LineChanged());
        assertThat(call.sent(ClientEvent.AudioCommit.class)).isEmpty();
    }

    @Test
    void aResultThatSettlesWhileTheLineIsDownReachesTheNextLine() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("book"))
                .responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .in(new TurnInput.LineLost())
                .in(new TurnInput.CallAnswered("c1", "{\"say\":\"Booked\"}"))
                .forget()
                .in(new TurnInput.LineChanged());

        assertThat(call.outputsTo("c1")).singleElement().asString().contains("Booked");
        onlyAsk(call);
    }

    @Test
    void aCallersSideThatStopsPlayingByItselfIsABargeIn() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .answers("r1", "a1", "Good morning", TWO_SECONDS)
                .passes(Duration.ofMillis(700))
                .forget()
                .in(new TurnInput.CallerPlayed("a1", Duration.ofMillis(600), true))
                .in(new TurnInput.CallerTyped("wait"));

        assertThat(call.out(TurnEffect.BargedIn.class))
                .extracting(TurnEffect.BargedIn::heard)
                .containsExactly(Duration.ofMillis(600));
        assertThat(call.sent(ClientEvent.ItemTruncate.class)).hasSize(1);
    }

    @Test
    void wordsTypedDuringTheGreetingFollowItAndAreAnswered() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("Hello")))
                .forget()
                .in(new TurnInput.CallerTyped("a cleaning on Tuesday"));
        assertThat(call.sent(ClientEvent.ItemCreate.class)).isEmpty();

        call.responseBegins("r1");
        assertThat(call.sent(ClientEvent.ResponseCancel.class)).hasSize(1);

        call.responseEnds("r1", new Response.Status.Cancelled("client_cancelled"));
        assertThat(call.sent(ClientEvent.ItemCreate.class)).hasSize(1);
        onlyAsk(call);
    }

    @Test
    void theDialogHearsHowMuchOfItsLastWordsWasHeard() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .answers("r1", "a1", "Shall I book it?", TWO_SECONDS)
                .passes(Duration.ofMillis(500))
                .forget()
                .callerSpeaks("u1");

        assertThat(call.out(TurnEffect.Feed.class))
                .extracting(TurnEffect.Feed::event)
                .containsExactly(new Conversation.Event.AgentCutOff(0.25));
    }

    @Test
    void aToolsAnswerThatWasNeverSpokenCountsAsNotHeard() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("yes"))
                .responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .responseEnds("r1")
                .in(new TurnInput.CallAnswered("c1", "{\"say\":\"You're booked\"}"))
                .forget()
                .in(new TurnInput.CallerTyped("no, eleven"));

        assertThat(call.out(TurnEffect.Feed.class))
                .extracting(TurnEffect.Feed::event)
                .containsExactly(new Conversation.Event.AgentCutOff(0));
    }

    @Test
    void unknownEventsAreCountedAndNothingElse() {
        Turns call = Turns.connected()
                .forget()
                .in(new ServerEvent.Unknown("e", "galaxy.exploded", dev.antiphon.realtime.RawJson.EMPTY_OBJECT));

        assertThat(call.effects).hasOnlyElementsOfType(TurnEffect.Problem.class);
    }
}
