package dev.antiphon.flow.slot;

/** What a {@link SlotType} made of a value that a model or caller gave. */
public sealed interface Reading<T> {

    /** A value. */
    record Understood<T>(T value) implements Reading<T> {}

    /**
     * Not a value of this type.
     *
     * @param reason a sentence for the caller
     * @param malformed whether it breaks the tool's schema, which is the model's mistake and not the caller's
     */
    record Unclear<T>(String reason, boolean malformed) implements Reading<T> {}
}
