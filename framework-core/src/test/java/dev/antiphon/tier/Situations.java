package dev.antiphon.tier;

import dev.antiphon.model.Money;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Situations of calls under test. */
final class Situations {
    static final Instant BEGUN = Instant.parse("2026-11-30T10:00:00Z");

    /** The goal is far, nothing runs, the model has no effort, nobody can take over, nothing is known of costs. */
    static final CallSituation PLAIN = new CallSituation(
            BEGUN, false, OptionalInt.empty(), false, false, Optional.empty(), false, Money.ZERO, Map.of());

    /** {@link #PLAIN} with effort that can be raised, and a person. */
    static final CallSituation ALL = new CallSituation(
            BEGUN, false, OptionalInt.empty(), false, true, Optional.empty(), true, Money.ZERO, Map.of());

    private Situations() {}

    static CallSituation at(CallSituation now, Instant when) {
        return new CallSituation(
                when,
                now.isOver(),
                now.stepsToGoal(),
                now.effectRunning(),
                now.hasEffort(),
                now.effort(),
                now.personWaits(),
                now.extraSpent(),
                now.estimates());
    }

    static CallSituation over(CallSituation now) {
        return new CallSituation(
                now.at(),
                true,
                now.stepsToGoal(),
                now.effectRunning(),
                now.hasEffort(),
                now.effort(),
                now.personWaits(),
                now.extraSpent(),
                now.estimates());
    }

    static CallSituation stepsLeft(CallSituation now, int steps) {
        return new CallSituation(
                now.at(),
                now.isOver(),
                OptionalInt.of(steps),
                now.effectRunning(),
                now.hasEffort(),
                now.effort(),
                now.personWaits(),
                now.extraSpent(),
                now.estimates());
    }

    static CallSituation effectRuns(CallSituation now) {
        return new CallSituation(
                now.at(),
                now.isOver(),
                now.stepsToGoal(),
                true,
                now.hasEffort(),
                now.effort(),
                now.personWaits(),
                now.extraSpent(),
                now.estimates());
    }

    static CallSituation withEffort(CallSituation now, String effort) {
        return new CallSituation(
                now.at(),
                now.isOver(),
                now.stepsToGoal(),
                now.effectRunning(),
                true,
                Optional.of(effort),
                now.personWaits(),
                now.extraSpent(),
                now.estimates());
    }

    static CallSituation costs(CallSituation now, Money extraSpent, Map<Rung, Money> estimates) {
        return new CallSituation(
                now.at(),
                now.isOver(),
                now.stepsToGoal(),
                now.effectRunning(),
                now.hasEffort(),
                now.effort(),
                now.personWaits(),
                extraSpent,
                estimates);
    }
}
