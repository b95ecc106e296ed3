package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Slots;
import java.util.Optional;

/** Typed access to the values of a run. */
record TypedSlots(SlotValues values) implements Slots {
    @Override
    public <T> Optional<T> find(Slot<T> slot) {
        return values.normal(slot.name()).map(slot.type()::restore);
    }

    /** Whether a slot is wanted; an author's rule that throws wants it. */
    boolean wants(Slot<?> slot) {
        return wants(slot, this);
    }

    /** Whether a slot is wanted with these values; an author's rule that throws wants it. */
    static boolean wants(Slot<?> slot, Slots values) {
        try {
            return slot.isWanted(values);
        } catch (RuntimeException e) {
            return true;
        }
    }
}
