package dev.antiphon.tier;

import dev.antiphon.model.Money;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a call stands when its escalation is weighed. Immutable.
 *
 * @param at now
 * @param isOver whether its dialog has ended
 * @param stepsToGoal how many answers of the caller the goal still needs before a final yes; empty when nobody knows
 * @param effectRunning whether a side effect runs
 * @param hasEffort whether the model in use has reasoning effort
 * @param effort the reasoning effort now; empty for what the model has by itself
 * @param personWaits whether the dialog names a person who can take over now
 * @param extraSpent what the call has cost beyond the tier on which it began
 * @param estimates what each rung would cost besides, where prices are known
 */
public record CallSituation(
        Instant at,
        boolean isOver,
        OptionalInt stepsToGoal,
        boolean effectRunning,
        boolean hasEffort,
        Optional<String> effort,
        boolean personWaits,
        Money extraSpent,
        Map<Rung, Money> estimates) {
    public CallSituation {
        estimates = Map.copyOf(estimates);
    }

    /** Why a call must not be changed now, though it may be later: an effect runs, or the goal is at most one answer away. */
    public Optional<String> hold() {
        if (effectRunning) {
            return Optional.of("an effect runs");
        }
        if (stepsToGoal.isPresent() && stepsToGoal.getAsInt() <= 1) {
            return Optional.of(
                    stepsToGoal.getAsInt() == 0 ? "the goal needs no more than a yes" : "the goal is one answer away");
        }
        return Optional.empty();
    }

    Optional<Money> estimate(Rung rung) {
        return Optional.ofNullable(estimates.get(rung));
    }
}
