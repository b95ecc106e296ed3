package dev.antiphon.spend;

/**
 * What a server's calls may cost, and where it is remembered.
 *
 * @param policy the caps
 * @param memory where their spend is kept
 */
public record SpendPlan(SpendPolicy policy, SpendMemory memory) {
    /** No caps. */
    public static SpendPlan none() {
        return new SpendPlan(SpendPolicy.none(), SpendMemory.none());
    }
}
