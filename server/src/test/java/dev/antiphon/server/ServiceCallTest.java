package dev.antiphon.server;

import static dev.antiphon.flow.TaskBuilder.task;
import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.made;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service with a search and a booking, talked through with the emulated model in virtual time. */
class ServiceCallTest {
    enum Cuisine {
        THAI,
        GREEK
    }

    record Wish(Cuisine cuisine) {}

    record Table(String restaurant, LocalTime time) {}

    private final Slot<Cuisine> cuisine = choice("cuisine", Cuisine.class).ask("Which cuisine?");
    private final Slot<String> restaurant = freeText("restaurant").ask("Which restaurant?");
    private final Slot<LocalTime> time = time("time").ask("What time?");
    private final List<Table> booked = new ArrayList<>();

    private Flow<?> restaurants() {
        return Flow.service(
                "restaurants",
                s -> s.goal("Find restaurants and reserve tables")
                        .task(task(
                                "find",
                                Wish.class,
                                t -> t.called("find a restaurant")
                                        .collect(cuisine)
                                        .find(
                                                wish -> found("Lotus", "Orchid"),
                                                "restaurant",
                                                List.of("restaurant"),
                                                1)))
                        .task(task(
                                "reserve",
                                Table.class,
                                t -> t.called("reserve a table")
                                        .collect(restaurant, time)
                                        .confirm(table ->
                                                say("{} at {}. Shall I reserve it?", table.restaurant(), table.time()))
                                        .attempt("reserve_table", table -> {
                                            booked.add(table);
                                            return made("R7");
                                        })
                                        .done((table, reference) -> say("Reserved.")))));
    }

    private List<Item> found(String... names) {
        return List.of(names).stream()
                .map(name -> Item.of(item -> item.with(restaurant, name)))
                .toList();
    }

    @Test
    void aTableIsFoundAndReserved() {
        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults(), around -> {
            ToolPoolSettings tools = ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()));
            Bot bot = Bot.of(
                            "restaurants",
                            "Finds restaurants.",
                            () -> FlowConversation.start(restaurants(), around.clock(), ZoneOffset.UTC, "call"))
                    .withTools(system -> ToolDispatcher.start(system, List.of(), tools));
            return BotEndpoint.in(around, bot);
        })) {
            bed.call()
                    .expectSays("What can I do for you?")
                    .says("I would like to find a restaurant, please.")
                    .expectToolCall("start_task", "/task", "find")
                    .expectSays("Which cuisine?")
                    .says("Thai, please.")
                    .expectSays("I have Lotus.")
                    .says("Do you have something else?")
                    .expectToolCall("more_alternatives")
                    .expectSays("I have Orchid.")
                    .says("Yes, that one, please.")
                    .expectToolCall("choose")
                    .expectSays("Shall I reserve a table?")
                    .says("Yes, please.")
                    .expectSays("What time?")
                    .says("At eight in the evening.")
                    .expectSays("Orchid at 8 PM. Shall I reserve it?")
                    .says("Yes.")
                    .expectSays("Reserved.");
        }
        assertThat(booked).containsExactly(new Table("Orchid", LocalTime.of(20, 0)));
    }
}
