package dev.antiphon.tier;

import java.time.Instant;

/**
 * What the router decided about the new calls of a flow, and why.
 *
 * @param at when, by the router's clock
 * @param flow whose calls
 * @param tier which tier it is about
 * @param kind what was decided
 * @param from the state before
 * @param to the state now; the same when it stayed
 * @param evidence the value of the detector at the time
 * @param sessions how many finished sessions of that state it rests on
 * @param reason one sentence for people
 */
public record RouterDecision(
        Instant at,
        String flow,
        String tier,
        Kind kind,
        State from,
        State to,
        double evidence,
        long sessions,
        String reason) {

    /** Where new calls of a flow begin, as far as one tier is concerned. */
    public enum State {
        /** On this tier. */
        CLOSED,
        /** Some of them on this tier, to see whether it is well again. */
        HALF_OPEN,
        /** On the tier above. */
        OPEN
    }

    /** What can be decided. */
    public enum Kind {
        /** Calls complete less often than they should: new ones begin on the tier above. */
        ESCALATED,
        /** They would, but something forbids it: the price, the budget, an operator. */
        HELD_BACK,
        /** Some calls try the tier again. */
        PROBING,
        /** The tier is well again: new calls begin on it. */
        RETURNED,
        /** The trial failed: they go on with the tier above. */
        STILL_DEGRADED,
        /** The tier above fails too, so the model is not the cause: new calls begin on the lower tier, and a person must look. */
        SYSTEMIC,
        /** The rate of completion that is taken for healthy was learned. */
        LEARNED,
        /** An operator decided. */
        BY_OPERATOR
    }
}
