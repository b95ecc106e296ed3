package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle.Signal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Collecting, alternatives and confirming, in sentences. */
class BookingConversationTest extends BookedByPhone {
    @Test
    void theCallerIsGreetedAndAskedTheFirstQuestion() {
        call().expectSay("book one visit")
                .expectSay("Which service would you like?")
                .expectStep("service");
    }

    @Test
    void slotsAreAskedOneByOneAndBookedAfterAYes() {
        call().caller()
                .fills(booking.service, "checkup")
                .expectSay("Which day suits you?")
                .caller()
                .fills(booking.date, "2026-11-24")
                .expectSay("Tuesday, November 24th")
                .expectSay("What time?")
                .caller()
                .fills(booking.time, "15:00")
                .expectSay("3 PM")
                .expectSay("May I have your name?")
                .caller()
                .fills(booking.name, "Ana Smith")
                .expectSay("And a phone number?")
                .caller()
                .fills(booking.phone, "(202) 555-0147")
                .expectSay("2 0 2, 5 5 5, 0 1 4 7")
                .expectSay("Checkup on Tuesday, November 24th at 3 PM for Ana Smith. Shall I book it?")
                .expectStep("confirm")
                .expectEffects(0)
                .caller()
                .confirmsYes()
                .expectSay("You're booked. Your reference is A 1 7.")
                .expectSay("anything else")
                .expectStep("done")
                .expectNoOutcome()
                .caller()
                .confirmsNo()
                .expectSay("Goodbye")
                .expectOutcome("completed")
                .expectEffects(1)
                .expectNoStruggle()
                .expectEveryCallAnsweredOnce();
        assertThat(calendar.bookings).hasSize(1);
        assertThat(calendar.bookings.getFirst().phone().e164()).isEqualTo("+12025550147");
    }

    @Test
    void everythingAtOnceIsReadBackAtOnce() {
        atTheConfirmation()
                .expectSay("Checkup on Tuesday")
                .caller()
                .confirmsYes()
                .expectSay("You're booked")
                .caller()
                .saysGoodbye()
                .expectOutcome("completed");
    }

    @Test
    void slotsComeInAnyOrderAndExtraOnesAreKept() {
        call().caller()
                .fills(booking.name, "Ana Smith", booking.time, "3 pm")
                .expectSay("Which service")
                .caller()
                .fills(booking.date, "tomorrow")
                .expectSay("Which service")
                .expectSlot(booking.date, "Saturday, November 21st")
                .expectSlot(booking.time, "3 PM")
                .caller()
                .fills(booking.service, "a routine visit please")
                .expectSay("phone number")
                .expectSlot(booking.service, "checkup");
    }

    @Test
    void aTimeGivenBeforeTheDayIsCheckedOnceTheDayIsKnown() {
        calendar.take(TUESDAY, THREE);
        call().caller()
                .fills(booking.time, "15:00", booking.service, "CLEANING")
                .expectSay("Which day")
                .caller()
                .fills(booking.date, "2026-11-24")
                .expectSay("3 PM isn't available")
                .expectSay("I have 2:30 PM, 3:30 PM or 2 PM")
                .expectOpen(booking.time);
    }

    @Test
    void aDayInThePastIsRefusedWithTheReason() {
        call().caller()
                .fills(booking.service, "CHECKUP", booking.date, "2026-11-19")
                .expectSay("Thursday, November 19th is in the past")
                .expectSay("Which day")
                .expectOpen(booking.date);
    }

    @Test
    void aDayTooFarAheadIsRefusedWithTheLastPossibleOne() {
        call().caller().fills(booking.date, "2027-03-01").expectSay("The last possible day is Tuesday, January 19th");
    }

    @Test
    void alternativesAreOfferedAndTheSecondOneIsTaken() {
        calendar.take(TUESDAY, THREE);
        call().caller()
                .fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .expectSay("I have 2:30 PM, 3:30 PM or 2 PM. Which would you like?")
                .caller()
                .chooses(2)
                .expectSlot(booking.time, "3:30 PM")
                .expectSay("May I have your name?");
    }

    @Test
    void moreAlternativesAreReadUntilTheListIsExhausted() {
        calendar.take(TUESDAY, THREE);
        call().caller()
                .fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .caller()
                .wantsAlternatives()
                .expectSay("I have 4 PM, 1:30 PM or 4:30 PM")
                .caller()
                .wantsAlternatives()
                .expectSay("I have 1 PM. Would that work?")
                .caller()
                .wantsAlternatives()
                .expectSay("Those are the best I can offer. Would 1 PM work, or would another date suit you?")
                .caller()
                .chooses(1)
                .expectSlot(booking.time, "1 PM");
    }

    @Test
    void anotherDayEndsTheOffer() {
        calendar.take(TUESDAY, THREE);
        call().caller()
                .fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .caller()
                .fills(booking.date, "2026-11-25")
                .expectSay("What time?")
                .expectNotSaid("2:30");
    }

    @Test
    void aYesToASingleAlternativeTakesIt() {
        calendar.take(TUESDAY, THREE);
        call().caller()
                .fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .caller()
                .wantsAlternatives()
                .caller()
                .wantsAlternatives()
                .expectSay("Would that work?")
                .caller()
                .confirms("yes", 0)
                .expectSlot(booking.time, "1 PM");
    }

    @Test
    void aChangedDayDropsTheTimeAndSaysSoInOneSentence() {
        atTheConfirmation()
                .caller()
                .fills(booking.date, "2026-11-27")
                .expectSay("Friday, November 27th instead")
                .expectSay("Since the date changed, I need the time again.")
                .expectSay("What time?")
                .expectOpen(booking.time)
                .expectStruggle(Signal.CORRECTION)
                .caller()
                .fills(booking.time, "16:00")
                .expectSay("Checkup on Friday, November 27th at 4 PM")
                .caller()
                .confirmsYes()
                .expectSay("You're booked");
        assertThat(calendar.bookings)
                .extracting(ReferenceBooking.Booking::date)
                .containsExactly(LocalDate.of(2026, 11, 27));
    }

    @Test
    void aCorrectionOfDayAndTimeTogetherKeepsBoth() {
        atTheConfirmation()
                .caller()
                .fills(booking.date, "2026-11-27", booking.time, "15:00")
                .expectSay("Friday, November 27th at 3 PM")
                .expectSay("Shall I book it?");
    }

    @Test
    void aNoWithANewValueInTheSameTurnChangesAndConfirmsAgain() {
        atTheConfirmation()
                .inOneTurn(caller -> caller.confirmsNo().fills(booking.name, "Anna Smith"))
                .expectSay("Anna Smith")
                .expectSay("Shall I book it?")
                .expectEffects(0)
                .caller()
                .confirmsYes()
                .expectSay("You're booked");
    }

    @Test
    void aYesThatRepeatsTheValuesIsNotReadBackAgain() {
        atTheConfirmation()
                .inOneTurn(caller -> caller.fills(booking.date, "2026-11-24").confirmsYes())
                .expectSay("You're booked.")
                .expectNotSaid("Shall I book it?")
                .expectEffects(1)
                .expectNoStruggle();
    }

    @Test
    void aBareNoIsAskedWhatToChange() {
        atTheConfirmation()
                .caller()
                .confirmsNo()
                .expectSay("What would you like to change?")
                .expectEffects(0)
                .caller()
                .fills(booking.time, "16:00")
                .expectSay("4 PM instead")
                .expectSay("Shall I book it?")
                .caller()
                .confirmsYes()
                .expectEffects(1);
    }

    @Test
    void severalCorrectionsAreToldInOneBreath() {
        atTheConfirmation()
                .fills(booking.date, "2026-11-25", booking.time, "16:00")
                .expectSay("Okay, Wednesday, November 25th and 4 PM instead.");
        atTheConfirmation()
                .inOneTurn(caller -> caller.fills(booking.time, "16:00").fills(booking.phone, "202 555 0199"))
                .expectSay("Okay, 4 PM, phone number 2 0 2, 5 5 5, 0 1 9 9 instead.");
    }

    @Test
    void aCorrectionThatTheReadBackLeavesOutIsStillSaid() {
        atTheConfirmation()
                .caller()
                .fills(booking.phone, "202 555 0199")
                .expectSay("2 0 2, 5 5 5, 0 1 9 9 instead")
                .expectSay("Shall I book it?");
    }

    @Test
    void aStaleYesIsRefusedAndReadAgain() {
        FlowTest call = atTheConfirmation();
        int stale = call.confirmRevision();
        call.caller()
                .fills(booking.name, "Eve Jones")
                .caller()
                .confirms("yes", stale)
                .expectEffects(0)
                .expectSay("for Eve Jones. Shall I book it?")
                .caller()
                .confirmsYes()
                .expectEffects(1);
    }

    @Test
    void aYesBeforeTheReadBackWasSpokenIsRefused() {
        call().inOneTurn(model -> model.fills(Map.of(
                                "service",
                                "CHECKUP",
                                "date",
                                "2026-11-24",
                                "time",
                                "15:00",
                                "name",
                                "Ana Smith",
                                "phone",
                                "2025550147"))
                        .confirmsYes())
                .expectEffects(0)
                .caller()
                .confirmsYes()
                .expectEffects(1);
    }

    @Test
    void aCorrectedNameIsSpelled() {
        call().fills(booking.name, "Ana Smith")
                .fills(booking.name, "Anna Smyth")
                .expectSay("that's A as in Alfa, N as in November, N as in November, A as in Alfa, S as in Sierra");
    }
}
