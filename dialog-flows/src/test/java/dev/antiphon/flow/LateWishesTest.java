package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What callers want after, beside or instead of a booking. */
class LateWishesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(LocalDate day, LocalTime time, String name) {}

    record Move(String reference, LocalDate day, LocalTime time) {}

    record Cancellation(String reference) {}

    private final Slot<LocalDate> day = date("day").ask("Which day?");
    private final Slot<LocalTime> time = time("time").ask("What time?");
    private final Slot<String> name = freeText("name").ask("Your name?");
    private final Slot<String> reference = freeText("reference").ask("Which reference?");
    private final List<Visit> booked = new ArrayList<>();

    private FlowTest visits() {
        Task<Visit> book = task(
                "book",
                Visit.class,
                t -> t.called("book a visit")
                        .collect(day, time, name)
                        .confirm(visit ->
                                say("{} at {} for {}. Shall I book it?", visit.day(), visit.time(), visit.name()))
                        .effect("book", visit -> {
                            booked.add(visit);
                            return "B1";
                        })
                        .done((visit, ref) -> say("Booked for {}.", visit.name())));
        Task<Move> move = task(
                "move",
                Move.class,
                t -> t.called("move a visit").collect(reference, day, time).effect("move", wish -> "M1"));
        Task<Cancellation> cancel = task(
                "cancel",
                Cancellation.class,
                t -> t.called("cancel a visit").collect(reference).effect("cancel", wish -> "C1"));
        return FlowTest.of(
                Flow.service(
                        "visits",
                        s -> s.goal("Book visits").task(book).task(move).task(cancel)),
                CLOCK);
    }

    private static Map<String, String> ana() {
        return Map.of("day", "2026-11-26", "time", "15:30", "name", "Ana");
    }

    private static Map<String, String> bob() {
        return Map.of("day", "2026-11-30", "time", "10:00", "name", "Bob");
    }

    private FlowTest booked() {
        return visits().inOneTurn(c -> c.wants("book").fills(ana()))
                .confirmsYes()
                .expectSay("Booked for Ana.");
    }

    private void assertBooked(String... names) {
        assertThat(booked).extracting(Visit::name).containsExactly(names);
    }

    @Test
    void aLateValueThatOnlyTheFinishedTaskHasReopensNothing() {
        booked().fills(name, "Peter")
                .expectSay("The name can't be changed any more: that is already done. Is there anything else?")
                .expectNotSaid("part of this")
                .expectNotSaid("Which day?")
                .confirmsNo()
                .expectOutcome("completed");
        assertBooked("Ana");
    }

    @Test
    void aLateValueThatCannotBeReadReopensNothing() {
        booked().fills(Map.of("day", "someday", "name", "Peter"))
                .expectSay("The day and name can't be changed any more")
                .expectNotSaid("Which day?");
    }

    @Test
    void severalLateValuesAreToldInOneSentence() {
        booked().fills(day, "2026-11-27", time, "11:00")
                .expectSay("The day and time can't be changed any more: that is already done. But I can move a visit."
                        + " Shall I do that?");
    }

    @Test
    void whatIsSaidOnceMoreIsNoChange() {
        booked().fills(name, "Ana").expectSay("Is there anything else?").expectNotSaid("can't be changed");
    }

    @Test
    void theNextTaskBeginsWithoutTheValuesOfTheFinishedOne() {
        booked().fills(name, "Peter").wants("book").expectSay("Which day?").expectOpen(name);
        booked().inOneTurn(c -> c.wants("book").fills(name, "Peter"))
                .expectSay("Which day?")
                .expectSlot(name, "Peter")
                .expectOpen(time);
        booked().fills(Map.of("reference", "A7", "day", "2026-11-27"))
                .expectSay("What time?")
                .expectNotSaid("can't be changed")
                .expectSlot(day, "Friday, November 27th");
    }

    @Test
    void whoWouldLeaveInAnotherTaskIsRemindedOnceOfTheFirst() {
        visits().inOneTurn(c -> c.wants("book").fills(day, "2026-11-26", time, "15:30"))
                .wants("cancel")
                .expectSay("Which reference?")
                .saysGoodbye()
                .expectSay("I was still going to book a visit. Your name?")
                .expectNoOutcome()
                .saysGoodbye()
                .expectSay("Nothing was booked or changed. Goodbye.")
                .expectOutcome("abandoned");
    }

    @Test
    void whoCameBackToTheFirstIsNotRemindedOfIt() {
        visits().inOneTurn(c -> c.wants("book").fills(day, "2026-11-26", time, "15:30"))
                .wants("cancel")
                .wants("book")
                .expectSay("Your name?")
                .saysGoodbye()
                .expectOutcome("abandoned");
    }

    @Test
    void aYesBooksBeforeAnotherOneBegins() {
        visits().inOneTurn(c -> c.wants("book").fills(ana()))
                .inOneTurn(c -> c.confirmsYes().wantsAnother("book"))
                .expectSay("Booked for Ana. You also wanted to book a visit. Which day?")
                .expectEffects(1)
                .fills(bob())
                .expectSay("for Bob. Shall I book it?")
                .confirmsYes()
                .expectSay("Booked for Bob.")
                .expectEveryCallAnsweredOnce();
        assertBooked("Ana", "Bob");
    }

    @Test
    void aYesBooksWhatWasReadBackAndTheValuesBelongToTheOther() {
        for (boolean valuesFirst : List.of(true, false)) {
            booked.clear();
            visits().inOneTurn(c -> c.wants("book").fills(ana()))
                    .inOneTurn(c -> {
                        if (valuesFirst) {
                            c.fills(Map.of("day", "2026-11-30", "name", "Bob")).wantsAnother("book");
                        } else {
                            c.wantsAnother("book").fills(Map.of("day", "2026-11-30", "name", "Bob"));
                        }
                        c.confirmsYes();
                    })
                    .expectSay("Booked for Ana.")
                    .expectSay("What time?")
                    .expectEffects(1)
                    .fills(time, "10:00")
                    .expectSay("Monday, November 30th at 10 AM for Bob. Shall I book it?")
                    .confirmsYes();
            assertBooked("Ana", "Bob");
        }
    }

    @Test
    void aYesThatIsNotFreshBooksNothingAndTheOtherWaits() {
        visits().inOneTurn(c -> c.wants("book").fills(ana()))
                .inOneTurn(c -> c.confirms("yes", 0).wantsAnother("book"))
                .expectSay("for Ana. Shall I book it?")
                .expectEffects(0)
                .confirmsYes()
                .expectSay("Booked for Ana. You also wanted to book a visit. Which day?");
        assertBooked("Ana");
    }

    @Test
    void twoOfAKindInOneTurnAreTwo() {
        visits().inOneTurn(
                        c -> c.wants("book").fills(ana()).wantsAnother("book").fills(bob()))
                .expectSay("for Ana. Shall I book it?")
                .expectNotSaid("Bob")
                .confirmsYes()
                .expectSay("Booked for Ana. You also wanted to book a visit. Monday, November 30th at 10 AM for Bob.")
                .expectEffects(1)
                .confirmsYes()
                .expectSay("Booked for Bob.")
                .expectEveryCallAnsweredOnce();
        assertBooked("Ana", "Bob");
    }

    @Test
    void valuesOfTwoOfAKindGoInTheOrderOfTheirWishes() {
        visits().inOneTurn(
                        c -> c.wants("book").wantsAnother("book").fills(ana()).fills(bob()))
                .expectSay("for Ana. Shall I book it?")
                .confirmsYes()
                .expectSay("for Bob. Shall I book it?");
    }

    @Test
    void whoCancelsTheFirstIsAskedAboutTheOther() {
        visits().inOneTurn(c -> c.wants("book").fills(ana()).wantsAnother("book"))
                .cancels()
                .expectSay("All right. You also wanted to book a visit. Which day?")
                .cancels()
                .saysGoodbye()
                .expectOutcome("abandoned");
    }

    @Test
    void threeOfAKindComeOneAfterTheOther() {
        visits().inOneTurn(c -> c.wants("book").fills(ana()))
                .inOneTurn(c -> c.wantsAnother("book")
                        .fills(bob())
                        .wantsAnother("book")
                        .fills(Map.of("day", "2026-12-01", "time", "11:30", "name", "Cleo")))
                .expectSay("for Bob. Shall I book it?")
                .confirmsYes()
                .expectSay("Booked for Bob. You also wanted to book a visit.")
                .expectSay("for Cleo. Shall I book it?")
                .confirmsYes()
                .comesBackTo("book", 1)
                .confirmsYes();
        assertBooked("Bob", "Cleo", "Ana");
    }

    @Test
    void theSameWishTwiceIsOneMore() {
        FlowTest call = visits().inOneTurn(c -> c.wants("book").fills(ana()))
                .inOneTurn(c -> c.wantsAnother("book").wantsAnother("book").confirmsYes())
                .expectSay("Which day?")
                .fills(bob())
                .confirmsYes()
                .expectSay("Booked for Bob.")
                .expectNotSaid("also wanted to")
                .expectEveryCallAnsweredOnce();
        assertThat(call.conversation().dialogState().flows()).containsOnlyKeys("visits", "visits#2");
    }

    @Test
    void whatWasSaidOfBothIsSaidAgainTogether() {
        visits().inOneTurn(
                        c -> c.wants("book").fills(ana()).wantsAnother("book").fills(bob()))
                .confirmsYes()
                .cutsInAfter(0.1)
                .controls("repeat")
                .expectSay("Booked for Ana.")
                .expectSay("for Bob. Shall I book it?")
                .confirmsYes();
        assertBooked("Ana", "Bob");
    }

    @Test
    void aFailureOfTheFirstLeavesTheOtherWaiting() {
        visits().effectsSettledByTest()
                .inOneTurn(
                        c -> c.wants("book").fills(ana()).wantsAnother("book").fills(bob()))
                .confirmsYes()
                .effectFails(new IllegalStateException("down"))
                .expectSay("Shall I try again?")
                .expectNotSaid("Bob")
                .confirmsYes()
                .effectSucceeds("B1")
                .expectSay("Booked for Ana.")
                .expectSay("for Bob. Shall I book it?")
                .expectEveryCallAnsweredOnce();
    }
}
