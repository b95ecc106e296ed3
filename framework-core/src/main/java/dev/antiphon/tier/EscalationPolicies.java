package dev.antiphon.tier;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which policy each flow of a bot has: what its author declared beside it, else the bot's usual one, and over that what operators
 * changed. Immutable; the changes are pure functions.
 *
 * @param usual of flows that declare none
 * @param everywhere what operators changed for all flows
 * @param ofFlow what they changed besides, by the flow's name
 */
public record EscalationPolicies(
        EscalationPolicy usual,
        UnaryOperator<EscalationPolicy> everywhere,
        Map<String, UnaryOperator<EscalationPolicy>> ofFlow) {
    public EscalationPolicies {
        ofFlow = Map.copyOf(ofFlow);
    }

    /** Nothing is changed. */
    public static EscalationPolicies of(EscalationPolicy usual) {
        return new EscalationPolicies(usual, UnaryOperator.identity(), Map.of());
    }

    /** No flow gets help, whatever its author declared. */
    public static EscalationPolicies never() {
        return new EscalationPolicies(EscalationPolicy.never(), declared -> EscalationPolicy.never(), Map.of());
    }

    /** A copy for bots that usually have another policy. */
    public EscalationPolicies withUsual(EscalationPolicy other) {
        return new EscalationPolicies(other, everywhere, ofFlow);
    }

    /**
     * The policy of this flow.
     *
     * @param declared beside the flow
     */
    public EscalationPolicy of(String flow, Optional<EscalationPolicy> declared) {
        EscalationPolicy own = everywhere.apply(declared.orElse(usual));
        return Optional.ofNullable(ofFlow.get(flow))
                .map(change -> change.apply(own))
                .orElse(own);
    }
}
