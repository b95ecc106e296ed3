package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.util.ArrayList;
import java.util.List;

/** Which slot needs which others. Pure. */
final class Dependencies {
    private Dependencies() {}

    /** Whether the slot depends on the other one, perhaps through others. */
    static boolean needs(Flow<?> flow, Slot<?> slot, Slot<?> other) {
        return slot.dependencies().stream()
                .anyMatch(needed -> needed.name().equals(other.name())
                        || flow.slot(needed.name())
                                .filter(own -> needs(flow, own, other))
                                .isPresent());
    }

    /** Whether its checks can run: every slot that it depends on has a value, or will not get one. */
    static boolean areSettled(Flow<?> flow, SlotValues values, Slot<?> slot) {
        return slot.dependencies().stream()
                .map(needed -> flow.slot(needed.name()).<Slot<?>>map(own -> own).orElse(needed))
                .allMatch(needed -> values.has(needed.name())
                        || !new TypedSlots(values).wants(needed)
                        || values.skipped().contains(needed.name())
                        || (needed.isOptional() && needed.prompt().isEmpty()));
    }

    /** The slots, each after those it depends on. */
    static List<Slot<?>> inOrder(Flow<?> flow) {
        List<Slot<?>> ordered = new ArrayList<>();
        flow.slots().forEach(slot -> place(flow, slot, ordered));
        return ordered;
    }

    private static void place(Flow<?> flow, Slot<?> slot, List<Slot<?>> ordered) {
        if (ordered.stream().noneMatch(done -> done.name().equals(slot.name()))) {
            slot.dependencies().forEach(needed -> flow.slot(needed.name()).ifPresent(own -> place(flow, own, ordered)));
            ordered.add(slot);
        }
    }
}
