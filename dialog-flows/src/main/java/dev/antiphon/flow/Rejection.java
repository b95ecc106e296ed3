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
 * @param isAll whether the options are all that there are, so that callers may be told so; else they are the best of them
 */
public record Rejection<T>(Slot<T> slot, List<T> options, boolean exhausted, Optional<String> reason, boolean isAll) {
    public Rejection {
        options = List.copyOf(options);
    }

    /** With the best of what is possible. */
    public Rejection(Slot<T> slot, List<T> options, boolean exhausted, Optional<String> reason) {
        this(slot, options, exhausted, reason, false);
    }

    /** A copy that offers these; none: then another value of what the slot depends on is asked for. */
    public Rejection<T> alternatives(List<T> possible) {
        return new Rejection<>(slot, possible, possible.isEmpty(), reason, isAll);
    }

    /** A copy whose options are all there are: who wants something else than all of them is told so. */
    public Rejection<T> thatIsAll() {
        return new Rejection<>(slot, options, exhausted, reason, true);
    }

    /** A copy with the author's own reason. */
    public Rejection<T> because(String sentence) {
        return new Rejection<>(slot, options, exhausted, Optional.of(sentence), isAll);
    }
}
