package dev.antiphon.samples.readymade;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Six restaurants for trying, each with one table every hour until ten, in memory. Thread-safe. */
public final class InMemoryRestaurants implements Restaurants {
    private static final LocalTime LAST = LocalTime.of(22, 0);
    private static final List<Restaurant> ALL = List.of(
            new Restaurant("Lotus", "Thai", "old town", "555 0101", "3 Mill Street"),
            new Restaurant("Orchid", "Thai", "harbour", "555 0102", "18 Quay Road"),
            new Restaurant("Kos", "Greek", "harbour", "555 0103", "2 Quay Road"),
            new Restaurant("Delphi", "Greek", "old town", "555 0104", "11 Market Square"),
            new Restaurant("Trattoria Roma", "Italian", "old town", "555 0105", "7 Church Lane"),
            new Restaurant("Vesuvio", "Italian", "harbour", "555 0106", "40 Quay Road"));

    private final List<Table> reserved = new ArrayList<>();

    @Override
    public List<String> names() {
        return ALL.stream().map(Restaurant::name).toList();
    }

    @Override
    public List<String> cuisines() {
        return ALL.stream().map(Restaurant::cuisine).distinct().toList();
    }

    @Override
    public List<String> areas() {
        return ALL.stream().map(Restaurant::area).distinct().toList();
    }

    @Override
    public List<Restaurant> find(Optional<String> cuisine, Optional<String> area) {
        return ALL.stream()
                .filter(fits(cuisine, Restaurant::cuisine))
                .filter(fits(area, Restaurant::area))
                .toList();
    }

    private static Predicate<Restaurant> fits(Optional<String> wish, Function<Restaurant, String> value) {
        return restaurant -> wish.map(value.apply(restaurant)::equals).orElse(true);
    }

    @Override
    public synchronized Answer reserve(Table wanted) {
        if (isFree(wanted)) {
            reserved.add(wanted);
            return new Answer.Reserved("T" + (100 + reserved.size()));
        }
        return Stream.iterate(wanted.time(), time -> time.isBefore(LAST), time -> time.plusHours(1))
                .map(time -> time.plusHours(1))
                .map(time -> new Table(wanted.restaurant(), wanted.date(), time, wanted.seats()))
                .filter(this::isFree)
                .findFirst()
                .<Answer>map(other -> new Answer.FreeLater(other.time()))
                .orElseGet(Answer.Full::new);
    }

    private boolean isFree(Table wanted) {
        return reserved.stream()
                .noneMatch(table -> table.restaurant().equals(wanted.restaurant())
                        && table.date().equals(wanted.date())
                        && table.time().equals(wanted.time()));
    }

    /** All reservations, the oldest first. */
    public synchronized List<Table> reservations() {
        return List.copyOf(reserved);
    }
}
