package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressFlowTest {
    private static final InstantSource FRIDAY = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final Map<String, String> LAKE_ROAD =
            Map.of("street", "8 Lake Road", "postcode", "60601", "city", "Chicago");

    private final InMemoryCustomers customers = new InMemoryCustomers();
    private final FlowTest call = FlowTest.of(AddressFlow.of(customers), FRIDAY);

    private FlowTest identified() {
        return call.expectSay("What is your customer number?")
                .fills(Map.of("customer", "100 200"))
                .expectSay("And which postcode do we have for you so far?")
                .fills(Map.of("old_postcode", "94107"))
                .expectSay("What is your new street and house number?");
    }

    @Test
    void anAddressIsChangedOnceAndAfterAYes() {
        identified()
                .fills(LAKE_ROAD)
                .expectSay("Your new address is 8 Lake Road, 6 0 6 0 1 Chicago,"
                        + " and 5 Elm Street, 9 4 1 0 7 San Francisco no longer counts. Shall I change it?");
        assertThat(customers.moves()).isZero();

        call.confirmsYes()
                .expectSay("Your address is changed. From now on we write to 8 Lake Road")
                .confirmsYes();
        assertThat(customers.moves()).isEqualTo(1);
        assertThat(customers.addressOf("100200")).contains(new Customers.Address("8 Lake Road", "60601", "Chicago"));
    }

    @Test
    void whoDoesNotKnowTheOldPostcodeLearnsNothingAndGetsAPerson() {
        call.fills(Map.of("customer", "100200"))
                .fills(Map.of("old_postcode", "10115"))
                .expectSay("I'm sorry, that is not what we have.")
                .expectNotSaid("Elm")
                .fills(Map.of("old_postcode", "10117"))
                .fills(Map.of("old_postcode", "10119"))
                .expectSay("I'll connect you to the customer service now.")
                .expectOutcome("handed_over");
    }

    @Test
    void anUnknownCustomerIsAskedAgain() {
        call.fills(Map.of("customer", "999999")).expectSay("I don't find that customer number.");
    }

    @Test
    void anotherCustomerNeedsAnotherPostcode() {
        identified()
                .fills(Map.of("customer", "100300"))
                .expectSay("Since the customer number changed, I need the postcode that we have again.");
    }

    @Test
    void theAddressThatIsKnownAlreadyIsNoChange() {
        identified()
                .fills(Map.of("street", "5 Elm Street", "postcode", "94107", "city", "San Francisco"))
                .expectSay("That is the address that we have already.")
                .expectEffects(0);
    }

    @Test
    void aCorrectedStreetKeepsTheCity() {
        identified()
                .fills(LAKE_ROAD)
                .inOneTurn(caller -> caller.confirmsNo().fills(Map.of("street", "9 Lake Road")))
                .expectSay("Your new address is 9 Lake Road, 6 0 6 0 1 Chicago");
    }
}
