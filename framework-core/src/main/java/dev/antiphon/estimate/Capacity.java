package dev.antiphon.estimate;

import dev.antiphon.model.UsageTier;
import java.util.List;
import java.util.Optional;

/**
 * How many calls at once the usage tiers of a provider allow, and which of them is enough.
 *
 * @param peak calls at once in the busiest hour
 * @param tiers the lowest first; empty when the catalogue knows none for these models
 */
public record Capacity(int peak, List<Allowed> tiers) {
    public Capacity {
        tiers = List.copyOf(tiers);
    }

    /**
     * What one usage tier allows.
     *
     * @param tier its name
     * @param byRequests calls at once that its requests a minute allow; empty without a limit
     * @param byTokens calls at once that its tokens a minute allow; empty without a limit
     */
    public record Allowed(String tier, Optional<Long> byRequests, Optional<Long> byTokens) {
        /** Calls at once; empty without a limit. */
        public Optional<Long> calls() {
            return byRequests
                    .map(requests ->
                            byTokens.map(tokens -> Math.min(tokens, requests)).orElse(requests))
                    .or(() -> byTokens);
        }

        /** Whether so many calls at once are allowed. */
        public boolean allows(int calls) {
            return calls().map(most -> most >= calls).orElse(true);
        }

        /** For calls that use so much in a minute. */
        static Allowed of(UsageTier tier, double requestsPerMinute, double tokensPerMinute) {
            return new Allowed(
                    tier.name(),
                    tier.requestsPerMinute().flatMap(limit -> fit(limit, requestsPerMinute)),
                    tier.tokensPerMinute().flatMap(limit -> fit(limit, tokensPerMinute)));
        }

        /** The smaller of both, where each of two models has limits of its own. */
        Allowed and(Allowed other) {
            return new Allowed(tier, smaller(byRequests, other.byRequests), smaller(byTokens, other.byTokens));
        }

        private static Optional<Long> fit(int limit, double each) {
            return each > 0 ? Optional.of((long) Math.floor(limit / each)) : Optional.empty();
        }

        private static Optional<Long> smaller(Optional<Long> one, Optional<Long> other) {
            return one.map(value -> other.map(more -> Math.min(value, more)).orElse(value))
                    .or(() -> other);
        }
    }

    /** The lowest usage tier that is enough; empty when none is, or none is known. */
    public Optional<String> needed() {
        return tiers.stream()
                .filter(tier -> tier.allows(peak))
                .map(Allowed::tier)
                .findFirst();
    }
}
