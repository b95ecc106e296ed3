package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowCoverageExtension;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the nine built-in scripts do, without model, network or clock. */
class ClinicFlowTest {
    @RegisterExtension
    static final FlowCoverageExtension COVERAGE =
            FlowCoverageExtension.atLeast(1).except("slot date: alternatives offered", "slot date: alternative chosen");

    private static final InstantSource FRIDAY = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);
    private static final LocalTime THREE = LocalTime.of(15, 0);
    private static final Map<String, String> EVERYTHING = Map.of(
            "service", "CHECKUP",
            "date", "2026-11-24",
            "time", "15:00",
            "name", "Ada Lovelace",
            "phone", "202 555 0147");

    private final Database database = Database.inMemory();
    private final Calendar calendar = new Calendar(database, FRIDAY, ZoneOffset.UTC, RandomGenerator.getDefault());
    private final FlowTest call = FlowTest.of(ClinicFlow.booking(calendar, ClinicBot.faq()), FRIDAY);

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void oneAnswerAfterAnotherLeadsToABooking() {
        call.fills(Map.of("service", "CHECKUP"))
                .expectSay("Which day")
                .fills(Map.of("date", "2026-11-24"))
                .expectSay("What time")
                .fills(Map.of("time", "15:00"))
                .expectSay("name")
                .fills(Map.of("name", "Ada Lovelace"))
                .expectSay("phone number")
                .fills(Map.of("phone", "202 555 0147"))
                .expectSay("Shall I book it?")
                .confirmsYes()
                .expectSay("You're booked. Your reference is")
                .expectEffects(1);

        assertThat(calendar.isFree(Service.CHECKUP, TUESDAY, THREE)).isFalse();
        assertThat(calendar.size()).isEqualTo(1);
    }

    @Test
    void everythingAtOnceIsReadBackAtOnce() {
        call.fills(EVERYTHING)
                .expectSay("a check-up on Tuesday, November 24th at 3 PM for Ada Lovelace. Shall I book it?")
                .confirmsYes()
                .expectSay("Your reference is");

        assertThat(calendar.size()).isEqualTo(1);
    }

    @Test
    void aCorrectionAtTheConfirmationIsReadBackAgain() {
        int stale = call.fills(EVERYTHING).confirmRevision();

        call.fills(Map.of("time", "16:00"))
                .expectSay("4 PM")
                .expectSay("Shall I book it?")
                .confirms("yes", stale)
                .expectEffects(0)
                .confirmsYes()
                .expectEffects(1);

        assertThat(calendar.isFree(Service.CHECKUP, TUESDAY, THREE)).isTrue();
        assertThat(calendar.isFree(Service.CHECKUP, TUESDAY, LocalTime.of(16, 0)))
                .isFalse();
    }

    @Test
    void aTakenTimeIsAnsweredWithTheNearestFreeOnes() {
        call.fills(Map.of("service", "CHECKUP", "date", "2026-11-24"))
                .fills(Map.of("time", "10:00"))
                .expectSay("9:30 AM")
                .chooses(1)
                .fills(Map.of("name", "Ada Lovelace", "phone", "202 555 0147"))
                .expectSay("at 9:30 AM")
                .confirmsYes()
                .expectSay("You're booked");
    }

    @Test
    void aTimeThatAnotherCallerTakesDuringTheCallIsNotBookedTwice() {
        call.fills(EVERYTHING);
        calendar.book(new Booking(
                Service.CHECKUP,
                TUESDAY,
                THREE,
                "Grace Hopper",
                new dev.antiphon.flow.slot.PhoneNumber("+12025550199")));

        call.confirmsYes().expectNotSaid("You're booked").expectSay("2:30 PM").expectNoOutcome();

        assertThat(calendar.size()).isEqualTo(1);
    }

    @Test
    void aQuestionInTheMiddleIsAnsweredAndTheOpenQuestionComesBack() {
        call.fills(Map.of("service", "CHECKUP"))
                .asks("do you take insurance?")
                .expectSay("We take most major insurance plans")
                .expectSay("Which day");
    }

    @Test
    void aCancelledCallBooksNothing() {
        call.fills(EVERYTHING).cancels().expectOutcome("abandoned").expectEffects(0);

        assertThat(calendar.size()).isZero();
    }

    @Test
    void aCallerWhoIsNotUnderstoodThreeTimesMovesUpTheLadder() {
        call.isUnclear()
                .isUnclear()
                .isUnclear()
                .expectStruggle(Struggle.Signal.NO_MATCH)
                .expectEscalation()
                .fills(EVERYTHING)
                .expectSay("Shall I book it?");
    }

    @Test
    void silenceIsAnsweredWithTheOpenQuestion() {
        call.fills(Map.of("service", "CHECKUP")).isSilent(1).expectSay("day").expectNoOutcome();
    }

    @Test
    void theWeekendIsRefused() {
        call.fills(Map.of("service", "CHECKUP", "date", "2026-11-21")).expectSay("closed at the weekend");
    }

    @Test
    void whatCannotBeIsRefusedAndAskedAgain() {
        call.fills(Map.of("service", "a haircut"))
                .expectSay("a check-up, a cleaning or a vaccination")
                .fills(Map.of("service", "CLEANING", "date", "2026-11-24", "time", "15:00"))
                .expectSay("name")
                .fills(Map.of("name", "4711"))
                .expectSay("name")
                .fills(Map.of("name", "Ada Lovelace"))
                .fills(Map.of("phone", "12"))
                .expectSay("phone number")
                .expectEffects(0);
    }

    @Test
    void everyValueCanBeCorrectedBeforeTheYes() {
        call.fills(EVERYTHING)
                .fills(Map.of(
                        "service", "CLEANING",
                        "date", "2026-11-25",
                        "time", "16:00",
                        "name", "Grace Hopper",
                        "phone", "202 555 0199"))
                .expectSay("a cleaning on Wednesday, November 25th at 4 PM for Grace Hopper. Shall I book it?")
                .confirmsYes()
                .expectSay("You're booked");

        assertThat(calendar.isFree(Service.CHECKUP, TUESDAY, THREE)).isTrue();
    }

    @Test
    void aNoAtTheConfirmationAsksWhatIsWrong() {
        call.fills(EVERYTHING)
                .confirmsNo()
                .expectSay("What would you like to change?")
                .fills(Map.of("time", "16:00"))
                .expectSay("4 PM")
                .expectEffects(0);
    }

    @Test
    void aBookingThatFailsIsTriedAgainAfterAYes() {
        call.effectsSettledByTest()
                .fills(EVERYTHING)
                .confirmsYes()
                .effectFails(new IllegalStateException("the database is away"))
                .expectSay("Shall I try again")
                .confirmsYes()
                .effectSucceeds(new ReferenceCode("8EN9V3"))
                .expectSay("You're booked. Your reference is 8 E N 9 V 3");
    }

    @Test
    void aBookingOfWhichNobodyKnowsIsNotClaimed() {
        call.effectsSettledByTest()
                .fills(EVERYTHING)
                .confirmsYes()
                .settles(new ToolOutcome.TimedOut(Duration.ofSeconds(8)))
                .expectSay("I can't tell yet whether it went through")
                .expectNotSaid("booked")
                .wantsAPerson()
                .expectSay("the front desk")
                .expectOutcome("handed_over");
    }

    @Test
    void aCallerWhoIsNotUnderstoodFiveTimesGetsAPerson() {
        call.isUnclear().isUnclear().isUnclear().isUnclear().isUnclear().expectOutcome("handed_over");
    }

    @Test
    void everyFrequentQuestionIsAnsweredInTheMiddleOfABooking() {
        call.fills(Map.of("service", "CHECKUP"));

        ClinicBot.faq()
                .entries()
                .forEach(entry -> call.asks(entry.questions().getFirst())
                        .expectSay(entry.answer())
                        .expectSay("day"));
    }

    @Test
    void theSourceOfAnAnswerIsToldToWhoAsks() {
        call.asks("do you take insurance?")
                .expectSay("We take most major insurance plans.")
                .asks("where does that come from?")
                .expectSay("That is from the patient guide, page 3.");
        assertThat(ClinicBot.faq().entries())
                .allSatisfy(entry -> assertThat(entry.source()).isPresent());
    }

    @Test
    void everyFrequentQuestionFindsItsOwnAnswer() {
        ClinicBot.faq()
                .entries()
                .forEach(entry -> entry.questions()
                        .forEach(question -> assertThat(ClinicBot.faq().answer(question))
                                .as(question)
                                .contains(entry)));
    }
}
