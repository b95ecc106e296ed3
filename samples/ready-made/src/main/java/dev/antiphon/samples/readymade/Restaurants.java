package dev.antiphon.samples.readymade;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** The back end of {@link RestaurantFlow}. Thread-safe; the lists of names are read once, when the flow is made. */
public interface Restaurants {

    /** What callers are told of a restaurant. */
    record Restaurant(String name, String cuisine, String area, String phone, String address) {}

    /** What is to be reserved. */
    record Table(String restaurant, LocalDate date, LocalTime time, int seats) {}

    /** What became of a wish for a table. */
    sealed interface Answer {
        /** The table is reserved. */
        record Reserved(String reference) implements Answer {}

        /** Not then, but at this time of the same day. */
        record FreeLater(LocalTime time) implements Answer {}

        /** Nothing is free that evening. */
        record Full() implements Answer {}
    }

    /** The names of all restaurants. */
    List<String> names();

    /** The cuisines that there are. */
    List<String> cuisines();

    /** The parts of the town that have restaurants. */
    List<String> areas();

    /** All that fit, the best first; what is not given does not matter. */
    List<Restaurant> find(Optional<String> cuisine, Optional<String> area);

    /** Reserves a table, if there is one. */
    Answer reserve(Table wanted);
}
