package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.made;
import static dev.antiphon.flow.dsl.FlowDsl.number;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static dev.antiphon.flow.dsl.FlowDsl.time;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.ToolOutcome;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Restaurants and cinemas for tests: what was looked up and done is kept. */
final class EveningOut {
    record Wish(String cuisine, Optional<String> area) {}

    record Table(String restaurant, LocalTime time, int seats) {}

    final Slot<String> cuisine = freeText("cuisine").ask("Which cuisine?").optional();
    final Slot<String> area = freeText("area").optional();
    final Slot<String> restaurant = freeText("restaurant").ask("Which restaurant?");
    final Slot<LocalTime> time = time("time").ask("What time?");
    final Slot<Integer> seats = number("seats", 1, 12);
    final Slot<String> film = freeText("film").ask("Which film?");

    final List<Item> searches = new ArrayList<>();
    final List<Object> booked = new ArrayList<>();
    Map<String, List<String>> restaurants =
            Map.of("thai", List.of("Lotus", "Orchid", "Bamboo"), "greek", List.of("Kos"));
    Optional<Done<String>> nextBooking = Optional.empty();

    Flow<?> restaurants() {
        return Flow.service(
                "restaurants",
                s -> s.goal("Find restaurants and reserve tables")
                        .task(task(
                                "find",
                                Item.class,
                                t -> t.called("find a restaurant")
                                        .collect(cuisine)
                                        .accept(area)
                                        .find(this::find, "restaurant", List.of("restaurant", "area"), 1)
                                        .thatIsAll()))
                        .task(task(
                                "reserve",
                                Table.class,
                                t -> t.called("reserve a table")
                                        .collect(restaurant, time)
                                        .accept(seats, 2)
                                        .confirm(table -> say(
                                                "{} at {} for {}. Shall I reserve it?",
                                                table.restaurant(),
                                                table.time(),
                                                table.seats()))
                                        .attempt("reserve_table", this::reserve)
                                        .done((table, reference) -> say("Reserved at {}.", table.restaurant())))));
    }

    /** Only finds: nothing is done, and nobody says that what is found is all. */
    Flow<?> tips() {
        return Flow.service(
                "tips",
                s -> s.goal("Recommend restaurants")
                        .task(task("find", Item.class, t -> t.collect(cuisine).find(this::find, restaurant))));
    }

    Flow<?> cinema() {
        return Flow.service(
                "cinema",
                s -> s.goal("Buy cinema tickets")
                        .task(task(
                                "buy",
                                Item.class,
                                t -> t.called("buy a ticket")
                                        .collect(film, time)
                                        .effect("buy_ticket", ticket -> {
                                            booked.add(ticket);
                                            return "T1";
                                        })
                                        .done((ticket, number) -> say("You have the ticket.")))));
    }

    Dialog both() {
        return Dialog.of("evening", "Plan an evening out", restaurants(), cinema());
    }

    /** A call of the restaurants to which one was offered. */
    MachineCall found() {
        return new MachineCall(restaurants())
                .means(new DialogueAct.Start("find"), new DialogueAct.Inform(Map.of("cuisine", "thai")))
                .settles(new ToolOutcome.Ok(find(Item.of(item -> item.with(cuisine, "thai")))))
                .heard();
    }

    /** A call of the restaurants that is asked whether a table shall be reserved at what was found. */
    MachineCall proposed() {
        return found().means(new DialogueAct.Select(1)).heard();
    }

    /** A call of the restaurants to which a table at Kos was read back. */
    MachineCall reserving() {
        return new MachineCall(restaurants())
                .means(
                        new DialogueAct.Start("reserve"),
                        new DialogueAct.Inform(Map.of("restaurant", "Kos", "time", "20:00")))
                .heard();
    }

    List<Item> find(Item wish) {
        searches.add(wish);
        String wanted = wish.values().getOrDefault("cuisine", "thai");
        return restaurants.getOrDefault(wanted, List.of()).stream()
                .map(name -> Item.of(item ->
                        item.with(restaurant, name).with(area, "the centre").with("phone", "555 " + name)))
                .toList();
    }

    private Done<String> reserve(Table table) {
        if (nextBooking.isPresent()) {
            Done<String> done = nextBooking.get();
            nextBooking = Optional.empty();
            return done;
        }
        booked.add(table);
        return made("R7", Item.of(item -> item.with("reference", "R7")));
    }
}
