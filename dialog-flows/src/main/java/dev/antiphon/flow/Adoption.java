package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fits the state of a call that began with another version of a flow. */
final class Adoption {
    private Adoption() {}

    static FlowState of(Flow<?> flow, FlowState state) {
        Set<String> known = flow.slots().stream()
                .<Slot<?>>map(slot -> slot)
                .filter(slot -> state.slots()
                        .find(slot.name())
                        .map(value -> reads(slot, value.normal()))
                        .orElse(true))
                .map(Slot::name)
                .collect(Collectors.toSet());
        Inquiry inquiry = state.inquiry().closed();
        return new FlowState(
                state.phase(),
                state.slots().only(known),
                Optional.empty(),
                Optional.empty(),
                state.effects(),
                state.repair().asking(""),
                state.outcome(),
                state.agenda(),
                inquiry,
                state.today());
    }

    private static boolean reads(Slot<?> slot, String normal) {
        try {
            slot.type().restore(normal);
            return true;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
