package dev.antiphon.tool;

import dev.antiphon.session.ToolOutcome;
import java.time.Duration;

/**
 * One invocation as a state machine: requested, running, settled. Pure and immutable; whatever happens and in whatever
 * order, {@link Action.Settle} comes out at most once.
 *
 * <pre>
 * Requested --Started--> Running --Finished (same generation)--> Settled
 * Requested | Running --Decided | Expired | Withdrawn | Lost--> Settled
 * </pre>
 */
sealed interface ToolCall {

    /** Accepted, perhaps waiting for a free place. */
    record Requested() implements ToolCall {}

    /** Waits for the run of this generation. */
    record Running(long generation) implements ToolCall {}

    /** Done; nothing can change it. */
    record Settled(ToolOutcome outcome) implements ToolCall {}

    /** What can happen to it. */
    sealed interface Event {
        /** A run took it up. */
        record Started(long generation) implements Event {}

        /** A run ended. */
        record Finished(long generation, ToolOutcome outcome) implements Event {}

        /** It got its outcome without a run: rejected, unknown, replayed. */
        record Decided(ToolOutcome outcome) implements Event {}

        /** Its time is over. */
        record Expired(Duration after) implements Event {}

        /** The session does not want it any more. */
        record Withdrawn(String reason) implements Event {}

        /** The dispatcher broke or stopped. */
        record Lost(String message, Throwable cause) implements Event {}
    }

    /** What to do about it. */
    sealed interface Action {
        /** Tell the session. */
        record Settle(ToolOutcome outcome) implements Action {}

        /** A result that nobody waits for any more: count and drop it. */
        record DropLate() implements Action {}

        /** Nothing. */
        record Ignore() implements Action {}
    }

    /** The next state and what to do. */
    record Transition(ToolCall next, Action action) {}

    /** Takes one event. */
    default Transition on(Event event) {
        return switch (this) {
            case Requested requested -> open(event);
            case Running running -> open(event);
            case Settled settled ->
                new Transition(this, event instanceof Event.Finished ? new Action.DropLate() : new Action.Ignore());
        };
    }

    private Transition open(Event event) {
        return switch (event) {
            case Event.Started started -> new Transition(new Running(started.generation()), new Action.Ignore());
            case Event.Finished finished -> finished(finished);
            case Event.Decided decided -> settle(decided.outcome());
            case Event.Expired expired -> settle(new ToolOutcome.TimedOut(expired.after()));
            case Event.Withdrawn withdrawn -> settle(new ToolOutcome.Cancelled(withdrawn.reason()));
            case Event.Lost lost -> settle(new ToolOutcome.Failed(lost.message(), lost.cause()));
        };
    }

    private Transition finished(Event.Finished finished) {
        return this instanceof Running running && running.generation() == finished.generation()
                ? settle(finished.outcome())
                : new Transition(this, new Action.DropLate());
    }

    private static Transition settle(ToolOutcome outcome) {
        return new Transition(new Settled(outcome), new Action.Settle(outcome));
    }
}
