package dev.antiphon.samples.readymade;

import static dev.antiphon.flow.dsl.FlowDsl.*;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.Item;
import dev.antiphon.samples.readymade.Restaurants.Answer;
import dev.antiphon.samples.readymade.Restaurants.Table;
import java.time.LocalTime;
import java.util.Optional;

/** Restaurants: found by cuisine and part of the town, asked about, and a table reserved. */
public final class RestaurantFlow {
    record Wish(Optional<String> cuisine, Optional<String> area) {}

    private RestaurantFlow() {}

    /** The flow over this guide. */
    public static Flow<Flow.Nothing> of(Restaurants guide) {
        var cuisine = choice("cuisine", guide.cuisines())
                .ask("Which cuisine do you like?")
                .optional();
        var area = choice("area", guide.areas()).called("part of the town").optional();
        var restaurant = choice("restaurant", guide.names()).ask("Which restaurant?");
        var date = date("date").ask("Which day?").within(days(30));
        var time = time("time", LocalTime.of(12, 0), LocalTime.of(23, 0)).ask("What time?");
        var seats = partySize("seats", 12).ask("For how many people?");

        var find = task(
                "find",
                Wish.class,
                t -> t.called("find a restaurant")
                        .collect(cuisine)
                        .accept(area)
                        .find(
                                wish -> guide.find(wish.cuisine(), wish.area()).stream()
                                        .map(found -> Item.of(i -> i.with(restaurant, found.name())
                                                .with(cuisine, found.cuisine())
                                                .with(area, found.area())
                                                .with("phone", found.phone())
                                                .with("address", found.address())))
                                        .toList(),
                                restaurant,
                                cuisine,
                                area)
                        .tell(i -> say("{}, {}, in the {}", i.find(restaurant), i.find(cuisine), i.find(area)))
                        .thatIsAll());
        var reserve = task(
                "reserve",
                Table.class,
                t -> t.called("reserve a table")
                        .collect(restaurant, date, time, seats)
                        .confirm(table -> say(
                                "{} on {} at {} for {}. Shall I reserve it?",
                                table.restaurant(),
                                table.date(),
                                table.time(),
                                table.seats()))
                        .attempt("reserve_it", table -> switch (guide.reserve(table)) {
                            case Answer.Reserved reserved -> made(reserved.reference());
                            case Answer.FreeLater later -> instead(Item.of(i -> i.with(time, later.time())));
                            case Answer.Full full -> refused("They are full that evening.");
                        })
                        .done((table, reference) ->
                                verbatim("Your table is reserved. The reference is {}.", spelled(reference))));

        return Flow.service(
                "restaurants",
                s -> s.goal("Find a restaurant and reserve a table")
                        .task(find)
                        .task(reserve)
                        .onStuck(noMatch(4), handOver("host")));
    }
}
