package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.Item;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The dialog learns when a response has made all its calls, and only of words that were said. */
class CallsCompleteTest {
    private static List<Conversation.Event> fed(Turns turns) {
        return turns.effects.stream()
                .filter(TurnEffect.Feed.class::isInstance)
                .map(effect -> ((TurnEffect.Feed) effect).event())
                .toList();
    }

    private static Turns calledOwnTool() {
        return Turns.connected().responseBegins("r1").calls("r1", "c1", Turns.OWN_TOOL);
    }

    @Test
    void callsAreCompleteWhenTheirResponseHasEnded() {
        Turns turns = calledOwnTool();
        assertThat(fed(turns)).hasSize(1).hasOnlyElementsOfType(Conversation.Event.ToolCalled.class);
        turns.forget().responseEnds("r1");
        assertThat(fed(turns)).containsExactly(new Conversation.Event.CallsComplete());
    }

    @Test
    void callsThatWereAnsweredAtOnceNeedNoSuchNews() {
        Turns turns = calledOwnTool().in(new TurnInput.CallAnswered("c1", "{}")).responseEnds("r1");
        assertThat(fed(turns)).doesNotContain(new Conversation.Event.CallsComplete());
    }

    @Test
    void callsAreCompleteWhenTheirLineIsLost() {
        Turns turns = calledOwnTool().forget().in(new TurnInput.LineLost());
        assertThat(fed(turns)).containsExactly(new Conversation.Event.CallsComplete());
    }

    @Test
    void callsAreCompleteWhenTheirResponseNeverEnds() {
        Turns turns = calledOwnTool().forget().in(new TurnInput.TimerFired(TurnTimer.RESPONSE));
        assertThat(fed(turns)).containsExactly(new Conversation.Event.CallsComplete());
    }

    @Test
    void wordsThatTheCallersSoftwareStoppedWereNotSpoken() {
        Turns turns = Turns.connected()
                .responseBegins("r1")
                .utteranceBegins("r1", "i1")
                .speaks("r1", "i1", "Shall I book it?", Duration.ofSeconds(2))
                .in(new TurnInput.CallerInterrupted())
                .utteranceEnds("r1", "i1", Item.Status.INCOMPLETE)
                .responseEnds("r1");
        assertThat(fed(turns)).containsExactly(new Conversation.Event.AgentCutOff(0));
    }

    @Test
    void aCallThatComesBehindTheEndOfItsResponseIsCompleteAtOnce() {
        Turns turns = Turns.connected()
                .responseBegins("r1")
                .responseEnds("r1")
                .forget()
                .calls("r1", "c1", Turns.OWN_TOOL);
        assertThat(fed(turns)).endsWith(new Conversation.Event.CallsComplete());
        turns.forget().in(new TurnInput.CallerRecords());
        assertThat(fed(turns)).isEmpty();
    }
}
