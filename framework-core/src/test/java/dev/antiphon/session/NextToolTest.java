package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ToolChoice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An answer may want the next tool call instead of words. */
class NextToolTest {
    private static final ToolChoice ASK = new ToolChoice.Function("ask");

    private static Turns callAnsweredWithNextTool() {
        return Turns.connected()
                .in(new TurnInput.CallerTyped("is it far?"))
                .responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .forget()
                .in(new TurnInput.CallAnswered("c1", "{}", false, Optional.of("ask")))
                .responseEnds("r1");
    }

    private static List<Optional<ToolChoice>> asked(Turns call) {
        return call.sent(ClientEvent.ResponseCreate.class).stream()
                .map(create -> create.response().toolChoice())
                .toList();
    }

    @Test
    void theNextResponseMustCallThatToolAndTheOneAfterItMaySpeak() {
        Turns call = callAnsweredWithNextTool();
        assertThat(asked(call)).containsExactly(Optional.of(ASK));

        call.forget()
                .responseBegins("r2")
                .calls("r2", "c2", Turns.OWN_TOOL)
                .in(new TurnInput.CallAnswered("c2", "{}"))
                .responseEnds("r2");
        assertThat(asked(call)).containsExactly(Optional.empty());
    }

    @Test
    void nothingIsSaidBetweenTheTwoCallsAndTheTurnGoesOn() {
        Turns call = callAnsweredWithNextTool()
                .responseBegins("r2")
                .calls("r2", "c2", Turns.OWN_TOOL)
                .responseEnds("r2");
        assertThat(call.delivered(CallerChannel.Signal.TurnEnded.class)).isEmpty();
        assertThat(call.delivered(CallerChannel.Signal.UtteranceStarted.class)).isEmpty();

        call.in(new TurnInput.CallAnswered("c2", "{}")).answers("r3", "i3", "No, it is near.", Duration.ofSeconds(1));
        assertThat(call.delivered(CallerChannel.Signal.TurnEnded.class)).hasSize(1);
        assertThat(call.out(TurnEffect.Feed.class))
                .contains(new TurnEffect.Feed(new Conversation.Event.AgentSpoke("No, it is near.", true)));
    }

    @Test
    void oneAnswerOfSeveralIsEnough() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("on Friday, and is it far?"))
                .responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .calls("r1", "c2", "weather")
                .forget()
                .in(new TurnInput.CallAnswered("c1", "{}", false, Optional.of("ask")))
                .in(new TurnInput.CallAnswered("c2", "{}"))
                .responseEnds("r1");
        assertThat(asked(call)).containsExactly(Optional.of(ASK));
    }

    @Test
    void aCallerWhoSaysSomethingNewIsAnsweredFreely() {
        Turns call = callAnsweredWithNextTool().responseBegins("r2").forget().callerSpeaks("u1");
        call.utteranceEnds("r2", "i2", Item.Status.INCOMPLETE)
                .responseEnds("r2", new Response.Status.Cancelled("turn_detected"))
                .callerStops("u1", call.nowNanos);
        assertThat(asked(call)).containsExactly(Optional.empty());
    }

    @Test
    void aCallerWhoSpeaksBeforeItIsAskedForLiftsIt() {
        Turns call = Turns.connected()
                .in(new TurnInput.CallerTyped("is it far?"))
                .responseBegins("r1")
                .calls("r1", "c1", Turns.OWN_TOOL)
                .in(new TurnInput.CallAnswered("c1", "{}", false, Optional.of("ask")))
                .callerSpeaks("u1")
                .responseEnds("r1")
                .forget()
                .callerStops("u1", 2_000_000_000L);
        assertThat(asked(call)).containsExactly(Optional.empty());
    }

    @Test
    void aResponseThatStalledIsAskedForAgainWithItsTool() {
        Turns call = callAnsweredWithNextTool()
                .responseBegins("r2")
                .forget()
                .in(new TurnInput.TimerFired(TurnTimer.RESPONSE));
        assertThat(asked(call)).containsExactly(Optional.of(ASK));
    }
}
