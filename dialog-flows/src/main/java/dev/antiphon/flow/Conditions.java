package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The authors' conditions of slots. One that throws wants its slot; that it throws is reported when it begins to. */
final class Conditions {
    private Conditions() {}

    /** The step with a report of each condition that throws for its values, unless it threw for those before. */
    static Transition reported(Flow<?> flow, Optional<FlowState> before, Transition step) {
        if (before.filter(old -> old.slots().equals(step.next().slots())).isPresent()) {
            return step;
        }
        List<FlowEffect> effects = new ArrayList<>(step.effects());
        for (Slot<?> slot : flow.slots()) {
            Optional<RuntimeException> thrown = failure(slot, step.next());
            if (thrown.isPresent() && before.flatMap(old -> failure(slot, old)).isEmpty()) {
                String where = "condition of slot '" + slot.name() + "' of flow '" + flow.name() + "'";
                effects.add(new FlowEffect.Fault(where, thrown.get()));
            }
        }
        return new Transition(step.next(), effects, step.acts());
    }

    private static Optional<RuntimeException> failure(Slot<?> slot, FlowState state) {
        if (slot.occasion().isEmpty()) {
            return Optional.empty();
        }
        try {
            slot.isWanted(new TypedSlots(state.slots()));
            return Optional.empty();
        } catch (RuntimeException thrown) {
            return Optional.of(thrown);
        }
    }
}
