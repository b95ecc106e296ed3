package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The effect, and what is told of it, in sentences. */
class BookingEffectTest extends BookedByPhone {
    @Test
    void theSuccessIsSpokenWordForWord() {
        assertThat(atTheConfirmation().confirmsYes().lastAnswer()).contains("\"verbatim\":true");
    }

    @Test
    void aYesAndAQuestionInOneTurnIsAnsweredAndBooked() {
        atTheConfirmation()
                .inOneTurn(caller -> caller.confirmsYes().asks("Do you take insurance?"))
                .expectSay("all major insurance plans")
                .expectSay("You're booked")
                .expectEffects(1)
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void cancelEndsAtOnceWhileNothingIsDone() {
        atTheConfirmation()
                .caller()
                .cancels()
                .expectSay("Nothing was booked")
                .expectOutcome("abandoned")
                .expectEffects(0);
    }

    @Test
    void cancelAfterTheBookingDoesNotPretendToUndoIt() {
        atTheConfirmation()
                .confirmsYes()
                .caller()
                .cancels()
                .expectSay("I can't undo it here")
                .expectNoOutcome();
    }

    @Test
    void aFinishedBookingIsClosedForLateValues() {
        atTheConfirmation()
                .confirmsYes()
                .caller()
                .fills(booking.date, "2026-12-01")
                .expectSay("already done")
                .expectSlot(booking.date, "Tuesday, November 24th")
                .caller()
                .confirmsYes()
                .caller()
                .confirmsYes()
                .expectEffects(1);
    }

    @Test
    void theEffectRunsOnceHoweverOftenYesIsSaid() {
        FlowTest call = atTheConfirmation().effectsSettledByTest();
        call.confirmsYes()
                .confirmsYes()
                .confirmsYes()
                .expectEffects(1)
                .effectSucceeds("B1")
                .expectSay("Your reference is B 1")
                .confirmsYes()
                .expectEffects(1)
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void nothingIsSaidOfSuccessBeforeTheEffectHasSucceeded() {
        atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .expectNotSaid("booked")
                .expectStep("book")
                .effectIsSlow()
                .expectSay("One moment, I'm booking that.")
                .effectSucceeds("B1")
                .expectSay("You're booked");
    }

    @Test
    void fillerIsSpokenOnce() {
        atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .effectIsSlow()
                .effectIsSlow()
                .expectNotSaid("One moment");
    }

    @Test
    void valuesCannotChangeWhileTheEffectRuns() {
        atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .fills(booking.date, "2026-12-01")
                .expectSay("One moment")
                .expectSlot(booking.date, "Tuesday, November 24th")
                .effectSucceeds("B1")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void aTimeTakenMeanwhileLeadsBackToItWithAlternatives() {
        FlowTest call = atTheConfirmation();
        calendar.take(TUESDAY, THREE);
        call.caller()
                .confirmsYes()
                .expectSay("3 PM is no longer available")
                .expectSay("I have 2:30 PM, 3:30 PM or 2 PM")
                .expectOpen(booking.time)
                .caller()
                .chooses(1)
                .expectSay("at 2:30 PM")
                .expectSay("Shall I book it?")
                .expectEffects(1)
                .caller()
                .confirmsYes()
                .expectEffects(2)
                .expectSay("You're booked");
        assertThat(calendar.bookings).hasSize(1);
    }

    @Test
    void aFailedEffectIsApologisedForAndTriedAgainUnderTheSameKey() {
        FlowTest call = atTheConfirmation().effectsSettledByTest().confirmsYes();
        int first = call.confirmRevision();
        call.settles(new ToolOutcome.TimedOut(Duration.ofSeconds(8)))
                .expectSay("I can't tell yet whether it went through. Shall I try again, ")
                .expectSay("or would you rather speak to the front desk?")
                .caller()
                .confirms("yes", first)
                .expectEffects(1)
                .caller()
                .confirmsYes()
                .expectEffects(2)
                .effectSucceeds("B1")
                .expectSay("You're booked");
        assertThat(call.effects()).extracting(run -> run.idempotencyKey()).containsOnly("test:book:r5");
        assertThat(call.effects()).extracting(run -> run.effectId()).doesNotHaveDuplicates();
    }

    @Test
    void anEffectThatFailsTwiceHandsTheCallOver() {
        atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .effectFails(new IllegalStateException("down"))
                .confirmsYes()
                .effectFails(new IllegalStateException("down"))
                .expectSay("connect you to the front desk")
                .expectOutcome("handed_over");
    }

    @Test
    void aNoToTheRetryHandsTheCallOver() {
        atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .effectFails(new IllegalStateException("down"))
                .confirmsNo()
                .expectOutcome("handed_over");
    }

    @Test
    void aPersonWantedDuringTheEffectComesAfterIt() {
        atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .wantsAPerson()
                .expectNoOutcome()
                .effectSucceeds("B1")
                .expectSay("You're booked")
                .expectSay("connect you")
                .expectOutcome("handed_over");
    }

    @Test
    void theSeedTellsTheNextModelWhereTheCallStands() {
        FlowTest call = atTheConfirmation();
        assertThat(call.conversation().seed().orElseThrow())
                .startsWith("Conversation so far:")
                .contains(
                        "date: Tuesday, November 24th",
                        "Shall I book it?",
                        "confirm_revision: " + call.confirmRevision())
                .doesNotContain("0147");
        call.confirmsYes();
        assertThat(call.conversation().seed().orElseThrow()).contains("book is done (A17); do not do it again");
    }

    @Test
    void sensitiveValuesAreMaskedInTheView() {
        assertThat(atTheConfirmation().conversation().view().slots().get("phone"))
                .doesNotContain("0")
                .doesNotContain("1");
    }

    @Test
    void theInstructionsHoldTheDayAndTheZone() {
        assertThat(call().conversation().opening().instructions())
                .contains("Today is Friday, 2026-11-20. The time zone is Z.");
    }
}
