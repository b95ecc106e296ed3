package dev.antiphon.flow;

import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Another flow in the middle of one: the dialog comes back to what was begun. */
class ComeBackTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final EveningOut evening = new EveningOut();

    /** A ticket was begun, a table reserved. */
    private FlowTest tableReserved() {
        return FlowTest.of(evening.both(), CLOCK)
                .wants("cinema.buy")
                .fills(evening.film, "Heat")
                .expectSay("What time?")
                .wants("restaurants.reserve")
                .fills(evening.restaurant, "Kos", evening.time, "19:00")
                .confirmsYes()
                .expectSay("Reserved at Kos.");
    }

    @Test
    void whoWouldLeaveIsRemindedOfWhatIsStillOpen() {
        tableReserved()
                .confirmsNo()
                .expectSay("I was still going to buy a ticket. What time?")
                .expectNoOutcome()
                .fills(evening.time, "21:00")
                .confirmsYes()
                .expectSay("You have the ticket.")
                .confirmsNo()
                .expectSay("Thank you for calling. Goodbye.")
                .expectOutcome("completed");
    }

    @Test
    void whoDoesNotWantItAnyMoreMayLeave() {
        tableReserved()
                .saysGoodbye()
                .expectSay("I was still going to buy a ticket.")
                .cancels()
                .expectSay("All right.");
        tableReserved().saysGoodbye().saysGoodbye().expectOutcome("abandoned");
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
}
