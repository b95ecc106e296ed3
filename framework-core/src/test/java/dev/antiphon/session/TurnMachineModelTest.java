package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallerChannel.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the turn machine makes of the model's responses: what is passed on, paid, answered, given up. */
class TurnMachineModelTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Response.Status COMPLETED = new Response.Status.Completed();
    private static final TurnEffect.Arm WAITS_FOR_MORE =
            new TurnEffect.Arm(TurnTimer.RESPONSE, SessionSettings.defaults().responseTimeout());

    private static Turns asked() {
        return Turns.connected().in(new TurnInput.CallerTyped("hello"));
    }

    private static Turns speaking() {
        return asked().responseBegins("r1").utteranceBegins("r1", "a1").forget();
    }

    private static Turns ends(Turns call, String id, Response.Status status, List<Item> output, Optional<Usage> usage) {
        Response response = new Response(id, status, Optional.of("conv"), output, usage, Optional.empty());
        return call.in(new ServerEvent.ResponseDone("e", response));
    }

    private static Turns strayEnds(Turns call, String id) {
        Response stray = new Response(id, COMPLETED, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        return call.in(new ServerEvent.ResponseDone("e", stray));
    }

    private static List<String> problems(Turns call) {
        return call.out(TurnEffect.Problem.class).stream()
                .map(TurnEffect.Problem::code)
                .toList();
    }

    private static Item.McpCall mcpCall() {
        return new Item.McpCall("m1", "crm", "find", "{}", Optional.empty(), Optional.of("found"), Optional.empty());
    }

    private static Turns saysDone(Turns call, Item.Status status) {
        return call.in(new ServerEvent.OutputItemDone(
                "e", "r1", 0, new Item.Message(Optional.of("a1"), Item.Role.ASSISTANT, status, List.of())));
    }

    @Test
    void anUtteranceIsPassedOnPieceByPiece() {
        Turns call = asked().responseBegins("r1").forget().utteranceBegins("r1", "a1");
        call.speaks("r1", "a1", "Good", SECOND).speaks("r1", "a1", " morning", SECOND);
        saysDone(call, Item.Status.COMPLETED);

        assertThat(call.out(TurnEffect.Deliver.class))
                .extracting(TurnEffect.Deliver::signal)
                .containsExactly(
                        new Signal.UtteranceStarted("a1"),
                        new Signal.UtteranceText("a1", "Good"),
                        new Signal.UtteranceAudio("a1", Turns.audio(SECOND)),
                        new Signal.UtteranceText("a1", " morning"),
                        new Signal.UtteranceAudio("a1", Turns.audio(SECOND)),
                        new Signal.UtteranceEnded("a1", "Good morning", false));
        assertThat(call.out(TurnEffect.Said.class)).containsExactly(new TurnEffect.Said("a1", "Good morning", false));
    }

    @Test
    void anUtteranceWithoutAnIdIsNamedAfterItsResponse() {
        Turns call = asked().responseBegins("r1");
        call.in(new ServerEvent.OutputItemAdded(
                "e",
                "r1",
                2,
                new Item.Message(Optional.empty(), Item.Role.ASSISTANT, Item.Status.IN_PROGRESS, List.of())));

        assertThat(call.delivered(Signal.UtteranceStarted.class)).containsExactly(new Signal.UtteranceStarted("r1_2"));
    }

    @Test
    void anEmptyPieceOfAudioIsNotPassedOn() {
        Turns call = speaking().in(new ServerEvent.AudioDelta("e", "r1", "a1", 0, 0, AudioPayload.EMPTY));

        assertThat(call.delivered(Signal.UtteranceAudio.class)).isEmpty();
    }

    @Test
    void anUtteranceThatTheModelBrokeOffIsToldAsCutOff() {
        Turns call = speaking().speaks("r1", "a1", "Good mor", SECOND);
        saysDone(call, Item.Status.INCOMPLETE);

        assertThat(call.delivered(Signal.UtteranceEnded.class))
                .containsExactly(new Signal.UtteranceEnded("a1", "Good mor", true));
    }

    @Test
    void anUtteranceThatIsStillOpenWhenItsResponseEndsIsCutOff() {
        Turns call = speaking().speaks("r1", "a1", "Good mor", SECOND).responseEnds("r1");

        assertThat(call.delivered(Signal.UtteranceEnded.class))
                .containsExactly(new Signal.UtteranceEnded("a1", "Good mor", true));
        assertThat(call.out(TurnEffect.Said.class)).containsExactly(new TurnEffect.Said("a1", "Good mor", true));
    }

    @Test
    void theDialogIsToldAllThatWasSaidInATurn() {
        Turns call = asked().responseBegins("r1");
        for (String item : List.of("a1", "a2")) {
            call.utteranceBegins("r1", item)
                    .speaks("r1", item, "Words of " + item, SECOND)
                    .utteranceEnds("r1", item, Item.Status.COMPLETED);
        }
        call.forget().responseEnds("r1");

        assertThat(call.out(TurnEffect.Feed.class))
                .containsExactly(
                        new TurnEffect.Feed(new Conversation.Event.AgentSpoke("Words of a1 Words of a2", false)));
    }

    @Test
    void aTurnInWhichNothingWasSaidIsNotToldToTheDialog() {
        Turns call = asked().responseBegins("r1")
                .responseEnds("r1")
                .responseBegins("r2")
                .forget()
                .responseEnds("r2");

        assertThat(call.delivered(Signal.TurnEnded.class)).hasSize(1);
        assertThat(call.out(TurnEffect.Feed.class)).isEmpty();
    }

    @Test
    void wordsAreToldAsActedOnWhenAToolWasCalledOrNobodyHadAsked() {
        Turns tool = asked().responseBegins("r1").calls("r1", "c1", "weather").responseEnds("r1");
        tool.in(new TurnInput.CallAnswered("c1", "{}")).forget().answers("r2", "a2", "Sunny.", SECOND);
        assertThat(tool.out(TurnEffect.Feed.class))
                .containsExactly(new TurnEffect.Feed(new Conversation.Event.AgentSpoke("Sunny.", true)));

        Turns unasked = Turns.connected()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("Hello.")))
                .forget()
                .answers("r1", "a1", "Hello.", SECOND);
        assertThat(unasked.out(TurnEffect.Feed.class))
                .containsExactly(new TurnEffect.Feed(new Conversation.Event.AgentSpoke("Hello.", true)));
    }

    @Test
    void everyPieceOfAResponseIsASignOfLife() {
        Turns call = asked().forget().responseBegins("r1");
        assertThat(call.effects).contains(WAITS_FOR_MORE);
        ServerEvent arguments = new ServerEvent.FunctionArgumentsDelta("e", "r1", "f1", 0, "c1", "{");
        for (ServerEvent piece : List.of(
                new ServerEvent.OutputItemAdded("e", "r1", 0, mcpCall()),
                arguments,
                new ServerEvent.OutputItemDone("e", "r1", 0, mcpCall()),
                new ServerEvent.AudioTranscriptDelta("e", "r1", "a1", 0, 0, "words"),
                new ServerEvent.AudioDelta("e", "r1", "a1", 0, 0, Turns.audio(SECOND)),
                new ServerEvent.McpArgumentsDelta("e", "r1", "m1", 0, "{"),
                new ServerEvent.McpCallInProgress("e", "m1", 0),
                new ServerEvent.McpCallCompleted("e", "m1", 0),
                new ServerEvent.McpCallFailed("e", "m1", 0))) {
            assertThat(call.forget().in(piece).effects).as("%s", piece).contains(WAITS_FOR_MORE);
        }
        assertThat(call.forget().responseEnds("r1").effects).contains(new TurnEffect.Disarm(TurnTimer.RESPONSE));
    }

    @Test
    void whatComesWhenNothingIsInFlightIsNotWaitedFor() {
        assertThat(Turns.connected().forget().in(new ServerEvent.McpCallInProgress("e", "m1", 0)).effects)
                .isEmpty();
    }

    @Test
    void aQuestionThatIsSentIsWaitedForAndSilenceIsNot() {
        assertThat(Turns.connected().forget().in(new TurnInput.CallerTyped("hello")).effects)
                .contains(WAITS_FOR_MORE, new TurnEffect.Disarm(TurnTimer.SILENCE));
    }

    @Test
    void aResponseIsPaidOnceAndTheTurnTellsWhatItCost() {
        Usage usage = new Usage(1, 2, 3, 4, 5, 6, 7, 8);
        Turns call = asked().responseBegins("r1").utteranceBegins("r1", "a1").forget();
        ends(call, "r1", COMPLETED, List.of(), Optional.of(usage));

        assertThat(call.out(TurnEffect.Bill.class)).containsExactly(new TurnEffect.Bill(usage));
        assertThat(call.out(TurnEffect.BillMissing.class)).isEmpty();
        assertThat(call.delivered(Signal.TurnEnded.class)).containsExactly(new Signal.TurnEnded(usage));
    }

    @Test
    void aResponseThatOwesItsUsageIsToldAndAFailedOneOwesNone() {
        Turns owing = asked().responseBegins("r1");
        ends(owing, "r1", COMPLETED, List.of(), Optional.empty());
        assertThat(owing.out(TurnEffect.BillMissing.class)).hasSize(1);

        Turns failed = asked().responseBegins("r1");
        ends(failed, "r1", new Response.Status.Failed(Turns.error("oops")), List.of(), Optional.empty());
        assertThat(failed.out(TurnEffect.BillMissing.class)).isEmpty();
        assertThat(problems(failed)).containsExactly("oops");
    }

    @Test
    void aGivenUpResponseIsPaidWhenItEndsAfterAll() {
        Turns call = asked().responseBegins("r1")
                .in(new TurnInput.TimerFired(TurnTimer.RESPONSE))
                .forget();
        call.responseEnds("r1");

        assertThat(call.out(TurnEffect.Bill.class)).hasSize(1);
        assertThat(call.effects).doesNotContain(new TurnEffect.Disarm(TurnTimer.RESPONSE));
    }

    @Test
    void theWordsOfAGivenUpResponseAreNotPassedOn() {
        Turns call = asked().responseBegins("r1")
                .in(new TurnInput.TimerFired(TurnTimer.RESPONSE))
                .forget();
        call.utteranceBegins("r1", "a1").speaks("r1", "a1", "Late", SECOND);
        call.in(new ServerEvent.TextDelta("e", "r1", "a1", 0, 0, "Late"));

        assertThat(call.effects).isEmpty();
    }

    @Test
    void aCallOfAGivenUpResponseThatWasAnsweredBeforeIsNotAnsweredAgain() {
        Turns call = asked().responseBegins("r1")
                .calls("r1", "c1", "weather")
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .responseEnds("r1")
                .responseBegins("r2")
                .in(new TurnInput.TimerFired(TurnTimer.RESPONSE))
                .forget()
                .calls("r2", "c1", "weather");

        assertThat(call.outputsTo("c1")).isEmpty();
    }

    @Test
    void theEndOfAResponseBesideTheConversationIsNotTheEndOfThePresentOne() {
        Turns call = strayEnds(asked().responseBegins("r1").forget(), "aside");
        assertThat(call.effects).isEmpty();
        assertThat(call.state.gate().activeId()).contains("r1");

        assertThat(strayEnds(asked().responseBegins("r1").utteranceBegins("r1", "a1"), "r1")
                        .state
                        .gate()
                        .isIdle())
                .as("it is the present one")
                .isTrue();
        Turns unknown =
                asked().in(new ServerEvent.ErrorReported("e", Turns.error("conversation_already_has_active_response")));
        strayEnds(unknown.forget(), "whose");
        assertThat(unknown.sent(ClientEvent.ResponseCreate.class))
                .as("whose it is nobody knows, so that it is over")
                .hasSize(1);
    }

    @Test
    void anIncompleteResponseIsAProblemAndACompleteOneIsNone() {
        Turns cut =
                asked().responseBegins("r1").responseEnds("r1", new Response.Status.Incomplete("max_output_tokens"));
        assertThat(cut.out(TurnEffect.Problem.class))
                .containsExactly(new TurnEffect.Problem("response_incomplete", "max_output_tokens"));

        assertThat(problems(
                        asked().responseBegins("r1").utteranceBegins("r1", "a1").responseEnds("r1")))
                .isEmpty();
    }

    @Test
    void onlyAResponseThatComesToSomethingMakesUpForOneThatFailed() {
        Response.Status failed = new Response.Status.Failed(Turns.error("oops"));
        Turns answered = asked().responseBegins("r1").responseEnds("r1", failed);
        answered.responseBegins("r2").responseEnds("r2").in(new TurnInput.CallerTyped("and?"));
        answered.responseBegins("r3").responseEnds("r3", failed);
        assertThat(answered.out(TurnEffect.GiveUpLine.class)).isEmpty();

        Turns cancelled =
                asked().responseBegins("r1").responseEnds("r1", failed).in(new TurnInput.CallerInterrupted());
        cancelled.responseBegins("r2").responseEnds("r2", new Response.Status.Cancelled("client_cancelled"));
        cancelled.in(new TurnInput.CallerTyped("and?")).responseBegins("r3").responseEnds("r3", failed);
        assertThat(cancelled.out(TurnEffect.GiveUpLine.class))
                .containsExactly(new TurnEffect.GiveUpLine("the model failed 2 responses in a row: no"));
    }

    @Test
    void afterARemoteToolTheModelIsAskedToGoOn() {
        Turns call = asked().responseBegins("r1").forget();
        call.in(new ServerEvent.OutputItemDone("e", "r1", 0, mcpCall()));
        assertThat(call.out(TurnEffect.McpCalled.class)).containsExactly(new TurnEffect.McpCalled(mcpCall()));
        ends(call, "r1", COMPLETED, List.of(mcpCall()), Optional.of(Usage.NONE));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);

        Turns spoke = asked().responseBegins("r1").forget();
        ends(spoke, "r1", COMPLETED, List.of(mcpCall(), Item.Message.assistant("Found.")), Optional.of(Usage.NONE));
        assertThat(spoke.sent(ClientEvent.ResponseCreate.class)).isEmpty();

        Turns cancelled = asked().responseBegins("r1").forget();
        ends(
                cancelled,
                "r1",
                new Response.Status.Cancelled("client_cancelled"),
                List.of(mcpCall()),
                Optional.of(Usage.NONE));
        assertThat(cancelled.sent(ClientEvent.ResponseCreate.class)).isEmpty();
    }

    @Test
    void wordsAfterARemoteToolAreToldAsActedOn() {
        Turns call = asked().responseBegins("r1");
        call.in(new ServerEvent.OutputItemDone("e", "r1", 0, mcpCall()));
        call.utteranceBegins("r1", "a1")
                .speaks("r1", "a1", "Found.", SECOND)
                .utteranceEnds("r1", "a1", Item.Status.COMPLETED)
                .forget()
                .responseEnds("r1");

        assertThat(call.out(TurnEffect.Feed.class))
                .containsExactly(new TurnEffect.Feed(new Conversation.Event.AgentSpoke("Found.", true)));
    }

    @Test
    void whetherARemoteToolMayBeCalledIsAskedAndItsAnswerSentWhenNothingIsSaid() {
        Item.McpApprovalRequest request = new Item.McpApprovalRequest("mcpr_7", "crm", "delete", "{}");
        Turns call = asked().responseBegins("r1").forget();
        call.in(new ServerEvent.OutputItemDone("e", "r1", 0, request));
        assertThat(call.out(TurnEffect.McpApprovalWanted.class))
                .containsExactly(new TurnEffect.McpApprovalWanted(request));

        call.in(new TurnInput.McpAnswered("mcpr_7", false));
        assertThat(call.sent(ClientEvent.class)).isEmpty();
        call.responseEnds("r1");
        assertThat(call.sent(ClientEvent.ItemCreate.class))
                .extracting(ClientEvent.ItemCreate::item)
                .containsExactly(new Item.McpApprovalResponse(
                        "mcpa_7", "mcpr_7", false, Optional.of("not allowed by this bot")));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);

        Turns allowed = Turns.connected().in(new TurnInput.McpAnswered("mcpr_8", true));
        assertThat(allowed.sent(ClientEvent.ItemCreate.class))
                .extracting(ClientEvent.ItemCreate::item)
                .containsExactly(new Item.McpApprovalResponse("mcpa_8", "mcpr_8", true, Optional.empty()));
    }

    @Test
    void whatAnotherModelWasAllowedIsNotToldToTheNextAndWhatWasTypedIs() {
        Turns call = asked().in(new TurnInput.LineLost())
                .in(new TurnInput.McpAnswered("mcpr_7", true))
                .in(new TurnInput.CallerTyped("are you there?"))
                .forget()
                .in(new TurnInput.LineChanged());

        assertThat(call.sent(ClientEvent.ItemCreate.class))
                .extracting(ClientEvent.ItemCreate::item)
                .hasSize(1)
                .hasOnlyElementsOfType(Item.Message.class);
    }

    @Test
    void whatIsCalledTwiceIsAProblem() {
        Turns call = asked().responseBegins("r1").calls("r1", "c1", "weather").calls("r1", "c1", "weather");

        assertThat(problems(call)).containsExactly("duplicate_call");
    }

    @Test
    void anErrorIsToldAndTheAnswerWaitedForAnew() {
        Turns call = asked().forget().in(new ServerEvent.ErrorReported("e", Turns.error("odd")));
        assertThat(call.effects).containsExactly(new TurnEffect.Problem("odd", "no"), WAITS_FOR_MORE);

        ApiError ofOurs =
                new ApiError("invalid_request_error", Optional.empty(), "no", Optional.empty(), Optional.of("event_1"));
        assertThat(asked().forget().in(new ServerEvent.ErrorReported("e", ofOurs)).effects)
                .as("it says itself which event was refused")
                .containsExactly(new TurnEffect.Problem("invalid_request_error", "no"));
        assertThat(speaking().in(new ServerEvent.ErrorReported("e", Turns.error("odd"))).effects)
                .containsExactly(new TurnEffect.Problem("odd", "no"));
    }

    @Test
    void aRefusedCommitThatTheCallersSideDidNotWantIsNotToldToIt() {
        Turns call = Turns.connected()
                .in(new ServerEvent.ErrorReported("e", Turns.error("input_audio_buffer_commit_empty")));

        assertThat(call.delivered(Signal.Problem.class)).isEmpty();
    }

    static List<ServerEvent> oddities() {
        return List.of(
                new ServerEvent.Unknown("e", "galaxy.exploded", RawJson.EMPTY_OBJECT),
                new ServerEvent.McpListToolsFailed("e", "m1"),
                new ServerEvent.InputTranscriptFailed("e", "u1", 0, Turns.error("audio_unintelligible")));
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void whatIsOddIsTold(ServerEvent odd) {
        assertThat(Turns.connected().in(odd).out(TurnEffect.Problem.class)).hasSize(1);
    }

    @Test
    void theFirstSoundAnswersTheTurnAndAnEmptyUtteranceDoesNot() {
        Turns call = speaking().passes(SECOND).speaks("r1", "a1", "Hi", SECOND);
        assertThat(call.out(TurnEffect.Answered.class)).hasSize(1);

        Turns empty = speaking();
        saysDone(empty, Item.Status.COMPLETED);
        assertThat(empty.out(TurnEffect.Answered.class)).isEmpty();

        Turns textOnly = speaking().in(new ServerEvent.AudioTranscriptDelta("e", "r1", "a1", 0, 0, "Hi"));
        assertThat(textOnly.out(TurnEffect.Answered.class)).as("no sound yet").isEmpty();
        saysDone(textOnly, Item.Status.COMPLETED);
        assertThat(textOnly.out(TurnEffect.Answered.class))
                .as("and none will come")
                .hasSize(1);
    }

    @Test
    void wordsThatNobodyHeardAnswerNothing() {
        Turns call = speaking().in(new TurnInput.CallerInterrupted()).forget();
        call.in(new ServerEvent.TextDelta("e", "r1", "a1", 0, 0, "Never"));
        saysDone(call, Item.Status.INCOMPLETE);

        assertThat(call.out(TurnEffect.Answered.class)).isEmpty();
        assertThat(call.delivered(Signal.UtteranceText.class)).isEmpty();
        assertThat(call.delivered(Signal.UtteranceEnded.class))
                .containsExactly(new Signal.UtteranceEnded("a1", "", true));
    }

    @Test
    void whatWasPartlyHeardIsCutOnceAndNotForgotten() {
        Turns call = speaking()
                .speaks("r1", "a1", "Good morning", Duration.ofSeconds(4))
                .passes(SECOND);
        call.callerSpeaks("u1").in(new TurnInput.TimerFired(TurnTimer.HEARD)).forget();
        saysDone(call, Item.Status.INCOMPLETE);

        assertThat(call.sent(ClientEvent.class)).isEmpty();
    }

    @Test
    void whatComesAfterEverythingWasHeardAndTheAgentWasStoppedIsCutThere() {
        Turns call = speaking().speaks("r1", "a1", "Good morning", SECOND).passes(SECOND);
        call.in(new TurnInput.CallerInterrupted()).forget();
        saysDone(call, Item.Status.INCOMPLETE);

        assertThat(call.sent(ClientEvent.class))
                .containsExactly(new ClientEvent.ItemTruncate(Optional.empty(), "a1", 0, SECOND));
    }

    @Test
    void aProtectedUtteranceIsProtectedWhileItIsHeardAndTheNextIsNot() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(new Conversation.Speech("This call is recorded.", true, false)))
                .answers("r1", "a1", "This call is recorded.", SECOND)
                .passes(SECOND)
                .in(new TurnInput.CallerTyped("fine"))
                .answers("r2", "a2", "Good morning", Duration.ofSeconds(4))
                .forget()
                .callerSpeaks("u1");

        assertThat(call.delivered(Signal.StopPlayback.class)).containsExactly(new Signal.StopPlayback("a2"));
    }

    @Test
    void aVerbatimLineIsToBeSaidAsItIsAndAnotherMayBeReworded() {
        assertThat(instructions(Conversation.Speech.verbatim("Recorded.")))
                .isEqualTo("Say exactly this and nothing else: \"\"\"Recorded.\"\"\"");
        assertThat(instructions(Conversation.Speech.say("Hello.")))
                .isEqualTo("Say this to the caller, you may reword it: \"\"\"Hello.\"\"\"");
    }

    private static String instructions(Conversation.Speech speech) {
        return Turns.connected()
                .in(new TurnInput.SayWanted(speech))
                .sent(ClientEvent.ResponseCreate.class)
                .getFirst()
                .response()
                .instructions()
                .orElseThrow();
    }

    @Test
    void aLineIsSaidWhileAToolRunsAndAnAnswerWaitsForIt() {
        Turns call = asked().responseBegins("r1")
                .calls("r1", "c1", "weather")
                .responseEnds("r1")
                .forget();
        call.in(new TurnInput.CallerTyped("hurry"));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();

        call.in(new TurnInput.SayWanted(Conversation.Speech.say("One moment.")));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
    }

    @Test
    void nothingIsAskedForWhileTheCallerSpeaks() {
        Turns call = Turns.connected().callerSpeaks("u1").in(new TurnInput.SayWanted(Conversation.Speech.say("Hello")));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();

        call.callerStops("u1", call.nowNanos);
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
    }
}
