package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.util.List;
import java.util.Optional;

/**
 * Where an expected failure of an effect leads: back to a slot.
 *
 * @param slot the slot that is asked again
 * @param options what is possible instead, best first
 * @param exhausted whether nothing is possible instead, as {@link #alternatives} without any says
 * @param reason a sentence for the caller; empty: the engine says that the value is no longer available
 */
public record Rejection<T>(Slot<T> slot, List<T> options, boolean exhausted, Optional<String> reason) {
    public Rejection {
        options = List.copyOf(options);
    }

    /** A copy that offers these; none: then another value of what the slot depends on is asked for. */
    public Rejection<T> alternatives(List<T> possible) {
        return new Rejection<>(slot, possible, possible.isEmpty(), reason);
    }

    /** A copy with the author's own reason. */
    public Rejection<T> because(String sentence) {
        return new Rejection<>(slot, options, exhausted, Optional.of(sentence));
    }
}
