package dev.antiphon.tier;

import java.util.HashMap;
import java.util.Map;

/**
 * The policies of all flows.
 *
 * @param usual of every flow that has none of its own
 * @param ofFlows by the flow's name
 */
public record RouterPolicies(RouterPolicy usual, Map<String, RouterPolicy> ofFlows) {
    public RouterPolicies {
        ofFlows = Map.copyOf(ofFlows);
    }

    /** {@link RouterPolicy#defaults} for every flow. */
    public static RouterPolicies defaults() {
        return new RouterPolicies(RouterPolicy.defaults(), Map.of());
    }

    /** The policy of a flow. */
    public RouterPolicy of(String flow) {
        return ofFlows.getOrDefault(flow, usual);
    }

    /** A copy in which this flow has a policy of its own. */
    public RouterPolicies with(String flow, RouterPolicy policy) {
        Map<String, RouterPolicy> more = new HashMap<>(ofFlows);
        more.put(flow, policy);
        return new RouterPolicies(usual, more);
    }
}
