package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.days;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.number;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static dev.antiphon.flow.dsl.FlowDsl.time;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Why a value of a second booking is not possible is told when that one begins, since nobody hears it before. */
class UnheardRefusalTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(LocalDate day, LocalTime time, String name) {}

    private final Slot<LocalDate> day = date("day").ask("Which day?").within(days(30));
    private final Slot<LocalTime> time = time("time")
            .ask("What time?")
            .check((at, slots) ->
                    at.getHour() < 12 ? ok() : alternatives(List.of(LocalTime.of(9, 0), LocalTime.of(10, 0))));
    private final Slot<String> name = personName("name").ask("Your name?");

    private final Flow<?> visits = Flow.service(
            "visits",
            s -> s.goal("Book visits")
                    .task(task(
                            "book",
                            Visit.class,
                            t -> t.called("book a visit")
                                    .collect(day, time, name)
                                    .confirm(visit -> say(
                                            "{} at {} for {}. Shall I book it?",
                                            visit.day(),
                                            visit.time(),
                                            visit.name()))
                                    .effect("book", visit -> "B1")
                                    .done((visit, reference) -> say("Booked for {}.", visit.name())))));

    private FlowTest confirming() {
        return FlowTest.of(visits, CLOCK)
                .inOneTurn(
                        c -> c.wants("book").fills(Map.of("day", "2026-11-26", "time", "10:00", "name", "Ana Smith")))
                .expectSay("Shall I book it?");
    }

    private static void yesAndOneMore(FlowTest call, Map<String, String> values) {
        call.inOneTurn(c -> c.confirmsYes().wantsAnother("book").fills(values));
    }

    @Test
    void aRefusalBesideAYesIsToldWhenTheSecondBegins() {
        FlowTest call = confirming();
        yesAndOneMore(call, Map.of("day", "2026-11-02", "time", "09:00", "name", "Bob Miller"));

        call.expectSay("Booked for Ana Smith. You also wanted to book a visit. Monday, November 2nd is in the past."
                        + " Which day?")
                .fills(day, "2026-11-27")
                .expectSay("Friday, November 27th at 9 AM for Bob Miller. Shall I book it?")
                .expectNotSaid("in the past");
    }

    @Test
    void whatIsOfferedInsteadIsToldWithItsReason() {
        FlowTest call = confirming();
        yesAndOneMore(call, Map.of("day", "2026-11-27", "time", "15:00", "name", "Bob Miller"));

        call.expectSay("3 PM isn't available. I have 9 AM or 10 AM. Which would you like?");
    }

    @Test
    void aRefusalOfOneThatIsBegunBesideTheFirstIsToldWhenItsTurnComes() {
        FlowTest.of(visits, CLOCK)
                .inOneTurn(c -> c.wants("book")
                        .fills(Map.of("day", "2026-11-26", "time", "10:00", "name", "Ana Smith"))
                        .wantsAnother("book")
                        .fills(Map.of("day", "2027-11-02", "time", "09:00")))
                .expectNotSaid("too far ahead")
                .confirmsYes()
                .expectSay("Booked for Ana Smith.")
                .expectSay("is too far ahead. The last possible day is Sunday, December 20th. Which day?");
    }

    private final Slot<String> hall = freeText("hall").ask("Which hall?");
    private final Slot<Integer> stars = number("stars", 1, 5);
    private final Slot<String> cuisine = freeText("cuisine").ask("Which cuisine?");

    private Task<?> reserve() {
        return task(
                "reserve",
                Item.class,
                t -> t.called("reserve a seat")
                        .collect(hall)
                        .effect("reserve_it", seat -> "S1")
                        .done((seat, id) -> say("The seat is yours.")));
    }

    private Task<?> find(Slot<String> wanted) {
        return task(
                "find",
                Item.class,
                t -> t.called("find a restaurant").collect(wanted).accept(stars).find(wish -> List.of(), wanted));
    }

    private FlowTest bothBegun(Slot<String> wanted) {
        return FlowTest.of(
                        Flow.service(
                                "evening",
                                s -> s.goal("Plan an evening").task(reserve()).task(find(wanted))),
                        CLOCK)
                .effectsSettledByTest()
                .inOneTurn(c -> c.wants("reserve")
                        .fills(hall, "Gold")
                        .wantsAnother("find")
                        .fills(Map.of("cuisine", "greek", "stars", "9")))
                .expectSay("The hall is Gold. Is that right?");
    }

    private static List<Item> kos() {
        return List.of(new Item(Map.of("cuisine", "Kos")));
    }

    @Test
    void aRefusalBesideASearchThatEndsFirstIsToldWhenItsTurnComes() {
        bothBegun(cuisine.verify((words, slots) -> ok()))
                .effectSucceeds(ok())
                .effectSucceeds(kos())
                .expectSilence()
                .confirmsYes()
                .effectSucceeds("S1")
                .expectSay("The seat is yours. You also wanted to find a restaurant."
                        + " About the stars: It must be between 1 and 5, but I heard 9. I have Kos")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void aRefusalBesideASearchThatStillRunsIsToldWithWhatIsFound() {
        bothBegun(cuisine.verify((words, slots) -> ok()))
                .confirmsYes()
                .effectSucceeds(ok())
                .effectSucceeds("S1")
                .expectSilence()
                .effectSucceeds(kos())
                .expectSay("The seat is yours. You also wanted to find a restaurant."
                        + " About the stars: It must be between 1 and 5, but I heard 9. I have Kos")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void aRefusalBesideASearchThatBeginsLastIsToldWithWhatIsFound() {
        Flow<?> cinema = Flow.service("cinema", s -> s.goal("Reserve seats").task(reserve()));
        Flow<?> food = Flow.service("food", s -> s.goal("Find restaurants").task(find(cuisine)));
        FlowTest.of(Dialog.of("evening", "Plan an evening", cinema, food), CLOCK)
                .effectsSettledByTest()
                .inOneTurn(c -> c.wants("cinema.reserve").fills(hall, "Gold"))
                .inOneTurn(c -> c.confirmsYes()
                        .wants("food.find")
                        .fills(Map.of("flow", "food", "cuisine", "greek", "stars", "9")))
                .effectSucceeds("S1")
                .expectSilence()
                .effectSucceeds(kos())
                .expectSay("The seat is yours. You also wanted to find a restaurant."
                        + " About the stars: It must be between 1 and 5, but I heard 9. I have Kos")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void whatACheckThatWaitsRefusesMeanwhileIsTold() {
        bothBegun(cuisine.verify((words, slots) -> ok()))
                .effectSucceeds(reject("There is no Greek one."))
                .expectSilence()
                .confirmsYes()
                .effectSucceeds("S1")
                .expectSay(
                        "You also wanted to find a restaurant. About the stars: It must be between 1 and 5, but I heard 9."
                                + " There is no Greek one. Which cuisine?");
    }

    @Test
    void itIsToldInAnotherProcess() {
        FlowTest call = FlowTest.of(visits, CLOCK)
                .inOneTurn(c -> c.wants("book")
                        .fills(Map.of("day", "2026-11-26", "time", "10:00", "name", "Ana Smith"))
                        .wantsAnother("book")
                        .fills(Map.of("day", "2026-11-02", "time", "09:00")));
        DialogState saved =
                SavedDialog.read(SavedDialog.write(call.conversation().dialogState()));

        FlowTest.of(FlowConversation.resume(Dialog.of(visits), CLOCK, ZoneOffset.UTC, "test", saved))
                .confirms("yes", call.confirmRevision())
                .expectSay("Monday, November 2nd is in the past. Which day?");
    }
}
