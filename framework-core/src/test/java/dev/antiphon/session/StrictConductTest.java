package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.McpError;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.session.CallerChannel.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Understand first, then speak. */
class StrictConductTest {
    private static final SessionSettings STRICT = SessionSettings.defaults().withConduct(Conduct.STRICT);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private static Turns asked() {
        return Turns.connected(STRICT).forget().in(new TurnInput.CallerTyped("a cleaning"));
    }

    /** The caller's turn is understood and answered; the response that speaks is asked for. */
    private static Turns understood() {
        return asked().responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .forget()
                .responseEnds("r1");
    }

    private static ResponseConfig lastAsk(Turns call) {
        return call.sent(ClientEvent.ResponseCreate.class).getLast().response();
    }

    private static void assertUnderstands(Turns call, int asks) {
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(asks);
        assertThat(lastAsk(call).toolChoice()).contains(ToolChoice.REQUIRED);
        assertThat(lastAsk(call).outputModality()).contains(Modality.TEXT);
        assertThat(lastAsk(call).instructions()).isEmpty();
    }

    private static void assertTells(Turns call, int asks) {
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(asks);
        assertThat(lastAsk(call).toolChoice()).contains(ToolChoice.NONE);
        assertThat(lastAsk(call).outputModality()).isEmpty();
        assertThat(lastAsk(call).instructions()).isEmpty();
    }

    private static List<Conversation.Event> fed(Turns call) {
        return call.out(TurnEffect.Feed.class).stream()
                .map(TurnEffect.Feed::event)
                .toList();
    }

    @Test
    void aTurnIsUnderstoodByAToolCallAndThenAnsweredWithoutOne() {
        Turns call = asked();
        assertUnderstands(call, 1);

        call.responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .responseEnds("r1");
        assertThat(call.outputsTo("c1")).hasSize(1);
        assertTells(call, 2);

        call.answers("r2", "a2", "What time?", ONE_SECOND);
        assertThat(call.delivered(Signal.UtteranceEnded.class))
                .extracting(Signal.UtteranceEnded::text)
                .containsExactly("What time?");
        assertThat(fed(call)).contains(new Conversation.Event.AgentSpoke("What time?", true));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(2);
    }

    @Test
    void whatTheModelSaysBesideItsCallIsNeitherHeardNorRemembered() {
        Turns call = asked().responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .speaks("r1", "a1", "You are booked!", ONE_SECOND)
                .in(new ServerEvent.TextDelta("e", "r1", "a1", 0, 0, "You are booked!"))
                .utteranceEnds("r1", "a1", Item.Status.COMPLETED)
                .calls("r1", "c1", Turns.OWN_TOOL)
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .responseEnds("r1");

        assertThat(call.delivered(Signal.UtteranceStarted.class)).isEmpty();
        assertThat(call.delivered(Signal.UtteranceText.class)).isEmpty();
        assertThat(call.delivered(Signal.UtteranceAudio.class)).isEmpty();
        assertThat(call.delivered(Signal.UtteranceEnded.class)).isEmpty();
        assertThat(call.out(TurnEffect.Said.class)).isEmpty();
        assertThat(call.sent(ClientEvent.ItemDelete.class))
                .extracting(ClientEvent.ItemDelete::itemId)
                .containsExactly("a1");
        assertTells(call, 2);
    }

    @Test
    void wordsThatComeBeforeTheirResponseIsAnnouncedAreNotHeardEither() {
        Turns call = asked().utteranceBegins("r1", "a1").responseBegins("r1").responseEnds("r1");

        assertThat(call.delivered(Signal.UtteranceStarted.class)).isEmpty();
        assertThat(call.delivered(Signal.UtteranceEnded.class)).isEmpty();
    }

    @Test
    void aModelThatCallsNothingIsAskedOnceMoreAndThenTheCallerIs() {
        Turns call = asked().responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .utteranceEnds("r1", "a1", Item.Status.COMPLETED)
                .responseEnds("r1");
        assertUnderstands(call, 2);

        call.forget().responseBegins("r2").responseEnds("r2");
        assertThat(call.has(e -> e instanceof TurnEffect.Problem p && p.code().equals("no_tool_call")))
                .isTrue();
        assertThat(lastAsk(call).instructions().orElseThrow()).contains("could you say that again?");

        call.answers("r3", "a3", "Sorry, could you say that again?", ONE_SECOND);
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
        assertThat(fed(call))
                .containsExactly(new Conversation.Event.AgentSpoke("Sorry, could you say that again?", false));
    }

    @Test
    void aResponseThatFailsIsAskedForAgainAsItWas() {
        Turns first = asked().responseBegins("r1")
                .responseEnds("r1", new Response.Status.Failed(Turns.error("server_error")));
        assertUnderstands(first, 2);

        Turns second = understood()
                .responseBegins("r2")
                .responseEnds("r2", new Response.Status.Failed(Turns.error("server_error")));
        assertTells(second, 2);
    }

    @Test
    void aResponseThatFailsAfterItsCallIsNotAskedToCallAgain() {
        Turns call = asked().responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .responseEnds("r1", new Response.Status.Failed(Turns.error("server_error")));

        assertThat(call.outputsTo("c1")).hasSize(1);
        assertTells(call, 2);
    }

    @Test
    void aResponseThatNeverEndsAfterItsCallIsNotAskedToCallAgain() {
        Turns call = asked().responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .in(new TurnInput.TimerFired(TurnTimer.RESPONSE));

        assertTells(call, 2);
    }

    @Test
    void aNewTurnInTheMiddleOfUnderstandingIsUnderstoodWithIt() {
        Turns call = asked().responseBegins("r1").forget().in(new TurnInput.CallerTyped("no, a check-up"));
        assertThat(call.sent(ClientEvent.ResponseCancel.class)).hasSize(1);

        call.responseEnds("r1", new Response.Status.Cancelled("client_cancelled"));
        assertUnderstands(call, 1);
    }

    @Test
    void aTurnThatCutsTheAnswerOffIsUnderstoodBeforeAnythingElseIsSaid() {
        Turns call = understood()
                .responseBegins("r2")
                .utteranceBegins("r2", "a2")
                .speaks("r2", "a2", "What", ONE_SECOND)
                .forget()
                .callerSpeaks("u1");
        assertThat(call.sent(ClientEvent.ResponseCancel.class)).hasSize(1);

        call.utteranceEnds("r2", "a2", Item.Status.INCOMPLETE)
                .responseEnds("r2", new Response.Status.Cancelled("client_cancelled"))
                .callerStops("u1", call.nowNanos);
        assertUnderstands(call, 1);
    }

    @Test
    void aTurnThatComesWhileWorkRunsWaitsForItAndIsThenUnderstood() {
        Turns call = asked().responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .responseEnds("r1")
                .forget()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("One moment.")));
        assertThat(lastAsk(call).instructions().orElseThrow()).contains("One moment.");
        call.answers("r2", "a2", "One moment.", Duration.ofMillis(1)).passes(ONE_SECOND);

        call.forget().in(new TurnInput.CallerTyped("and do you take insurance?"));
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();

        call.in(new TurnInput.CallAnswered("c1", "{}"));
        assertThat(call.outputsTo("c1")).hasSize(1);
        assertUnderstands(call, 1);
        call.responseBegins("r3")
                .calls("r3", "c2", Turns.OWN_TOOL)
                .in(new TurnInput.CallAnswered("c2", "{}"))
                .responseEnds("r3");
        assertTells(call, 2);
        call.answers("r4", "a4", "You are booked. We do.", ONE_SECOND);
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(2);
    }

    @Test
    void onANewLineTheTurnIsUnderstoodAgainUnlessItWas() {
        Turns open = asked().responseBegins("r1").in(new TurnInput.LineLost()).forget();
        assertUnderstands(open.in(new TurnInput.LineChanged()), 1);

        Turns told =
                understood().responseBegins("r2").in(new TurnInput.LineLost()).forget();
        assertTells(told.in(new TurnInput.LineChanged()), 1);
    }

    @Test
    void aTurnThatWasLostWithItsLineIsNotUnderstoodButAskedForAgain() {
        Turns call = asked().responseBegins("r1")
                .in(new TurnInput.LineLost())
                .in(new TurnInput.TurnUnheard())
                .forget()
                .in(new TurnInput.LineChanged());

        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
        assertThat(lastAsk(call).instructions().orElseThrow()).contains("could you say that again?");
    }

    @Test
    void ownLinesAreSpokenAsEver() {
        Turns call = Turns.connected(STRICT)
                .forget()
                .in(new TurnInput.SayWanted(Conversation.Speech.say("Hello.")))
                .answers("r1", "a1", "Hello.", ONE_SECOND);

        assertThat(lastAsk(call).instructions().orElseThrow()).contains("Hello.");
        assertThat(call.delivered(Signal.UtteranceEnded.class)).hasSize(1);
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).hasSize(1);
    }

    @Test
    void aResponseThatNobodyAskedForMayCallButNotSpeak() {
        Turns call = Turns.connected(STRICT)
                .forget()
                .responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .speaks("r1", "a1", "Hi there", ONE_SECOND)
                .utteranceEnds("r1", "a1", Item.Status.COMPLETED)
                .responseEnds("r1");

        assertThat(call.delivered(Signal.UtteranceStarted.class)).isEmpty();
        assertThat(call.sent(ClientEvent.ResponseCreate.class)).isEmpty();
    }

    @Test
    void aRefusalBecauseAnotherResponseRunsIsFollowedByTheSameAsk() {
        Turns call =
                asked().in(new ServerEvent.ErrorReported("e", Turns.error("conversation_already_has_active_response")));
        call.forget()
                .responseBegins("other")
                .calls("other", "c1", Turns.OWN_TOOL)
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .responseEnds("other");

        assertUnderstands(call, 1);
    }

    @Test
    void anApprovedRemoteCallIsMadeByAResponseThatMayCallAndThenTold() {
        Turns call = asked().responseBegins("r1")
                .in(new ServerEvent.OutputItemDone(
                        "e", "r1", 0, new Item.McpApprovalRequest("mcpr_1", "weather", "forecast", "{}")))
                .in(new TurnInput.McpAnswered("mcpr_1", true))
                .responseEnds("r1");
        assertUnderstands(call, 2);

        Item.McpCall made = new Item.McpCall(
                "m1",
                "weather",
                "forecast",
                "{}",
                Optional.of("mcpr_1"),
                Optional.of("Sunny"),
                Optional.<McpError>empty());
        call.responseBegins("r2").in(new ServerEvent.OutputItemDone("e", "r2", 0, made));
        call.in(new ServerEvent.ResponseDone(
                "e",
                new Response(
                        "r2",
                        new Response.Status.Completed(),
                        Optional.of("conv"),
                        List.of(made),
                        Optional.empty(),
                        Optional.empty())));
        assertTells(call, 3);
    }

    @Test
    void aRefusedRemoteCallIsOnlyTold() {
        Turns call = asked().responseBegins("r1")
                .in(new ServerEvent.OutputItemDone(
                        "e", "r1", 0, new Item.McpApprovalRequest("mcpr_1", "weather", "forecast", "{}")))
                .in(new TurnInput.McpAnswered("mcpr_1", false))
                .responseEnds("r1");

        assertTells(call, 2);
    }

    @Test
    void aDialogWithoutToolsOfItsOwnIsGuided() {
        Turns call = new Turns();
        call.state = TurnState.begin(STRICT, Set.of(), Turns.SAY_AGAIN);
        call.in(new TurnInput.LineChanged()).in(new TurnInput.CallerTyped("hello"));

        assertThat(lastAsk(call)).isEqualTo(ResponseConfig.NONE);
    }
}
