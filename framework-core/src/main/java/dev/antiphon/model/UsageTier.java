package dev.antiphon.model;

import java.util.Optional;

/**
 * What a provider grants a customer of one of its usage tiers, for one model. Not a {@link Tier}: that is a rung of a ladder of models.
 *
 * @param name as people write it, for example {@code tier-3}
 * @param requestsPerMinute responses asked for in a minute, at least 1; empty without a limit
 * @param tokensPerMinute read and written in a minute, at least 1; empty without a limit
 */
public record UsageTier(String name, Optional<Integer> requestsPerMinute, Optional<Integer> tokensPerMinute) {
    public UsageTier {
        // Its bounds are those of the allowance.
        new Allowance(Optional.empty(), requestsPerMinute, tokensPerMinute);
    }

    /** The same as an allowance; usage tiers do not limit sessions. */
    public Allowance allowance() {
        return new Allowance(Optional.empty(), requestsPerMinute, tokensPerMinute);
    }
}
