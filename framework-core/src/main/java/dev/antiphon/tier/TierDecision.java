package dev.antiphon.tier;

import dev.antiphon.model.Money;
import java.util.List;
import java.util.Optional;

/**
 * What was decided about one call, and why.
 *
 * @param from the tier the call runs on
 * @param to the tier it moves to; empty when it stays on its model
 * @param rung what it climbs to; empty to stay
 * @param evidence the struggle score at the time, see {@link EscalationPolicy}
 * @param reason one sentence for people, never with words or values of the caller: journals and stores keep it
 * @param costEstimate what the rung is estimated to cost the call besides, or of a call that stays, what the next one would; empty when
 *     no rung is left or no prices are known. See {@link ClimbCost}.
 * @param signals what the score was made of, oldest first
 */
public record TierDecision(
        String from,
        Optional<String> to,
        Optional<Rung> rung,
        double evidence,
        String reason,
        Optional<Money> costEstimate,
        List<Struggle> signals) {
    public TierDecision {
        signals = List.copyOf(signals);
    }

    /** Whether nothing changes. */
    public boolean isStay() {
        return rung.isEmpty();
    }

    /** The same for other eyes. */
    public TierDecision told(String otherReason, List<Struggle> otherSignals) {
        return new TierDecision(from, to, rung, evidence, otherReason, costEstimate, otherSignals);
    }
}
