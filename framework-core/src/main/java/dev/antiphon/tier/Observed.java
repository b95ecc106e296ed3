package dev.antiphon.tier;

import dev.antiphon.model.Money;

/** What the router wants to know of calls; its own words, so that this package needs none of {@code session}'s. */
public sealed interface Observed {

    /** The flow of the call. */
    String flow();

    /** A call moved from one tier to another while it ran. */
    record Moved(String flow, String from, String to) implements Observed {}

    /**
     * A call ended.
     *
     * @param start the tier it began on: its result counts for the decision to begin there
     * @param end the tier it ended on
     * @param completed whether the flow reached its goal
     * @param cost of the whole call, on every tier it used
     */
    record Finished(String flow, String start, String end, boolean completed, Money cost) implements Observed {}
}
