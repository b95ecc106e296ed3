package dev.antiphon.handover;

import java.util.List;
import java.util.Optional;

/**
 * What a dialog can tell a person who takes over.
 *
 * @param values what is known, in the dialog's order
 * @param done what was done, and of what it is not known whether it was done: one sentence or name each
 * @param open what the caller was asked last; sensitive values are masked
 */
public record HandoverNotes(List<Value> values, List<String> done, Optional<String> open) {
    /** What stands for a value that a target may not see. */
    public static final String MASK = "•••";

    /** Nothing is known. */
    public static final HandoverNotes NONE = new HandoverNotes(List.of(), List.of(), Optional.empty());

    public HandoverNotes {
        values = List.copyOf(values);
        done = List.copyOf(done);
    }

    /**
     * One value.
     *
     * @param flow of which flow it is
     * @param name the slot's
     * @param spoken as the caller hears it
     * @param sensitive whether it is for allowed eyes only
     */
    public record Value(String flow, String name, String spoken, boolean sensitive) {
        /** With what stands for it when it is sensitive. */
        public Value masked() {
            return sensitive ? new Value(flow, name, MASK, true) : this;
        }
    }

    /** With every sensitive value masked. */
    public HandoverNotes masked() {
        return new HandoverNotes(values.stream().map(Value::masked).toList(), done, open);
    }
}
