package dev.antiphon.tier;

import java.util.List;
import java.util.Optional;

/**
 * What the router decided about one call, and why.
 *
 * @param from the tier the call runs on
 * @param to the tier it moves to; empty to stay
 * @param evidence the struggle score at the time, see {@link EscalationPolicy}
 * @param reason one sentence for people
 * @param signals what the score was made of, oldest first
 */
public record TierDecision(String from, Optional<String> to, double evidence, String reason, List<Struggle> signals) {
    public TierDecision {
        signals = List.copyOf(signals);
    }
}
