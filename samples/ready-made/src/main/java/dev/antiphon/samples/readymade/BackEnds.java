package dev.antiphon.samples.readymade;

import dev.antiphon.flow.say.Language;

/**
 * What the ready-made flows of a call work with, and which one it is.
 *
 * @param flow a name of {@link ReadyMade#names}
 * @param language what it speaks
 */
public record BackEnds(
        String flow,
        Language language,
        Appointments appointments,
        Restaurants restaurants,
        CallbackList callbacks,
        Customers customers) {

    /** Those that are in memory, without any data of callers. */
    static BackEnds inMemory(String flow, Language language) {
        return new BackEnds(
                flow,
                language,
                new InMemoryAppointments(),
                new InMemoryRestaurants(),
                new InMemoryCallbackList(),
                new InMemoryCustomers());
    }
}
