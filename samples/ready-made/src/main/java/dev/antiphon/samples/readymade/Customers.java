package dev.antiphon.samples.readymade;

import dev.antiphon.flow.slot.Choosable;
import dev.antiphon.flow.slot.Spoken;
import java.util.Optional;

/** The back end of {@link AddressFlow}. Thread-safe; {@code addressOf} is quick. */
public interface Customers {

    /** Where a customer lives. */
    record Address(String street, String postcode, String city) implements Choosable {
        @Override
        public String spoken() {
            return street + ", " + Spoken.spelled(postcode) + " " + city;
        }
    }

    /** The address of this customer; empty when there is no such customer. */
    Optional<Address> addressOf(String customerNumber);

    /** Gives a customer this address; the address until now. */
    Address move(String customerNumber, Address address);
}
