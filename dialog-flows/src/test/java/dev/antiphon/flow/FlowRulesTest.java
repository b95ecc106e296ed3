package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What flows and services do at the edges: offers, silence, leave, late answers. */
class FlowRulesTest extends BookedByPhone {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final EveningOut evening = new EveningOut();

    private FlowTest service() {
        return FlowTest.of(evening.restaurants(), CLOCK);
    }

    private FlowTest timeTaken() {
        calendar.take(TUESDAY, THREE);
        return call().fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .expectSay("isn't available");
    }

    @Test
    void anOptionThatWasNotOfferedIsAnErrorAndTheOfferIsReadAgain() {
        for (int option : new int[] {0, 4}) {
            FlowTest call = timeTaken().chooses(option).expectStruggle(Signal.TOOL_ERROR);
            assertThat(call.lastAnswer()).contains("option must be between 1 and 3, but was " + option);
            call.expectOpen(booking.time);
        }
        timeTaken().chooses(3).expectSay("May I have your name?");
    }

    @Test
    void whoChoosesWhenNothingIsOfferedIsAskedTheOpenQuestion() {
        call().chooses(1).expectSay("service").expectNoOutcome();
        call().wantsAlternatives().expectSay("service").expectNoOutcome();
    }

    @Test
    void aNoToAnOfferReadsTheNextOptions() {
        String first = timeTaken().said();
        assertThat(timeTaken().confirmsNo().said()).isNotEqualTo(first).contains("I have");
    }

    @Test
    void theSilenceLadderEndsTheCallAtTheThird() {
        call().isSilent(1)
                .expectSay("Are you still there?")
                .isSilent(2)
                .expectNoOutcome()
                .isSilent(3)
                .expectSay("I'll hang up now")
                .expectOutcome("abandoned");
        call().isSilent(1).expectStruggle(Signal.NO_INPUT);
    }

    @Test
    void whoIsSilentWhenAllIsDoneIsThanked() {
        atTheConfirmation()
                .confirmsYes()
                .isSilent(1)
                .expectSay("Thank you for calling.")
                .expectOutcome("completed");
    }

    @Test
    void whileAnEffectRunsEveryoneIsAskedToWait() {
        FlowTest running = atTheConfirmation().effectsSettledByTest().confirmsYes();
        String wait = "One moment, I'm just doing that.";
        running.isUnclear()
                .expectSay(wait)
                .cancels()
                .expectSay(wait)
                .confirmsNo()
                .expectSay(wait);
        running.saysGoodbye().expectSay(wait).isSilent(1).expectNoOutcome();
        running.settles(new ToolOutcome.Ok("A7")).expectSay("You're booked.");
        running.expectEveryCallAnsweredOnce();
    }

    @Test
    void whoWantsAPersonWhileAnEffectRunsGetsOneWhenItHasEnded() {
        atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .wantsAPerson()
                .expectNoOutcome()
                .settles(new ToolOutcome.Ok("A7"))
                .expectSay("I'll connect you")
                .expectOutcome("handed_over");
    }

    @Test
    void whatIsDoneCannotBeChangedOrUndone() {
        FlowTest done = atTheConfirmation().confirmsYes();
        done.fills(booking.time, "16:00").expectSay("I can't change it any more. Front desk can.");
        done.cancels().expectSay("I can't undo it here. If you like, I can connect you to the front desk.");
        done.confirmsYes().expectSay("What else can I do for you?");
        done.confirmsNo().expectSay("Thank you for calling. Goodbye.").expectOutcome("completed");
        done.fills(booking.time, "17:00").expectSay("Goodbye.");
    }

    @Test
    void whoHangsUpHasBookedOrHasNot() {
        Event gone = new Event.CallerHungUp("the caller hung up");

        assertThat(call().conversation().on(gone))
                .containsExactly(new Directive.End(new Outcome.Abandoned("the caller hung up")));
        assertThat(atTheConfirmation().confirmsYes().conversation().on(gone))
                .singleElement()
                .isInstanceOfSatisfying(
                        Directive.End.class, end -> assertThat(end.outcome()).isInstanceOf(Outcome.Completed.class));
    }

    @Test
    void aSlowEffectIsBridgedTwice() {
        FlowTest running = atTheConfirmation().effectsSettledByTest().confirmsYes();
        running.effectIsSlow().expectSay("One moment, I'm booking that.");
        running.effectIsSlow().expectSay("I'm still on it.");
        running.effectIsSlow().expectSilence();
    }

    @Test
    void whatIsRejectedByThePoolIsTriedAgainAfterAYesAndTheThirdTimeGivenUp() {
        FlowTest running = atTheConfirmation().effectsSettledByTest().confirmsYes();
        running.settles(new ToolOutcome.Rejected("busy"))
                .expectSay("that didn't work. Shall I try again")
                .confirmsYes();
        running.settles(new ToolOutcome.Cancelled("stopped"))
                .expectSay("didn't work again")
                .expectOutcome("handed_over");
    }

    // Services.

    @Test
    void anItemThatWasNotOfferedIsAnError() {
        for (int option : new int[] {0, 2}) {
            FlowTest call = service()
                    .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                    .chooses(option);
            assertThat(call.lastAnswer()).contains("option must be between 1 and 1, but was " + option);
        }
    }

    @Test
    void whoTakesLeaveOfAServiceThatHasDoneSomethingHasFinished() {
        FlowTest call = service()
                .wants("reserve")
                .fills(Map.of("restaurant", "Kos", "time", "19:00"))
                .confirmsYes();
        call.isSilent(1)
                .expectNoOutcome()
                .isSilent(2)
                .expectSay("Thank you for calling.")
                .expectOutcome("completed");
    }
}
