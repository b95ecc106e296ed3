package dev.antiphon.flow.slot;

/**
 * An author's rule for a slot, run when the value and all slots it depends on are known. With {@link Slot#check} it must be quick and
 * must not wait for a network; with {@link Slot#verify} it may wait. It may be run again for the same values.
 */
@FunctionalInterface
public interface Check<T> {

    /** Judges {@code value}; {@code slots} holds at least the slots declared with {@link Slot#dependsOn}. */
    Verdict<T> judge(T value, Slots slots) throws Exception;
}
