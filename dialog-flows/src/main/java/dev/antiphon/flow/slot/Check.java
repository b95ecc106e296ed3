package dev.antiphon.flow.slot;

/**
 * An author's rule for a slot, run when the value and all slots it depends on are known. It runs inside the reducer: it
 * must be quick, and must not wait for a network.
 */
@FunctionalInterface
public interface Check<T> {

    /** Judges {@code value}; {@code slots} holds at least the slots declared with {@link Slot#dependsOn}. */
    Verdict<T> judge(T value, Slots slots);
}
