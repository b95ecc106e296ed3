package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two flows in one call. */
class RestaurantAndCallbackTest {
    private static final InstantSource FRIDAY = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final InMemoryRestaurants guide = new InMemoryRestaurants();
    private final InMemoryCallbackList list = new InMemoryCallbackList();
    private final FlowTest call = FlowTest.of(RestaurantDesk.of(guide, list, "US"), FRIDAY);

    @Test
    void aCallbackIsTakenDownInTheMiddleOfAReservation() {
        call.expectSay("This is the restaurant desk. What can I do for you?")
                .inOneTurn(caller -> caller.wants("restaurants.reserve")
                        .fills(Map.of("restaurant", "Kos", "date", "2026-11-21", "time", "20:00")))
                .expectSay("For how many people?")
                .wants("callback.callback")
                .expectSay("May I have your name?")
                .fills(Map.of(
                        "flow",
                        "callback",
                        "name",
                        "Anna",
                        "phone",
                        "415 555 0132",
                        "topic",
                        "a party",
                        "time",
                        "10:00"))
                .expectSay("We call Anna about a party on the next working day at 10 AM. Is that right?")
                .confirmsYes()
                .expectSay("we will call you at 10 AM.");
        assertThat(list.all()).hasSize(1);

        call.inOneTurn(caller -> caller.wants("restaurants.reserve").fills(Map.of("flow", "restaurants", "seats", "4")))
                .expectSay("Kos on Saturday, November 21st at 8 PM for 4. Shall I reserve it?")
                .confirmsYes()
                .expectSay("Your table is reserved.");
        assertThat(guide.reservations()).hasSize(1);
    }
}
