package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.util.List;
import java.util.Optional;

/** Normal forms of values that an author's code gave: one that cannot be read again is reported and not kept. */
final class NormalForms {
    private NormalForms() {}

    /** The normal form of a value; empty when its type cannot write it or read it back. */
    static <T> Optional<String> of(Turn turn, Slot<T> slot, T value) {
        try {
            String normal = slot.type().normal(value);
            slot.type().restore(normal);
            return Optional.of(normal);
        } catch (RuntimeException e) {
            turn.fault("value of slot " + slot.name(), e);
            return Optional.empty();
        }
    }

    /** The normal forms of options, without those that have none. */
    static <T> List<String> of(Turn turn, Slot<T> slot, List<T> values) {
        return values.stream()
                .flatMap(value -> of(turn, slot, value).stream())
                .distinct()
                .toList();
    }
}
