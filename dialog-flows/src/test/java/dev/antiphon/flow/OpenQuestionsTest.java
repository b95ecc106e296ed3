package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.code;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.noMatch;
import static dev.antiphon.flow.dsl.FlowDsl.partySize;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static dev.antiphon.flow.dsl.FlowDsl.time;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked after answers that do not fit. */
class OpenQuestionsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Table(String area, int guests, LocalTime time) {}

    private final Slot<String> area =
            choice("area", List.of("inside", "terrace")).ask("Inside or on the terrace?");
    private final Slot<Integer> guests = partySize("guests", 12).ask("For how many people?");
    private final Slot<LocalTime> time =
            time("time", LocalTime.of(12, 0), LocalTime.of(22, 0)).ask("What time?");

    private FlowTest tables() {
        return FlowTest.of(
                Flow.named(
                        "table",
                        Table.class,
                        f -> f.goal("Reserve a table")
                                .collect(area, guests, time)
                                .confirm(t -> say("{} {} {}. Shall I reserve it?", t.area(), t.guests(), t.time()))
                                .effect("reserve", t -> "T1")
                                .done((t, ref) -> say("Reserved."))
                                .onStuck(noMatch(3), handOver("host"))),
                CLOCK);
    }

    @Test
    void aRefusedValueThatWasNotAskedForIsNamedAndAskedForNext() {
        tables().fills(time, "09:00")
                .expectSay("About the time: It must be between noon and 10 PM, but I heard 9 AM. What time?")
                .fills(time, "20:00")
                .expectSay("Inside or on the terrace?");
    }

    @Test
    void aRefusedValueThatWasAskedForIsNotNamed() {
        tables().fills(area, "inside")
                .fills(guests, "13")
                .expectNotSaid("About")
                .expectSay("For how many people?");
    }

    @Test
    void ofTwoRefusedValuesBothAreNamedAndAskedFor() {
        tables().fills(guests, "13", time, "09:00")
                .expectSay("About the number of people: ")
                .expectSay("About the time: ")
                .expectSay("For how many people?")
                .fills(guests, "4")
                .expectSay("What time?")
                .fills(time, "20:00")
                .expectSay("Inside or on the terrace?");
    }

    @Test
    void yesToAnOpenQuestionClimbsTheLadder() {
        tables().fills(area, "inside")
                .expectSay("For how many people?")
                .confirms("yes", 0)
                .expectSay("For how many people?")
                .expectNotSaid("Sorry")
                .confirms("yes", 0)
                .expectSay("Sorry, I didn't")
                .confirms("no", 0)
                .expectSay("I'll connect you to the host")
                .expectOutcome("handed_over");
    }

    @Test
    void aYesBesideAValueIsNoTrouble() {
        tables().inOneTurn(caller -> caller.fills(area, "inside").confirms("yes", 0))
                .expectSay("For how many people?")
                .inOneTurn(caller -> caller.fills(guests, "4").confirms("yes", 0))
                .expectSay("What time?")
                .expectNoStruggle();
    }

    @Test
    void aCodeOfTheWrongLengthIsToldHowLongItShouldBe() {
        Slot<String> customer = code("customer", 6).called("customer number").ask("Your customer number?");
        Slot<String> pin = code("pin", 4, 6).ask("Your PIN?");
        FlowTest.of(
                        Flow.named(
                                "identify",
                                Item.class,
                                f -> f.goal("Identify you")
                                        .collect(customer, pin)
                                        .done((who, nothing) -> say("Thank you."))),
                        CLOCK)
                .fills(customer, "12345")
                .expectSay(
                        "That doesn't have the form of the customer number: it should have 6 characters, but I heard 5.")
                .fills(customer, "123456")
                .fills(pin, "123")
                .expectSay("it should have 4 to 6 characters, but I heard 3.");
    }

    record Move(String reference, LocalTime time) {}

    @Test
    void whatCanBeDoneInsteadIsAskedAndTakenByAYes() {
        Slot<String> reference = code("reference", 2).ask("Which reference?");
        Task<Table> book = task(
                "book",
                Table.class,
                t -> t.called("book a table")
                        .collect(area, guests, time)
                        .confirm(b -> say("{} {} {}. Shall I book it?", b.area(), b.guests(), b.time()))
                        .effect("book", b -> "B1")
                        .done((b, ref) -> say("Booked.")));
        Task<Move> move = task(
                "move",
                Move.class,
                t -> t.called("move a table").collect(reference, time).effect("move", wish -> "M1"));
        FlowTest.of(Flow.service("tables", s -> s.goal("Book tables").task(book).task(move)), CLOCK)
                .inOneTurn(
                        caller -> caller.wants("book").fills(Map.of("area", "inside", "guests", "4", "time", "20:00")))
                .confirmsYes()
                .expectSay("Booked.")
                .fills(time, "21:00")
                .expectSay(
                        "The time can't be changed any more: that is already done. But I can move a table. Shall I do that?")
                .confirmsYes()
                .expectSay("Which reference?");
    }

    @Test
    void theSecondSilenceIsAskedOnceMoreToo() {
        FlowTest.of(new EveningOut().restaurants(), CLOCK)
                .wants("reserve")
                .cancels()
                .expectSay("Is there anything else?")
                .isSilent(1)
                .expectSay("Are you still there?")
                .isSilent(2)
                .expectSay("Is there anything else?");
    }
}
