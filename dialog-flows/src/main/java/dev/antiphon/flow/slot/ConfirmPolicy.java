package dev.antiphon.flow.slot;

/** How a caller learns what was understood of one value. What is done after a yes is always read back besides. */
public enum ConfirmPolicy {
    /** The value is asked back at once and counts only after a yes. */
    EXPLICIT,
    /** The value is said in passing unless the read-back follows anyway, and counts until the caller corrects it: the default. */
    IMPLICIT,
    /** The value is not said. */
    NONE
}
