package dev.antiphon.tier;

import dev.antiphon.tier.Struggle.Signal;
import java.util.EnumMap;
import java.util.Map;

/**
 * When a struggling call moves up: every signal has a weight, the score decays at each turn that made progress, and the
 * call moves when the score reaches the threshold.
 *
 * @param weights weight of each signal; absent ones weigh nothing
 * @param decay factor of the score at each turn that moved the dialog on, 0 to 1; default 0.5
 * @param threshold default 3.0
 * @param maxEscalations how often one call may move; default 1
 */
public record EscalationPolicy(Map<Signal, Double> weights, double decay, double threshold, int maxEscalations) {
    public EscalationPolicy {
        weights = Map.copyOf(weights);
        if (!(decay >= 0 && decay <= 1)) {
            throw new IllegalArgumentException("decay must be between 0 and 1, but was " + decay);
        }
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("threshold must be positive, but was " + threshold);
        }
        if (maxEscalations < 0) {
            throw new IllegalArgumentException("maxEscalations must be 0 or more, but was " + maxEscalations);
        }
    }

    /** No-match 1, correction 1.5, stalled 1, repeated prompt 0.5, tool error 1, unbacked claim 2, no-input 0.25. */
    public static EscalationPolicy defaults() {
        Map<Signal, Double> weights = new EnumMap<>(Signal.class);
        weights.put(Signal.NO_MATCH, 1.0);
        weights.put(Signal.NO_INPUT, 0.25);
        weights.put(Signal.CORRECTION, 1.5);
        weights.put(Signal.STALLED, 1.0);
        weights.put(Signal.REPEATED_PROMPT, 0.5);
        weights.put(Signal.TOOL_ERROR, 1.0);
        weights.put(Signal.UNBACKED_CLAIM, 2.0);
        return new EscalationPolicy(weights, 0.5, 3.0, 1);
    }

    /** A policy that never moves a call. */
    public static EscalationPolicy never() {
        return new EscalationPolicy(Map.of(), 0.5, 3.0, 0);
    }
}
