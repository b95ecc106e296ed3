package dev.antiphon.server.simulate;

import dev.antiphon.testkit.caller.CallerScript;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What is to be simulated. Every start tier gets the same callers, so that rows can be compared.
 *
 * @param calls for each start tier, at least 1
 * @param seed of everything that is left to chance
 * @param begin when virtual time begins
 * @param apart from the start of one call to the start of the next, at least; a call that lasts longer is waited for
 * @param tiers where calls begin: names of the ladder, at least one
 * @param misunderstandings tier to the share of turns that its model misunderstands, 0 to 1; 0 for the others
 * @param escalation whether a call may move to a larger model
 * @param callers the caller of a number
 */
public record SimulationPlan(
        int calls,
        long seed,
        Instant begin,
        Duration apart,
        List<String> tiers,
        Map<String, Double> misunderstandings,
        boolean escalation,
        LongFunction<CallerScript> callers) {
    public SimulationPlan {
        tiers = List.copyOf(tiers);
        misunderstandings = Map.copyOf(misunderstandings);
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be at least 1, but was " + calls);
        }
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("a simulation needs a tier to begin calls on, but has none");
        }
        if (apart.isNegative()) {
            throw new IllegalArgumentException("apart must not be negative, but was " + apart);
        }
        misunderstandings.forEach((tier, share) -> {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "the share of misunderstandings of '" + tier + "' must be from 0 to 1, but was " + share);
            }
        });
    }
}
