package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Another flow in the middle of one: the dialog comes back to what was begun. */
class ComeBackTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final EveningOut evening = new EveningOut();

    /** A ticket was begun, a table was, and the caller does not want that any more. */
    private FlowTest tableDeclined() {
        return FlowTest.of(evening.both(), CLOCK)
                .wants("cinema.buy")
                .fills(evening.film, "Heat")
                .expectSay("What time?")
                .wants("restaurants.reserve")
                .fills(evening.restaurant, "Kos", evening.time, "19:00")
                .cancels()
                .expectSay("All right. So, what time?");
    }

    @Test
    void whoCancelsSomethingElseComesBackToWhatIsStillOpen() {
        tableDeclined()
                .expectNoOutcome()
                .fills(evening.time, "21:00")
                .confirmsYes()
                .expectSay("You have the ticket.")
                .confirmsNo()
                .expectSay("Thank you for calling. Goodbye.")
                .expectOutcome("completed");
    }

    @Test
    void whoWouldLeaveAfterARefusalIsRemindedToo() {
        evening.nextBooking = Optional.of(new Done.Refused<>("They are full then."));
        FlowTest.of(evening.both(), CLOCK)
                .wants("cinema.buy")
                .fills(evening.film, "Heat")
                .wants("restaurants.reserve")
                .fills(evening.restaurant, "Kos", evening.time, "19:00")
                .confirmsYes()
                .expectSay("Would you like to change the restaurant or time, or is there anything else?")
                .saysGoodbye()
                .expectSay("I was still going to buy a ticket. What time?");
    }

    @Test
    void whoDoesNotWantItAnyMoreMayLeave() {
        tableDeclined().cancels().expectSay("All right. Is there anything else?");
        tableDeclined()
                .saysGoodbye()
                .expectSay("All right. Nothing was booked or changed. Goodbye.")
                .expectOutcome("abandoned");
    }

    @Test
    void nothingIsOpenThatWasOnlyNamed() {
        FlowTest.of(evening.both(), CLOCK)
                .wants("cinema.buy")
                .wants("restaurants.reserve")
                .fills(evening.restaurant, "Kos", evening.time, "19:00")
                .confirmsYes()
                .confirmsNo()
                .expectSay("Thank you for calling. Goodbye.");
    }

    @Test
    void whatIsUsualWasNotGiven() {
        FlowTest.of(evening.both(), CLOCK)
                .wants("restaurants.reserve")
                .wants("cinema.buy")
                .fills(evening.film, "Heat", evening.time, "21:00")
                .confirmsYes()
                .confirmsNo()
                .expectSay("Thank you for calling. Goodbye.");
    }

    record Visit(String name, String day) {}

    record Move(String reference, String day) {}

    /** A task of a service is left for another one of the same. */
    private FlowTest moved() {
        Slot<String> name = freeText("name").ask("Your name?");
        Slot<String> day = freeText("day").ask("Which day?");
        Slot<String> reference = freeText("reference").ask("Which reference?");
        Task<Visit> book = task(
                "book",
                Visit.class,
                t -> t.called("book a visit")
                        .collect(name, day)
                        .effect("book", visit -> "B1")
                        .done((visit, ref) -> say("Booked.")));
        Task<Move> move = task(
                "move",
                Move.class,
                t -> t.called("move a visit")
                        .collect(reference, day)
                        .effect("move", wish -> "M1")
                        .done((wish, ref) -> say("Moved.")));
        return FlowTest.of(
                        Flow.service(
                                "visits", s -> s.goal("Book visits").task(book).task(move)),
                        CLOCK)
                .wants("book")
                .fills(name, "Ana")
                .expectSay("Which day?")
                .wants("move")
                .fills(reference, "A7", day, "Friday")
                .confirmsYes()
                .expectSay("Moved.");
    }

    @Test
    void anotherTaskOfTheSameServiceDoesNotMakeOneForgetTheFirst() {
        moved().confirmsNo().expectSay("I was still going to book a visit.").expectNoOutcome();
        moved().confirmsNo()
                .cancels()
                .expectSay("All right, I won't book a visit this time.")
                .confirmsNo()
                .expectOutcome("completed");
    }
}
