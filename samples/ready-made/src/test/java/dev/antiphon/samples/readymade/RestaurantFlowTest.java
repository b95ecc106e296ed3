package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestaurantFlowTest {
    private static final InstantSource FRIDAY = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final InMemoryRestaurants guide = new InMemoryRestaurants();
    private final FlowTest call = FlowTest.of(RestaurantFlow.of(guide), FRIDAY);

    private FlowTest lotusToBeConfirmed() {
        return call.inOneTurn(caller -> caller.wants("find").fills(Map.of("cuisine", "Thai")))
                .chooses(1)
                .expectSay("Shall I reserve a table?")
                .confirmsYes()
                .expectSay("Which day?")
                .fills(Map.of("date", "2026-11-21", "time", "20:00", "seats", "4"))
                .expectSay("Lotus on Saturday, November 21st at 8 PM for 4. Shall I reserve it?");
    }

    @Test
    void aRestaurantIsFoundByCuisineAndSomethingElseIsTheNextOne() {
        call.wants("find")
                .expectSay("Which cuisine do you like?")
                .fills(Map.of("cuisine", "Thai"))
                .expectSay("I have Lotus, Thai, in the old town. Would that suit you?")
                .wantsAlternatives()
                .expectSay("I have Orchid, Thai, in the harbour. Would that suit you?")
                .wantsAlternatives()
                .expectSay("I'm afraid that is all I have.");
    }

    @Test
    void whoIsAskedWhichOneAndSaysOnlyWhatItShouldBeLikeIsShownSuchOnes() {
        call.wants("reserve")
                .expectSay("Which restaurant?")
                .fills(Map.of("cuisine", "Thai"))
                .expectSay("I have Lotus, Thai, in the old town. Would that suit you?")
                .confirmsYes()
                .expectSay("Which day?");
    }

    @Test
    void whoWantsATableAndSaysWhatItShouldBeLikeIsShownSuchOnesAndConfirmsOnce() {
        call.inOneTurn(caller -> caller.wants("reserve")
                        .fills(Map.of("cuisine", "Greek", "date", "2026-11-21", "time", "20:00", "seats", "4")))
                .expectSay("I have Kos, Greek")
                .confirmsYes()
                .expectSay("Kos on Saturday, November 21st at 8 PM for 4. Shall I reserve it?")
                .confirmsYes()
                .expectSay("Your table is reserved.");
    }

    @Test
    void aTableThatWasAskedForBeforeTheSearchIsNotProposedOnceMore() {
        call.inOneTurn(caller ->
                        caller.wants("reserve").fills(Map.of("date", "2026-11-21", "time", "20:00", "seats", "4")))
                .inOneTurn(caller -> caller.wants("find").fills(Map.of("cuisine", "Greek")))
                .chooses(1)
                .expectSay("Kos on Saturday, November 21st at 8 PM for 4. Shall I reserve it?")
                .cancels()
                .saysGoodbye()
                .expectNotSaid("still going to")
                .expectOutcome("completed");
    }

    @Test
    void theNameOfWhatIsOfferedTakesIt() {
        call.inOneTurn(caller -> caller.wants("find").fills(Map.of("cuisine", "Greek")))
                .expectSay("I have Kos")
                .fills(Map.of("restaurant", "Kos"))
                .expectNotSaid("I have")
                .expectSay("Shall I reserve a table?");
    }

    @Test
    void whatIsSaidBesideAnAnswerBeginsNoSearch() {
        call.wants("reserve")
                .fills(Map.of("cuisine", "Thai", "restaurant", "Lotus"))
                .expectSay("Which day?")
                .fills(Map.of("area", "harbour"))
                .expectSay("Which day?");
    }

    @Test
    void whoDoesNotMindTheCuisineIsOfferedAnyOfThatPartOfTheTown() {
        call.inOneTurn(caller -> caller.wants("find").fills(Map.of("cuisine", "any", "area", "harbour")))
                .expectSay("I have Orchid, Thai, in the harbour.");
    }

    @Test
    void questionsAboutTheOfferedRestaurantAreAnswered() {
        call.inOneTurn(caller -> caller.wants("find").fills(Map.of("cuisine", "Greek")))
                .expectSay("I have Kos")
                .asksAbout("phone")
                .expectSay("The phone is 555 0103.")
                .asks("And what is their address?")
                .expectSay("The address is 2 Quay Road.");
    }

    @Test
    void aTableIsReservedAfterAYes() {
        lotusToBeConfirmed();
        assertThat(guide.reservations()).isEmpty();

        call.confirmsYes().expectSay("Your table is reserved. The reference is T 1 0 1.");
        assertThat(guide.reservations())
                .containsExactly(new Restaurants.Table("Lotus", LocalDate.of(2026, 11, 21), LocalTime.of(20, 0), 4));
    }

    @Test
    void anotherTimeIsOfferedWhenThereIsNoTableAndTakenByAYes() {
        guide.reserve(new Restaurants.Table("Lotus", LocalDate.of(2026, 11, 21), LocalTime.of(20, 0), 2));

        lotusToBeConfirmed()
                .confirmsYes()
                .expectSay("that isn't possible, but I have 9 PM. Shall I take that?")
                .confirmsYes()
                .expectSay("Your table is reserved. The reference is T 1 0 2.");
        assertThat(guide.reservations())
                .last()
                .extracting(Restaurants.Table::time)
                .isEqualTo(LocalTime.of(21, 0));
    }

    @Test
    void aFullEveningIsToldAndAnotherDayIsTried() {
        for (int hour = 20; hour <= 22; hour++) {
            guide.reserve(new Restaurants.Table("Lotus", LocalDate.of(2026, 11, 21), LocalTime.of(hour, 0), 2));
        }

        lotusToBeConfirmed()
                .confirmsYes()
                .expectSay(
                        "They are full that evening. Would you like to change the restaurant, date, time or number of people,"
                                + " or is there anything else?")
                .fills(Map.of("date", "2026-11-22"))
                .expectSay("Lotus on Sunday, November 22nd at 8 PM for 4. Shall I reserve it?")
                .confirmsYes()
                .expectSay("Your table is reserved.");
    }
}
