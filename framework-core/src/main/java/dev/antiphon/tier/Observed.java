package dev.antiphon.tier;

import dev.antiphon.model.Money;

/** What the router wants to know of calls; its own words, so that this package needs none of {@code session}'s. */
public sealed interface Observed {

    /** The flow of the call. */
    String flow();

    /** A call moved from one tier to another while it ran. */
    record Moved(String flow, String from, String to) implements Observed {}

    /** A call for which a start was asked never came about: the caller had left, or no session could be opened. */
    record Withdrawn(String flow, String session) implements Observed {}

    /**
     * A call ended. Whatever kept the flow from its goal, an error of our own included, it is not completed: callers do not care whose
     * error it was, and where the model is not the cause the guard finds that the tier above fails, too.
     *
     * @param session its id; an outcome that comes again counts once
     * @param number of its start, see {@link TierRouter.Start}; 0 for a call that the router did not send anywhere
     * @param start the tier it began on: its result counts for the decision to begin there, also when it moved on in mid-call
     * @param end the tier it ended on
     * @param completed whether the flow reached its goal
     * @param cost of the whole call, on every tier it used
     */
    record Finished(String flow, String session, long number, String start, String end, boolean completed, Money cost)
            implements Observed {}
}
