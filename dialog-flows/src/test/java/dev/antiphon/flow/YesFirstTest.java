package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.instead;
import static dev.antiphon.flow.dsl.FlowDsl.refused;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** "Yes, and cancel my old one": the yes counts for what was read back, and the other thing begins when that is done. */
class YesFirstTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(LocalDate day, LocalTime time, String name) {}

    record Cancellation(String reference) {}

    record Move(String reference, LocalDate day) {}

    private final Slot<LocalDate> day = date("day").ask("Which day?");
    private final Slot<LocalTime> time = time("time").ask("What time?");
    private final Slot<String> name = freeText("name").ask("Your name?");
    private final Slot<String> reference = freeText("reference").ask("Which reference?");
    private final List<Object> done = new ArrayList<>();
    private final EveningOut evening = new EveningOut();

    private FlowTest visits() {
        Task<Visit> book = task(
                "book",
                Visit.class,
                t -> t.called("book a visit")
                        .collect(day, time, name)
                        .confirm(visit ->
                                say("{} at {} for {}. Shall I book it?", visit.day(), visit.time(), visit.name()))
                        .effect("book", done::add)
                        .effect("invoice", visit -> "I1")
                        .done((visit, ref) -> say("Booked for {}.", visit.name())));
        Task<Move> move = task(
                "move",
                Move.class,
                t -> t.called("move a visit").collect(reference, day).effect("move", done::add));
        Task<Cancellation> cancel = task(
                "cancel",
                Cancellation.class,
                t -> t.called("cancel a visit")
                        .collect(reference)
                        .effect("cancel", done::add)
                        .done((wish, ref) -> say("It is cancelled.")));
        return FlowTest.of(
                Flow.service(
                        "visits",
                        s -> s.goal("Book visits").task(book).task(move).task(cancel)),
                CLOCK);
    }

    private FlowTest readBack() {
        return visits().inOneTurn(
                        c -> c.wants("book").fills(Map.of("day", "2026-11-26", "time", "15:30", "name", "Ana")))
                .expectSay("for Ana. Shall I book it?");
    }

    @Test
    void theYesCountsAndTheOtherTaskFollows() {
        readBack()
                .inOneTurn(c -> c.confirmsYes().wants("cancel"))
                .expectSay("Booked for Ana. Which reference?")
                .expectNotSaid("One moment")
                .expectEffects(2)
                .fills(reference, "A7")
                .expectSay("The reference is A7. Is that right?")
                .confirmsYes()
                .expectSay("It is cancelled.")
                .expectEveryCallAnsweredOnce();
        assertThat(done)
                .containsExactly(
                        new Visit(LocalDate.of(2026, 11, 26), LocalTime.of(15, 30), "Ana"), new Cancellation("A7"));
    }

    @Test
    void valuesThatOnlyTheOtherTaskTakesAreItsOwn() {
        readBack()
                .inOneTurn(c -> c.fills(reference, "A7").wants("cancel").confirmsYes())
                .expectSay("Booked for Ana.")
                .expectSay("The reference is A7. Is that right?")
                .expectEffects(2)
                .confirmsYes()
                .expectSay("It is cancelled.");
        assertThat(done).hasSize(2);
    }

    @Test
    void aValueOfWhatWasReadBackVoidsTheYes() {
        readBack()
                .inOneTurn(c -> c.confirmsYes().wants("cancel").fills(name, "Bob"))
                .expectEffects(0);
        readBack()
                .inOneTurn(c -> c.confirmsYes().wants("move").fills(Map.of("reference", "A7", "day", "2026-11-27")))
                .expectEffects(0);
        readBack()
                .inOneTurn(c -> c.confirmsYes().wants("cancel").fills(Map.of("time", "no idea")))
                .expectEffects(0);
        readBack()
                .inOneTurn(c -> c.confirmsYes().wants("cancel").calls("fill_slots", "{\"price\":\"7\"}"))
                .expectEffects(0);
        readBack()
                .inOneTurn(c -> c.confirmsYes().wants("cancel").calls("fill_slots", "no JSON"))
                .expectEffects(0);
        assertThat(done).isEmpty();
    }

    @Test
    void whatIsSaidOnceMoreVoidsNothing() {
        readBack()
                .inOneTurn(c -> c.confirmsYes().wants("cancel").fills(name, "Ana"))
                .expectSay("Booked for Ana. Which reference?");
    }

    @Test
    void anOldOrUnheardYesAndOneWithANoCountForNothing() {
        readBack().inOneTurn(c -> c.confirms("yes", 0).wants("cancel")).expectEffects(0);
        readBack().inOneTurn(c -> c.confirmsYes().confirmsNo().wants("cancel")).expectEffects(0);
        readBack().inOneTurn(c -> c.confirmsYes().cancels().wants("cancel")).expectEffects(0);
        readBack()
                .cutsInAfter(0.2)
                .inOneTurn(c -> c.confirmsYes().wants("cancel"))
                .expectEffects(0);
        assertThat(done).isEmpty();
    }

    @Test
    void aYesThatNamesItsOwnTaskIsOne() {
        readBack()
                .inOneTurn(c -> c.wants("book").confirmsYes())
                .expectSay("Booked for Ana.")
                .expectNotSaid("Which day?")
                .expectEffects(2)
                .expectEveryCallAnsweredOnce();
        assertThat(done).hasSize(1);
    }

    @Test
    void whatFailedIsTriedFirstAndTheOtherTaskIsRemembered() {
        readBack()
                .effectsSettledByTest()
                .inOneTurn(c -> c.confirmsYes().wants("cancel").fills(reference, "A7"))
                .settles(new ToolOutcome.TimedOut(Duration.ofSeconds(8)))
                .expectSay("Shall I try again?")
                .expectNotSaid("Which reference")
                .confirmsYes()
                .effectSucceeds("B1")
                .effectSucceeds("I1")
                .expectSay("Booked for Ana.")
                .saysGoodbye()
                .expectSay("I was still going to cancel a visit. Which reference?")
                .expectEveryCallAnsweredOnce();
    }

    private FlowTest table() {
        return FlowTest.of(evening.both(), CLOCK)
                .inOneTurn(c -> c.wants("restaurants.reserve").fills(Map.of("restaurant", "Kos", "time", "20:00")))
                .expectSay("Kos at 8 PM for 2. Shall I reserve it?");
    }

    @Test
    void aYesCountsBesideAWishForAnotherFlow() {
        table().inOneTurn(c -> c.confirmsYes().wants("cinema.buy").fills(evening.film, "Dune"))
                .expectSay("Reserved at Kos. You also wanted to buy a ticket. What time?")
                .expectEffects(1)
                .fills(evening.time, "21:00")
                .expectSay("The film is Dune. The time is 9 PM. Is that right?")
                .confirmsYes()
                .expectSay("You have the ticket.")
                .expectEveryCallAnsweredOnce();
        assertThat(evening.booked).hasSize(2);
    }

    @Test
    void valuesThatAreSaidToBeTheOtherFlowsVoidNothing() {
        table().inOneTurn(c -> c.confirmsYes()
                        .wants("cinema.buy")
                        .fills(Map.of("flow", "cinema", "film", "Dune", "time", "21:00")))
                .expectSay("Reserved at Kos. You also wanted to buy a ticket. The film is Dune. The time is 9 PM.")
                .expectEffects(1)
                .confirmsYes()
                .expectSay("You have the ticket.");
    }

    @Test
    void aValueThatMayBeACorrectionVoidsTheYesBesideAWishForAnotherFlow() {
        table().inOneTurn(c -> c.confirmsYes().wants("cinema.buy").fills(Map.of("film", "Dune", "time", "21:00")))
                .expectEffects(0);
        table().inOneTurn(
                        c -> c.confirmsYes().wants("cinema.buy").fills(Map.of("flow", "restaurants", "time", "21:00")))
                .expectEffects(0);
        assertThat(evening.booked).isEmpty();
    }

    @Test
    void whatFindsSomethingInTheOtherFlowWaitsUntilTheFirstIsDone() {
        FlowTest call = FlowTest.of(evening.both(), CLOCK)
                .inOneTurn(c -> c.wants("restaurants.find").fills(Map.of("cuisine", "thai")))
                .expectSay("I have Lotus")
                .inOneTurn(c -> c.wants("cinema.buy").fills(Map.of("film", "Dune", "time", "21:00")))
                .expectSay("The film is Dune. The time is 9 PM. Is that right?");
        call.inOneTurn(c -> c.confirmsYes()
                        .wants("restaurants.find")
                        .fills(Map.of("flow", "restaurants", "cuisine", "greek")))
                .expectSay("You have the ticket.")
                .expectSay("I have Kos")
                .expectEveryCallAnsweredOnce();
        assertThat(evening.booked).hasSize(1);
    }

    @Test
    void whatIsRefusedIsToldBeforeTheOtherTaskGoesOn() {
        evening.nextBooking = Optional.of(refused("They are full then."));
        FlowTest.of(evening.restaurants(), CLOCK)
                .inOneTurn(c -> c.wants("reserve").fills(Map.of("restaurant", "Kos", "time", "20:00")))
                .inOneTurn(c -> c.confirmsYes().wants("find"))
                .expectSay("They are full then. Which cuisine?")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void whatIsPossibleInsteadIsOfferedFirst() {
        evening.nextBooking = Optional.of(instead(Item.of(item -> item.with(evening.time, LocalTime.of(22, 0)))));
        FlowTest.of(evening.restaurants(), CLOCK)
                .inOneTurn(c -> c.wants("reserve").fills(Map.of("restaurant", "Kos", "time", "20:00")))
                .inOneTurn(c -> c.confirmsYes().wants("find").fills(evening.cuisine, "greek"))
                .expectSay("but I have 10 PM. Shall I take that?")
                .confirmsYes()
                .expectSay("Reserved at Kos.");
    }
}
