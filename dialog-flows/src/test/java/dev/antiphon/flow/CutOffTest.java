package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.dsl.FlowDsl;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Conversation;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the caller did not hear was not said. */
class CutOffTest extends BookedByPhone {
    private static final String READ_BACK = "Checkup on Tuesday, November 24th at 3 PM for Ana Smith. Shall I book it?";

    private FlowTest readBack() {
        return call().caller()
                .fills(Map.of(
                        "service",
                        "checkup",
                        "date",
                        "2026-11-24",
                        "time",
                        "15:00",
                        "name",
                        "Ana Smith",
                        "phone",
                        "(202) 555-0147"))
                .expectSay(READ_BACK);
    }

    @Test
    void aYesToAReadBackThatWasCutOffBooksNothingAndGetsAllOfItAgain() {
        readBack()
                .cutsInAfter(0.2)
                .caller()
                .confirmsYes()
                .expectSay(READ_BACK)
                .expectEffects(0)
                .caller()
                .confirmsYes()
                .expectEffects(1)
                .expectSay("You're booked");
    }

    @Test
    void whatMustBeHeardWholeReachesTheSessionAsSuch() {
        Slot<String> name = FlowDsl.personName("name").ask("May I have your name?");
        Flow<Guest> flow = Flow.named(
                "guest",
                Guest.class,
                f -> f.goal("Note a guest")
                        .collect(name)
                        .confirm(guest ->
                                FlowDsl.say("Shall I note {}?", guest.name()).uninterrupted())
                        .done((guest, nothing) -> FlowDsl.say("Noted.")));
        FlowConversation call = FlowConversation.start(flow, InstantSource.system(), ZoneId.of("UTC"), "instance");
        call.on(new Conversation.Event.CallStarted());
        call.on(new Conversation.Event.ToolCalled("c1", "fill_slots", "{\"name\":\"Ana Smith\"}"));

        assertThat(call.on(new Conversation.Event.CallsComplete()))
                .filteredOn(Conversation.Directive.Answer.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Conversation.Directive.Answer.class, answer -> {
                    assertThat(answer.outputJson()).contains("Shall I note Ana Smith?");
                    assertThat(answer.interruptible()).isFalse();
                });
    }

    /** What that flow collects. */
    record Guest(String name) {}

    @Test
    void aYesIntoTheLastWordOfTheReadBackCounts() {
        readBack().cutsInAfter(0.95).caller().confirmsYes().expectEffects(1).expectSay("You're booked");
    }

    @Test
    void whatTheCallerWantsAfterACutOffSuccessIsDoneToo() {
        readBack()
                .caller()
                .confirmsYes()
                .cutsInAfter(0.1)
                .asks("Is there parking?")
                .expectSay("You're booked. Your reference is")
                .expectSay("Parking is free")
                .caller()
                .asks("Do you take insurance?")
                .cutsInAfter(0.1)
                .asks("Is there parking?")
                .expectNotSaid("You're booked");
    }

    @Test
    void theReferenceIsToldAgainWordForWord() {
        FlowTest call = readBack().caller().confirmsYes();
        assertThat(call.controls("repeat").lastAnswer())
                .contains("Your reference is A 1 7")
                .contains("\"verbatim\":true");
        call.asks("Is there parking?");
        assertThat(call.asks("What was my reference again?").lastAnswer())
                .contains("Your reference is A 1 7")
                .contains("\"verbatim\":true");
    }

    @Test
    void aSuccessThatWasCutOffIsSaidAgainBeforeTheCallCanEnd() {
        readBack()
                .caller()
                .confirmsYes()
                .cutsInAfter(0.1)
                .caller()
                .confirmsNo()
                .expectSay("You're booked. Your reference is")
                .expectNoOutcome()
                .caller()
                .confirmsNo()
                .expectSay("Goodbye")
                .expectOutcome("completed")
                .expectEffects(1);
    }
}
