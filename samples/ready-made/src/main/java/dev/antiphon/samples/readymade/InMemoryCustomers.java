package dev.antiphon.samples.readymade;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Two customers for trying, {@code 100200} and {@code 100300}, in memory. Thread-safe. */
public final class InMemoryCustomers implements Customers {
    private final Map<String, Address> addresses = new HashMap<>(Map.of(
            "100200", new Address("5 Elm Street", "94107", "San Francisco"),
            "100300", new Address("12 Lake Road", "60601", "Chicago")));
    private int moves;

    @Override
    public synchronized Optional<Address> addressOf(String customerNumber) {
        return Optional.ofNullable(addresses.get(customerNumber));
    }

    @Override
    public synchronized Address move(String customerNumber, Address address) {
        Address old = addressOf(customerNumber).orElseThrow();
        addresses.put(customerNumber, address);
        moves++;
        return old;
    }

    /** How many changes there were. */
    public synchronized int moves() {
        return moves;
    }
}
