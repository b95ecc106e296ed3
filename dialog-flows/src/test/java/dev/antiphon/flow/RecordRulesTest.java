package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.group;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.number;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.rejected;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rules over several values at once: when they are asked, what the caller hears of them, and how often that is borne. */
class RecordRulesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Trip(Integer guests, Integer rooms) {}

    private final Slot<Integer> guests = number("guests", 1, 20).ask("How many guests?");
    private final Slot<Integer> rooms = number("rooms", 1, 20).ask("How many rooms?");

    private Flow<Trip> trip(
            Function<Trip, Optional<Rejection<?>>> rule, UnaryOperator<FlowBuilder<Trip, Object>> ladder) {
        return Flow.named(
                "trip",
                Trip.class,
                f -> ladder.apply(f.goal("Book rooms").collect(guests, rooms).check(rule))
                        .confirm(trip -> say("{} guests in {} rooms. Right?", trip.guests(), trip.rooms()))
                        .effect("book", trip -> "T1")
                        .done((trip, id) -> say("Booked.")));
    }

    private Optional<Rejection<?>> oneRoomEach(Trip trip) {
        return trip.rooms() > trip.guests()
                ? Optional.of(reject(rooms).because("That is more rooms than guests."))
                : Optional.empty();
    }

    private FlowTest atMostTwice() {
        return FlowTest.of(trip(this::oneRoomEach, f -> f.onStuck(rejected(2), handOver("the hotel"))), CLOCK);
    }

    @Test
    void aRuleIsAskedWhenAllIsKnownAndItsSlotIsAskedAgain() {
        atMostTwice()
                .fills(rooms, 3)
                .expectNotSaid("more rooms")
                .fills(guests, 2)
                .expectSay("That is more rooms than guests. How many rooms?")
                .expectSlot(guests, "2")
                .expectOpen(rooms)
                .fills(rooms, 2)
                .expectSay("2 guests in 2 rooms. Right?")
                .confirmsYes()
                .expectSay("Booked.");
    }

    @Test
    void whoBreaksARuleTwiceIsHandedOverWhateverWasSaidBetween() {
        atMostTwice().fills(guests, 2, rooms, 3).fills(rooms, 4).expectOutcome("handed_over");
        atMostTwice()
                .fills(guests, 2, rooms, 3)
                .isUnclear()
                .expectNoOutcome()
                .fills(rooms, 4)
                .expectOutcome("handed_over");
    }

    @Test
    void whoHasKeptTheRuleStartsAnew() {
        atMostTwice()
                .fills(guests, 2, rooms, 3)
                .fills(rooms, 2)
                .expectSay("Right?")
                .fills(rooms, 3)
                .expectSay("That is more rooms than guests. How many rooms?")
                .expectNoOutcome();
    }

    @Test
    void aRuleThatGivesNoReasonSaysThatTheValueIsNotAvailable() {
        Function<Trip, Optional<Rejection<?>>> full =
                trip -> trip.rooms() == 13 ? Optional.of(reject(rooms)) : Optional.empty();
        FlowTest.of(trip(full, f -> f), CLOCK)
                .fills(guests, 13, rooms, 13)
                .expectSay("13 isn't available. How many rooms?")
                .expectOpen(rooms);
    }

    @Test
    void aRuleThatThrowsIsAFaultAndTheLastValueThatThereIsIsAskedAgain() {
        Slot<Integer> beds = number("beds", 1, 20).optional();
        record Stay(Integer guests, Integer rooms, Optional<Integer> beds) {}
        Flow<Stay> flow = Flow.named(
                "stay",
                Stay.class,
                f -> f.goal("Book rooms")
                        .collect(guests, rooms, beds)
                        .check(stay -> {
                            throw new IllegalStateException("no rule");
                        })
                        .confirm(stay -> say("{}. Right?", stay.guests()))
                        .effect("book", stay -> "T1")
                        .done((stay, id) -> say("Booked.")));

        FlowTest.of(flow, CLOCK)
                .fills(guests, 2, rooms, 3)
                .expectSay("I'm sorry, I can't check the rooms right now. How many rooms?")
                .expectSlot(guests, "2")
                .expectOpen(rooms)
                .expectStruggle(Signal.NO_MATCH);
        assertThat(new MachineCall(flow)
                        .means(new DialogueAct.Inform(Map.of("guests", "2", "rooms", "3")))
                        .faults())
                .containsExactly("check of stay");
    }

    @Test
    void aRuleOfAGroupWaitsUntilAnOfferIsAnswered() {
        record Booking(Trip trip, String view) {}
        Slot<String> view = freeText("view")
                .ask("Which view?")
                .check((wanted, slots) -> wanted.equals("sea") ? alternatives(List.of("garden", "yard")) : ok());
        Flow<Booking> flow = Flow.named(
                "booking",
                Booking.class,
                f -> f.goal("Book rooms")
                        .collect(group("trip", Trip.class, guests, rooms).check(this::oneRoomEach))
                        .collect(view)
                        .confirm(booking -> say("{}. Right?", booking.view()))
                        .effect("book", booking -> "T1")
                        .done((booking, id) -> say("Booked.")));

        FlowTest.of(flow, CLOCK)
                .fills(Map.of("guests", 2, "rooms", 3, "view", "sea"))
                .expectSay("I have garden or yard. Which would you like?")
                .expectNotSaid("more rooms")
                .chooses(1)
                .expectSay("That is more rooms than guests. How many rooms?")
                .fills(rooms, 1)
                .expectSay("garden. Right?");
    }

    @Test
    void whatIsDoneIsNotCheckedAgain() {
        record Booking(Trip trip) {}
        List<Object> booked = new ArrayList<>();
        Flow<Booking> flow = Flow.named(
                "booking",
                Booking.class,
                f -> f.goal("Book rooms")
                        .collect(group("trip", Trip.class, guests, rooms)
                                .check(trip -> booked.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(reject(rooms).because("There are no rooms left."))))
                        .confirm(booking -> say("{}. Right?", booking.trip().rooms()))
                        .effect("book", booked::add)
                        .done((booking, id) -> say("Booked.")));

        FlowTest.of(flow, CLOCK)
                .fills(guests, 2, rooms, 2)
                .confirmsYes()
                .expectSay("Booked. Is there anything else?")
                .confirmsYes()
                .expectSay("What else can I do for you?")
                .expectSlot(rooms, "2");
    }

    @Test
    void aRuleOverASearchDoesNotForgiveWhatWasNotFound() {
        Slot<String> number = freeText("number").ask("Your customer number?");
        record Who(String number) {}
        Flow<?> flow = Flow.service(
                "desk",
                s -> s.goal("Find customers")
                        .task(task(
                                "identify",
                                Who.class,
                                t -> t.called("identify you")
                                        .collect(number)
                                        .check(who -> who.number().equals("0")
                                                ? Optional.of(reject(number).because("Nobody has that number."))
                                                : Optional.empty())
                                        .find(who -> List.of(), "number", List.of("number"), 1)
                                        .takeTheOnlyOne()))
                        .onStuck(rejected(2), handOver("the desk")));

        FlowTest.of(flow, CLOCK)
                .wants("identify")
                .fills(number, "0")
                .expectSay("Nobody has that number. Your customer number?")
                .expectEffects(0)
                .fills(number, "7")
                .expectEffects(1)
                .expectOutcome("handed_over");
    }
}
