package dev.antiphon.flow.slot;

import java.util.Optional;

/** Typed access to the values filled so far. */
public interface Slots {

    /** The value of a slot, empty while it is open. */
    <T> Optional<T> find(Slot<T> slot);

    /** The value of a filled slot. */
    default <T> T get(Slot<T> slot) {
        return find(slot)
                .orElseThrow(() -> new IllegalArgumentException("slot '" + slot.name()
                        + "' must be filled to be read here, but it is open: declare it with dependsOn"));
    }
}
