package dev.antiphon.server.operator;

/** What one view shows: figures, or one sentence about why there are none. */
public sealed interface Shown<T> {

    /** There are figures. */
    record Known<T>(T figures) implements Shown<T> {}

    /** There are none; {@code missing} says what is missing and how to switch it on, for people. */
    record Missing<T>(String missing) implements Shown<T> {}
}
