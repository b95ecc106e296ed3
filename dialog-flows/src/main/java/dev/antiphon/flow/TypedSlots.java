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
        try {
            return slot.isWanted(this);
        } catch (RuntimeException e) {
            return true;
        }
    }
}
