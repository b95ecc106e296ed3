package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.made;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** What the caller says while something runs is not forgotten. */
class MeanwhileTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final ToolOutcome DOWN = new ToolOutcome.Failed("down", new IllegalStateException("down"));
    private static final ToolOutcome LATE = new ToolOutcome.TimedOut(Duration.ofSeconds(8));

    record Visit(String name, LocalDate day) {}

    private final Slot<String> name = freeText("name").ask("Your name?");
    private final Slot<LocalDate> day = date("day").ask("Which day?");

    /** A flow whose two effects are about to begin: the caller has said yes. */
    private FlowTest booking(Slot<LocalDate> wanted) {
        Flow<Visit> flow = Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Book a visit")
                        .collect(name, wanted)
                        .confirm(visit -> say("{} on {}. Right?", visit.name(), visit.day()))
                        .effect(
                                "book",
                                visit -> "B1",
                                e -> e.on(IllegalArgumentException.class, taken -> reject(wanted)))
                        .effect("invoice", visit -> "I1")
                        .done((visit, ref) -> say("Booked."))
                        .handOver("front desk"));
        return FlowTest.of(flow, CLOCK).effectsSettledByTest();
    }

    private FlowTest confirmed() {
        return booking(day).fills(name, "Ana", day, "2026-11-23").confirmsYes().expectEffects(1);
    }

    @Test
    void aCancelBetweenTwoEffectsStopsBeforeTheSecond() {
        confirmed()
                .cancels()
                .expectSay("One moment, I'm just doing that.")
                .effectSucceeds("B1")
                .expectSay("Part of this is already done. Do you really want to stop here?")
                .expectEffects(1)
                .confirmsNo()
                .expectSay("All right, let's go on. Ana on Monday, November 23rd. Right?")
                .confirmsYes()
                .expectEffects(2)
                .effectSucceeds("I1")
                .expectSay("Booked. Is there anything else?")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void aCancelThatComesTooLateIsToldSo() {
        confirmed()
                .effectSucceeds("B1")
                .cancels()
                .effectSucceeds("I1")
                .expectSay("Booked. That is already done, and I can't undo it here."
                        + " If you like, I can connect you to the front desk. Is there anything else?")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void afterACancelWhatFailedIsNotTriedAgain() {
        FlowTest call = confirmed().cancels().settles(DOWN);
        call.expectSay(
                        "I'm sorry, that didn't work. All right, I've stopped here. Nothing was booked or changed. Goodbye.")
                .expectEveryCallAnsweredOnce();
        assertThat(call.conversation().state().outcome()).containsInstanceOf(Outcome.Abandoned.class);
    }

    @Test
    void afterACancelNobodyPretendsToKnowWhatTimedOut() {
        confirmed()
                .cancels()
                .settles(LATE)
                .expectSay(
                        "I'm sorry, that takes too long. All right, I've stopped here. I can't tell yet whether it went through.");
    }

    @Test
    void aNoAfterTheYesStopsBeforeWhatFollowsButNotARetry() {
        confirmed()
                .confirmsNo()
                .effectSucceeds("B1")
                .expectSay("Do you really want to stop here?")
                .expectEffects(1);
        confirmed()
                .confirmsNo()
                .settles(DOWN)
                .expectSay("Shall I try again, or would you rather speak to the front desk?");
    }

    @Test
    void anotherValueIsTakenWhenTheEffectHasFailed() {
        confirmed()
                .fills(day, "tomorrow")
                .expectSay("One moment, I'm just doing that.")
                .settles(DOWN)
                .expectSay("I'm sorry, that didn't work. Okay, Saturday, November 21st instead."
                        + " Ana on Saturday, November 21st. Right?")
                .confirmsYes()
                .expectEffects(2)
                .effectSucceeds("B2")
                .effectSucceeds("I2")
                .expectSay("Booked.")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void anotherValueIsTakenWhenTheOneThatWasConfirmedIsGone() {
        confirmed()
                .fills(day, "2026-11-25")
                .effectFails(new IllegalArgumentException("taken"))
                .expectSay("I'm sorry, Monday, November 23rd is no longer available."
                        + " Ana on Wednesday, November 25th. Right?");
    }

    @Test
    void anotherValueCannotBeTakenWhileNobodyKnowsWhetherItWasDone() {
        confirmed()
                .fills(day, "2026-11-25")
                .settles(LATE)
                .expectSay("I can't change that before I know.")
                .expectSay("Shall I try again")
                .expectSlot(day, "Monday, November 23rd");
    }

    @Test
    void anotherValueIsRefusedWhenPartOfItIsDone() {
        confirmed()
                .fills(day, "2026-11-25")
                .effectSucceeds("B1")
                .expectSay("The day can't be changed any more, because part of this is already done."
                        + " Ana on Monday, November 23rd. Right?")
                .expectEffects(1);
    }

    @Test
    void anotherValueThatComesTooLateIsToldSo() {
        confirmed()
                .effectSucceeds("B1")
                .fills(day, "2026-11-25")
                .effectSucceeds("I1")
                .expectSay(
                        "Booked. That is already done, and I can't change it any more. The front desk can. Is there anything else?")
                .expectSlot(day, "Monday, November 23rd");
    }

    @Test
    void whatWasConfirmedAndIsSaidAgainChangesNothing() {
        confirmed()
                .fills(day, "2026-11-23")
                .effectSucceeds("B1")
                .expectEffects(2)
                .effectSucceeds("I1")
                .expectSay("Booked. Is there anything else?");
    }

    @Test
    void whatIsSaidLaterWins() {
        confirmed().cancels().fills(day, "2026-11-25").settles(DOWN).expectSay("Wednesday, November 25th. Right?");
        confirmed().fills(day, "2026-11-25").cancels().settles(DOWN).expectSay("I've stopped here");
    }

    @Test
    void whoWantsAPersonGetsOneBeforeAnythingMoreIsDone() {
        confirmed()
                .wantsAPerson()
                .expectSay("One moment, I'm just finishing this, then I'll connect you.")
                .effectSucceeds("B1")
                .expectSay("I'll connect you to the front desk now.")
                .expectNotSaid("Right?")
                .expectEffects(1)
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void aValueThatIsUnknownIsReportedAtOnce() {
        confirmed()
                .calls("fill_slots", "{\"colour\":\"red\"}")
                .expectStruggle(Struggle.Signal.TOOL_ERROR)
                .effectSucceeds("B1")
                .expectEffects(2);
    }

    private FlowTest checking() {
        Slot<LocalDate> verified = day.verify((value, slots) -> ok());
        return booking(verified).fills(day, "2026-11-23");
    }

    @Test
    void aCancelEndsTheCallWhenTheCheckHasEnded() {
        checking()
                .cancels()
                .settles(new ToolOutcome.Ok(ok()))
                .expectSay("All right, I've stopped here. Nothing was booked or changed. Goodbye.")
                .expectNotSaid("Your name?")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void aDayThatIsSaidDuringACheckIsReadAsOfWhenItWasSaid() {
        FlowTest call = checking().fills(day, "tomorrow").settles(new ToolOutcome.Ok(ok()));
        call.settles(new ToolOutcome.Ok(ok()))
                .expectSlot(day, "Saturday, November 21st")
                .expectSay("Your name?");
    }

    @Test
    void aValueThatIsAskedAboutDuringAnEffectIsTold() {
        confirmed()
                .asksAbout("day")
                .effectSucceeds("B1")
                .effectSucceeds("I1")
                .expectSay("The day is Monday, November 23rd.")
                .expectEveryCallAnsweredOnce();
    }

    private final EveningOut evening = new EveningOut();

    private FlowTest searching() {
        return FlowTest.of(evening.restaurants(), CLOCK)
                .effectsSettledByTest()
                .wants("find")
                .fills(evening.cuisine, "thai");
    }

    private ToolOutcome found(String cuisine) {
        return new ToolOutcome.Ok(evening.find(Item.of(item -> item.with(evening.cuisine, cuisine))));
    }

    @Test
    void otherWishesDuringASearchAreLookedUpInstead() {
        FlowTest call = searching()
                .fills(evening.cuisine, "greek")
                .settles(found("thai"))
                .expectEffects(2);
        call.settles(found("greek")).expectSay("Kos").expectNotSaid("Lotus").expectEveryCallAnsweredOnce();
    }

    @Test
    void aCancelDuringASearchLeavesIt() {
        searching()
                .cancels()
                .settles(found("thai"))
                .expectSay("All right. Is there anything else?")
                .expectNotSaid("Lotus")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void anotherTaskDuringASearchBeginsInsteadOfIt() {
        searching()
                .wants("reserve")
                .settles(found("thai"))
                .expectSay("Which restaurant?")
                .expectNotSaid("Lotus");
    }

    private FlowTest reserving() {
        return FlowTest.of(evening.restaurants(), CLOCK)
                .effectsSettledByTest()
                .wants("reserve")
                .fills(evening.restaurant, "Kos", evening.time, "19:00")
                .confirmsYes()
                .expectEffects(1);
    }

    @Test
    void aCancelDuringATransactionIsToldThatItIsDone() {
        reserving()
                .cancels()
                .effectSucceeds(made("R7", Item.of(item -> item.with("reference", "R7"))))
                .expectSay("Reserved at Kos. That is already done, and I can't undo it here.");
    }

    @Test
    void afterACancelWhatIsPossibleInsteadIsNotOffered() {
        Item later = Item.of(item -> item.with(evening.time, LocalTime.of(20, 0)));
        reserving()
                .cancels()
                .effectSucceeds(new Done.Alternative<>(later))
                .expectSay("All right. Is there anything else?");
    }

    @Test
    void valuesOfAnotherTaskBeginItAndThoseOfTheFinishedOneComeTooLate() {
        reserving()
                .fills(evening.cuisine, "greek")
                .effectSucceeds(made("R7", Item.of(item -> item.with("reference", "R7"))))
                .expectEffects(2)
                .settles(found("greek"))
                .expectSay("Reserved at Kos. I have Kos")
                .expectEveryCallAnsweredOnce();
        reserving()
                .fills(evening.time, "20:00")
                .effectSucceeds(made("R7", Item.of(item -> item.with("reference", "R7"))))
                .expectSay("Reserved at Kos. That is already done, and I can't change it any more.")
                .expectEffects(1);
    }

    @Test
    void whatRunsAndWhatIsWantedNextSurvivesARestart() {
        DialogState state =
                confirmed().fills(day, "tomorrow").wantsAPerson().conversation().dialogState();
        assertThat(SavedDialog.read(SavedDialog.write(state))).isEqualTo(state);
    }

    @Test
    void whoWaitsLongIsToldTwiceThatItTakesTime() {
        confirmed()
                .effectIsSlow()
                .expectSay("One moment, please.")
                .effectIsSlow()
                .expectSay("I'm still on it.")
                .effectIsSlow()
                .expectSilence()
                .effectSucceeds("B1")
                .expectEffects(2)
                .effectIsSlow()
                .expectSay("One moment, please.");
    }

    @Test
    void whoTakesLeaveIsToldWhatBecameOfItAndTheCallEnds() {
        confirmed()
                .effectSucceeds("B1")
                .saysGoodbye()
                .effectSucceeds("I1")
                .expectSay("Booked. Thank you for calling. Goodbye.")
                .expectOutcome("completed")
                .expectEveryCallAnsweredOnce();
        confirmed().saysGoodbye().effectSucceeds("B1").expectEffects(2);
        confirmed()
                .saysGoodbye()
                .settles(DOWN)
                .expectSay("I'm sorry, that didn't work. All right. Nothing was booked or changed. Goodbye.")
                .expectOutcome("abandoned");
        searching().saysGoodbye().settles(found("thai")).expectNotSaid("Lotus").expectOutcome("abandoned");
        checking()
                .saysGoodbye()
                .settles(new ToolOutcome.Ok(ok()))
                .expectNotSaid("Your name?")
                .expectOutcome("abandoned");
    }

    @Test
    void whoAsksForItAgainHearsThatItIsBeingDone() {
        confirmed()
                .controls("repeat")
                .expectSay("One moment, I'm just doing that.")
                .expectNotSaid("Right?");
        checking()
                .controls("repeat")
                .expectSay("One moment, I'm checking that.")
                .expectNotSaid("Which day?");
    }

    @Test
    void aSearchThatFailedIsMadeAgainAfterAYes() {
        FlowTest call = searching()
                .settles(DOWN)
                .expectSay("Shall I try again?")
                .confirmsYes()
                .expectEffects(2);
        call.settles(found("thai")).expectSay("Lotus").expectNoOutcome();
    }
}
