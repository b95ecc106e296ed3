package dev.antiphon.samples.readymade;

import static dev.antiphon.flow.dsl.FlowDsl.*;

import dev.antiphon.flow.Flow;
import dev.antiphon.samples.readymade.Customers.Address;
import java.util.Optional;

/** A change of address: customers say their number and the postcode of their old address, then the new one. */
public final class AddressFlow {
    record Change(String customer, String oldPostcode, String street, String postcode, String city) {
        Address address() {
            return new Address(street, postcode, city);
        }
    }

    private AddressFlow() {}

    /** The flow over these customers. */
    public static Flow<Change> of(Customers customers) {
        var customer = code("customer", 6)
                .called("customer number")
                .ask("What is your customer number?")
                .check((number, slots) ->
                        customers.addressOf(number).isPresent() ? ok() : reject("I don't find that customer number."));
        var oldPostcode = code("old_postcode", 5)
                .called("postcode that we have")
                .ask("And which postcode do we have for you so far?")
                .sensitive()
                .dependsOn(customer)
                .check((code, slots) -> customers
                                .addressOf(slots.get(customer))
                                .map(Address::postcode)
                                .equals(Optional.of(code))
                        ? ok()
                        : reject("I'm sorry, that is not what we have."));
        var street = freeText("street").called("street and number").ask("What is your new street and house number?");
        var postcode = code("postcode", 5).called("new postcode").ask("And the new postcode?");
        var city = freeText("city")
                .ask("In which city is that?")
                .dependsOn(customer, street, postcode)
                .keptIfStillPossible()
                .check((name, slots) -> customers
                                .addressOf(slots.get(customer))
                                .equals(Optional.of(new Address(slots.get(street), slots.get(postcode), name)))
                        ? reject("That is the address that we have already.")
                        : ok());

        return Flow.named(
                "address",
                Change.class,
                f -> f.goal("Change your address")
                        .collect(customer, oldPostcode, street, postcode, city)
                        .confirm(c -> say(
                                "Your new address is {}, and {} no longer counts. Shall I change it?",
                                c.address(),
                                customers.addressOf(c.customer())))
                        .effect("change", c -> customers.move(c.customer(), c.address()))
                        .done((c, old) -> say("Your address is changed. From now on we write to {}.", c.address()))
                        .onStuck(rejected(3), handOver("customer service"))
                        .onStuck(noMatch(4), handOver("customer service")));
    }
}
