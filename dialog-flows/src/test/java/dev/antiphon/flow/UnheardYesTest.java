package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A yes counts only for what the caller has heard to its end, and not beside something that contradicts it. */
class UnheardYesTest extends BookedByPhone {
    private static List<Directive> calls(FlowConversation call, String callId, String tool, String arguments) {
        call.on(new Event.ToolCalled(callId, tool, arguments));
        return call.on(new Event.CallsComplete());
    }

    @Test
    void aLateTranscriptIsNoProofThatTheReadBackWasHeard() {
        FlowTest test =
                call().fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00", "name", "Ana Smith"));
        FlowConversation call = test.conversation();
        calls(call, "c1", "fill_slots", "{\"phone\":\"202 555 0147\"}");
        call.on(new Event.CallerSpoke("202 555 0147"));
        int revision = call.state().confirmation().orElseThrow().revision();

        List<Directive> directives = calls(call, "c2", "confirm", "{\"answer\":\"yes\",\"revision\":" + revision + "}");

        assertThat(directives).noneMatch(Directive.Run.class::isInstance);
        assertThat(directives.toString()).contains("Checkup on Tuesday, November 24th at 3 PM");
    }

    @Test
    void aReadBackThatWasCutOffIsAskedInFullAfterADigression() {
        atTheConfirmation()
                .cutsInAfter(0.1)
                .asks("Is there parking?")
                .expectSay("Parking is free")
                .expectSay("Tuesday, November 24th at 3 PM")
                .confirmsYes()
                .expectEffects(1);
    }

    @Test
    void otherWordsOfTheAgentDoNotMakeACutOffReadBackHeard() {
        atTheConfirmation()
                .cutsInAfter(0.1)
                .agentSays("Sorry, go on.")
                .confirmsYes()
                .expectEffects(0)
                .expectSay("Tuesday, November 24th at 3 PM")
                .cutsInAfter(0.1)
                .controls("repeat")
                .expectSay("Tuesday, November 24th at 3 PM")
                .confirmsYes()
                .expectEffects(1);
    }

    @Test
    void aYesThatComesBeforeNewValuesInOneTurnBooksNothing() {
        atTheConfirmation()
                .inOneTurn(caller -> caller.confirmsYes().fills(booking.time, "16:00"))
                .expectSay("4 PM instead")
                .expectSay("Shall I book it?")
                .expectEffects(0)
                .expectEveryCallAnsweredOnce()
                .confirmsYes()
                .expectEffects(1);
        assertThat(calendar.bookings)
                .extracting(visit -> visit.time().getHour())
                .containsExactly(16);
    }

    @Test
    void aYesAndACancelInOneTurnBooksNothing() {
        atTheConfirmation()
                .inOneTurn(caller -> caller.confirmsYes().cancels())
                .expectOutcome("abandoned")
                .expectEffects(0);
    }

    @Test
    void aYesBesideACorrectionThatCouldNotBeReadBooksNothing() {
        for (String arguments : List.of(
                "{\"date\":\"the week after\"}",
                "{\"day\":\"2026-12-01\"}",
                "{\"date\":{\"day\":1}}",
                "{\"date\":",
                "{\"date\":\"2020-01-01\"}")) {
            atTheConfirmation()
                    .inOneTurn(caller -> caller.confirmsYes().calls("fill_slots", arguments))
                    .expectEffects(0)
                    .expectEveryCallAnsweredOnce();
        }
    }

    @Test
    void aYesAfterARefusedCorrectionNeedsAFreshReadBack() {
        FlowTest call = atTheConfirmation();
        int before = call.confirmRevision();
        call.fills(booking.date, "the week after")
                .expectSay("I couldn't make out the day. I need the time again, too.")
                .confirms("yes", before)
                .expectEffects(0)
                .fills(booking.date, "2026-11-25", booking.time, "15:00")
                .expectSay("Wednesday, November 25th at 3 PM")
                .confirms("yes", before)
                .expectEffects(0)
                .confirmsYes()
                .expectEffects(1);
    }

    @Test
    void valuesThatAreOnlySaidAgainDoNotHinderAYes() {
        atTheConfirmation()
                .inOneTurn(caller -> caller.confirmsYes().fills(booking.date, "2026-11-24"))
                .expectSay("You're booked")
                .expectEffects(1);
    }
}
