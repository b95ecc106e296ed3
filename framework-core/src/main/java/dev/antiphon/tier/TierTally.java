package dev.antiphon.tier;

import dev.antiphon.model.Money;

/**
 * What became of the calls that began on one tier of one flow. Immutable.
 *
 * @param finished calls that ended, however
 * @param completed of these, the ones whose flow reached its goal
 * @param escalated of these, the ones that ended on another tier than they began on
 * @param cost of all of them together
 */
public record TierTally(long finished, long completed, long escalated, Money cost) {
    /** Nothing yet. */
    public static final TierTally EMPTY = new TierTally(0, 0, 0, Money.ZERO);

    /** With one more call. */
    public TierTally plus(Observed.Finished call) {
        return new TierTally(
                finished + 1,
                completed + (call.completed() ? 1 : 0),
                escalated + (call.start().equals(call.end()) ? 0 : 1),
                cost.plus(call.cost()));
    }
}
