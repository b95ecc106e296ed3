package dev.antiphon.flow;

/** What is done for a stuck caller. */
public sealed interface StuckAction {
    /** Ask in simpler words. */
    record Simplify() implements StuckAction {}

    /** Ask for the next rung of the tier ladder, then ask again. */
    record Escalate() implements StuckAction {}

    /** Hand the call to a person. */
    record HandOver(String target) implements StuckAction {}
}
