package dev.antiphon.tier;

import dev.antiphon.model.Money;
import dev.antiphon.tier.EscalationState.Climb;
import dev.antiphon.tier.Rung.LargerModel;
import dev.antiphon.tier.Rung.Person;
import dev.antiphon.tier.Rung.RaiseEffort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which rung a call would climb next, and why not the ones before it. Immutable.
 *
 * @param rung the first that can be had, if there is one
 * @param tooDear the first that could be had for more money than is left, if no other can be had
 * @param passedOver why those before {@code rung} are passed over that the call does have, in order
 * @param obstacles why those before {@code rung} are passed over, all of them, in order
 */
record RungChoice(Optional<Rung> rung, Optional<Rung> tooDear, List<String> passedOver, List<String> obstacles) {
    RungChoice {
        passedOver = List.copyOf(passedOver);
        obstacles = List.copyOf(obstacles);
    }

    /** Looks at these rungs in their order. */
    static RungChoice of(EscalationState state, List<Rung> considered, CallSituation now) {
        Optional<Rung> firstTooDear = Optional.empty();
        List<String> passedOver = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        for (Rung rung : considered) {
            Optional<String> failed = failed(state, rung);
            Optional<String> absent = absent(state, rung, now);
            Optional<String> dear = absent.isPresent() ? Optional.empty() : tooDear(state, rung, now);
            if (failed.isEmpty() && absent.isEmpty() && dear.isEmpty()) {
                return new RungChoice(Optional.of(rung), Optional.empty(), passedOver, obstacles);
            }
            failed.or(() -> dear).ifPresent(passedOver::add);
            failed.or(() -> absent).or(() -> dear).ifPresent(obstacles::add);
            if (firstTooDear.isEmpty() && failed.isEmpty() && dear.isPresent()) {
                firstTooDear = Optional.of(rung);
            }
        }
        return new RungChoice(Optional.empty(), firstTooDear, passedOver, obstacles);
    }

    /** Behind a reason: what is there and was passed over all the same. */
    String told() {
        return passedOver.isEmpty() ? "" : "; passed over: " + String.join("; ", passedOver);
    }

    /** Why none can be had. */
    String whyNone() {
        return obstacles.isEmpty()
                ? "the policy has no rung for it"
                : "no rung is left: " + String.join("; ", obstacles);
    }

    /** What the next rung would cost, or the first that is too dear where no other can be had. */
    Optional<Money> estimate(CallSituation now) {
        return rung.or(() -> tooDear).flatMap(now::estimate);
    }

    private static Optional<String> failed(EscalationState state, Rung rung) {
        return state.failed().stream()
                        .anyMatch(
                                climb -> climb.rung().equals(rung) && climb.to().equals(state.target(rung)))
                ? Optional.of("'" + rung.words() + "' was tried in vain")
                : Optional.empty();
    }

    /** Why a rung is not there, whatever it costs. */
    private static Optional<String> absent(EscalationState state, Rung rung, CallSituation now) {
        return switch (rung) {
            case RaiseEffort effort ->
                used(state, effort)
                        .or(() -> now.hasEffort()
                                ? Optional.empty()
                                : Optional.of("the model of '" + state.tier() + "' has no reasoning effort"))
                        .or(() -> now.effort()
                                .filter(has -> Rung.EFFORTS.indexOf(has) >= Rung.EFFORTS.indexOf(effort.level()))
                                .map(has -> "the effort is '" + has + "'"));
            case LargerModel larger ->
                state.target(larger).isPresent()
                        ? Optional.empty()
                        : Optional.of("the call already runs on the top tier '" + state.tier() + "'");
            case Person person ->
                used(state, person)
                        .or(() -> now.personWaits()
                                ? Optional.empty()
                                : Optional.of("the dialog names nobody who could take over now"));
        };
    }

    private static Optional<String> used(EscalationState state, Rung rung) {
        return state.climbed().stream().map(Climb::rung).anyMatch(rung::equals)
                ? Optional.of("'" + rung.words() + "' was used")
                : Optional.empty();
    }

    /** Without known prices nothing can be too dear. */
    private static Optional<String> tooDear(EscalationState state, Rung rung, CallSituation now) {
        Optional<Money> estimate = now.estimate(rung);
        Money spent = spent(state, now);
        return state.policy()
                .budget()
                .filter(most -> estimate.filter(cost -> spent.plus(cost).compareTo(most) > 0)
                        .isPresent())
                .map(most -> "'" + rung.words() + "' is estimated at " + estimate.orElseThrow()
                        + ", and of the budget of " + most + " " + spent + " is spent");
    }

    /** What climbing has cost: as it was estimated, or as it turned out where that is more. */
    private static Money spent(EscalationState state, CallSituation now) {
        Money estimated = state.climbed().stream()
                .flatMap(climb -> climb.estimate().stream())
                .reduce(Money.ZERO, Money::plus);
        return estimated.compareTo(now.extraSpent()) < 0 ? now.extraSpent() : estimated;
    }
}
