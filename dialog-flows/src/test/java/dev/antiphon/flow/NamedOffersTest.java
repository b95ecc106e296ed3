package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.choice;
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

/** Callers who answer an offer by the name of what they want. */
class NamedOffersTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final EveningOut evening = new EveningOut();

    private FlowTest thai() {
        return FlowTest.of(evening.restaurants(), CLOCK)
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                .expectSay("I have Lotus, the centre. Would that suit you?");
    }

    @Test
    void whoNamesWhatIsOfferedTakesIt() {
        thai().fills(evening.restaurant, "Lotus")
                .expectSay("Shall I reserve a table?")
                .expectNotSaid("I have")
                .confirmsYes()
                .expectSay("What time?")
                .fills(evening.time, "20:00")
                .expectSay("Lotus at 8 PM for 2. Shall I reserve it?");
    }

    @Test
    void whoNamesOneThatWasOfferedBeforeTakesThatOne() {
        thai().wantsAlternatives()
                .expectSay("I have Orchid")
                .inOneTurn(caller -> caller.confirmsNo().fills(evening.restaurant, "Lotus"))
                .expectSay("Shall I reserve a table?")
                .asksAbout("phone")
                .expectSay("555 Lotus")
                .confirmsYes()
                .fills(evening.time, "20:00")
                .expectSay("Lotus at 8 PM for 2. Shall I reserve it?");
    }

    @Test
    void somethingElseAndANameIsThatName() {
        thai().inOneTurn(caller -> caller.wantsAlternatives().fills(evening.restaurant, "Bamboo"))
                .expectSay("Shall I reserve a table?")
                .expectNotSaid("I have")
                .wantsAlternatives()
                .expectSay("I have Orchid");
    }

    @Test
    void whoNamesOneAndSaysMoreOfItIsNotAskedForThatAgain() {
        thai().fills(evening.restaurant, "Orchid", evening.time, "20:00")
                .expectSay("Shall I reserve a table?")
                .confirmsYes()
                .expectSay("Orchid at 8 PM for 2. Shall I reserve it?");
    }

    @Test
    void whatMayBeMisheardIsNotPassedOffAsFoundAndTheOfferStays() {
        thai().fills(evening.restaurant, "Locust")
                .expectSay("Locust isn't among what I found. I have Lotus, the centre. Would that suit you?");
    }

    @Test
    void whoNamesOneWithTheWishIsOfferedThatOneFirst() {
        FlowTest.of(evening.restaurants(), CLOCK)
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai", evening.restaurant, "Bamboo"))
                .expectSay("I have Bamboo, the centre. Would that suit you?")
                .wantsAlternatives()
                .expectSay("I have Lotus");
    }

    record Order(String dish, LocalTime time) {}

    @Test
    void whoNamesOneOfAKnownListThatWasNotFoundIsBelieved() {
        Slot<String> kind = choice("kind", List.of("soup", "salad")).ask("Soup or salad?");
        Slot<String> dish = choice("dish", List.of("Minestrone", "Caesar")).ask("Which dish?");
        Slot<LocalTime> time = time("time").ask("What time?");
        Flow<?> kitchen = Flow.service(
                "kitchen",
                s -> s.goal("Order a dish")
                        .task(task(
                                "find",
                                Item.class,
                                t -> t.called("find a dish")
                                        .collect(kind)
                                        .find(wish -> List.of(Item.of(i -> i.with(dish, "Minestrone"))), dish)))
                        .task(task(
                                "order",
                                Order.class,
                                t -> t.called("order a dish")
                                        .collect(dish, time)
                                        .confirm(
                                                order -> say("{} at {}. Shall I order it?", order.dish(), order.time()))
                                        .effect("order", order -> "O1"))));

        FlowTest.of(kitchen, CLOCK)
                .inOneTurn(caller -> caller.wants("find").fills(kind, "soup"))
                .expectSay("I have Minestrone. Would that suit you?")
                .fills(Map.of("dish", "Caesar"))
                .expectSay("Caesar isn't among what I found. Shall I order a dish?")
                .confirmsYes()
                .fills(time, "19:00")
                .expectSay("Caesar at 7 PM. Shall I order it?");
    }
}
