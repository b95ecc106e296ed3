package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.Money;
import dev.antiphon.tier.EscalationState.Climb;
import dev.antiphon.tier.EscalationState.Transition;
import dev.antiphon.tier.Rung.LargerModel;
import dev.antiphon.tier.Rung.Person;
import dev.antiphon.tier.Rung.RaiseEffort;
import dev.antiphon.tier.Struggle.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens in a call, the bounds of its policy hold. */
class EscalationProperties {
    private static final List<String> LADDER = List.of("a", "b", "c");
    private static final Rung[] RUNGS = {
        new RaiseEffort("medium"), new LargerModel(), new RaiseEffort("high"), new Person()
    };

    /** What can happen; a climb that is decided then succeeds, fails or stays under way. */
    enum Kind {
        STRUGGLES,
        PROGRESSES,
        IS_ORDERED,
        TURNS,
        CLIMBED,
        FAILED
    }

    /** One thing that happens, in a situation: cents of estimates, steps to the goal, -1 for unknown. */
    record Happening(Kind kind, Signal signal, int steps, boolean effectRuns, boolean has, int cents) {
        CallSituation situation(int seconds, Optional<String> effort) {
            Map<Rung, Money> estimates = new HashMap<>();
            if (cents > 0) {
                Arrays.stream(RUNGS)
                        .filter(rung -> !(rung instanceof Person))
                        .forEach(rung -> estimates.put(rung, new Money(BigDecimal.valueOf(cents, 2))));
            }
            return new CallSituation(
                    Situations.BEGUN.plus(Duration.ofSeconds(seconds)),
                    false,
                    steps < 0 ? OptionalInt.empty() : OptionalInt.of(steps),
                    effectRuns,
                    has,
                    effort,
                    has,
                    Money.ZERO,
                    estimates);
        }
    }

    @Property
    void whateverHappensBoundsHold(
            @ForAll("histories") List<Happening> history, @ForAll @IntRange(max = 60) int budgetCents) {
        Money budget = new Money(BigDecimal.valueOf(budgetCents, 2));
        EscalationState state = EscalationState.initial(
                EscalationPolicy.defaults().withRungs(RUNGS).withBudget(budget).withHalfLife(Duration.ofMinutes(2)),
                LADDER,
                "a",
                Situations.BEGUN);
        for (int i = 0; i < history.size(); i++) {
            Happening next = history.get(i);
            EscalationState before = state;
            CallSituation now = next.situation(i * 5, effort(before));
            Transition transition = apply(before, next, now);
            state = transition.next();
            assertThat(state.score()).isGreaterThanOrEqualTo(0);
            assertThat(state.signals()).hasSizeLessThanOrEqualTo(EscalationState.MAX_SIGNALS);
            holdsFor(before, transition, next, now);
            eachRungAtMostOnce(state);
            assertThat(estimated(state).usd()).isLessThanOrEqualTo(budget.usd());
        }
    }

    @Property
    void whateverFailsEachRungIsTriedAtMostOnceInACall(@ForAll("histories") List<Happening> history) {
        EscalationState state = EscalationState.initial(
                EscalationPolicy.defaults().withRungs(RUNGS).withThreshold(1), LADDER, "a", Situations.BEGUN);
        List<String> tried = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Happening next = history.get(i);
            Transition transition = apply(state, next, next.situation(i, effort(state)));
            transition
                    .decision()
                    .filter(decision -> !decision.isStay())
                    .ifPresent(
                            decision -> tried.add(decision.rung().orElseThrow().words() + " to "
                                    + decision.to().orElse(decision.from() + " itself")));
            state = transition.next();
        }
        assertThat(tried.stream().map(words -> words.replaceAll("(effort \\w+|person) .*", "$1")))
                .doesNotHaveDuplicates();
    }

    @Property
    void whatCannotBeHadKeepsNobodyFromAPerson(
            @ForAll("histories") List<Happening> history, @ForAll @IntRange(max = 20) int budgetCents) {
        EscalationPolicy policy = EscalationPolicy.defaults()
                .withRungs(RUNGS)
                .withThreshold(1)
                .withPersonThreshold(2)
                .withBudget(new Money(BigDecimal.valueOf(budgetCents, 2)));
        EscalationState state = EscalationState.initial(policy, LADDER, "a", Situations.BEGUN);
        for (int i = 0; i < history.size(); i++) {
            Happening next = history.get(i);
            CallSituation now = next.situation(i, effort(state));
            boolean free = state.pending().isEmpty() && now.hold().isEmpty() && now.personWaits();
            boolean asked = Stream.concat(state.climbed().stream(), state.failed().stream())
                    .anyMatch(climb -> climb.rung() instanceof Person);
            Transition transition = apply(state, next, now);
            state = transition.next();
            boolean grown = next.kind() == Kind.STRUGGLES && next.signal() != Signal.WANTS_PERSON;
            if (grown && free && !asked && state.score() >= 2) {
                assertThat(transition.decision().orElseThrow().isStay()).isFalse();
            }
        }
    }

    private static void holdsFor(EscalationState before, Transition transition, Happening next, CallSituation now) {
        transition.decision().ifPresent(decision -> {
            assertThat(decision.from()).isEqualTo(before.tier());
            assertThat(decision.reason()).isNotBlank();
            decision.rung().ifPresent(rung -> {
                assertThat(now.effectRunning()).isFalse();
                assertThat(now.stepsToGoal().orElse(2)).isGreaterThan(1);
                assertThat(before.pending()).isEmpty();
                assertThat(next.kind()).isIn(Kind.STRUGGLES, Kind.IS_ORDERED, Kind.TURNS);
                assertThat(next.kind() == Kind.STRUGGLES && next.signal() == Signal.WANTS_PERSON)
                        .isFalse();
                assertThat(next.kind() == Kind.IS_ORDERED && rung instanceof Person)
                        .isFalse();
                decision.to().ifPresent(to -> assertThat(LADDER.indexOf(to)).isEqualTo(before.place() + 1));
                assertThat(transition.next().pending().orElseThrow().rung()).isEqualTo(rung);
            });
        });
    }

    private static void eachRungAtMostOnce(EscalationState state) {
        assertThat(state.climbed().stream()
                        .map(climb -> climb.rung().words() + climb.to().orElse("")))
                .doesNotHaveDuplicates();
    }

    private static Money estimated(EscalationState state) {
        return state.climbed().stream()
                .flatMap(climb -> climb.estimate().stream())
                .reduce(Money.ZERO, Money::plus);
    }

    private static Optional<String> effort(EscalationState state) {
        return state.climbed().stream()
                .map(Climb::rung)
                .filter(RaiseEffort.class::isInstance)
                .map(rung -> ((RaiseEffort) rung).level())
                .reduce((first, last) -> last);
    }

    private static Transition apply(EscalationState state, Happening next, CallSituation now) {
        return switch (next.kind()) {
            case STRUGGLES -> state.onStruggle(new Struggle(next.signal(), "date"), now);
            case PROGRESSES -> state.onProgress(now);
            case IS_ORDERED -> state.onDirective("because", now);
            case TURNS -> state.onTurn(now);
            case CLIMBED -> state.onClimbed(now.at());
            case FAILED -> state.onClimbFailed("it failed", now);
        };
    }

    @Property
    void progressOnlyEverLowersTheScore(@ForAll("histories") List<Happening> history) {
        EscalationState state =
                EscalationState.initial(EscalationPolicy.defaults().withThreshold(100), LADDER, "a", Situations.BEGUN);
        for (Happening next : history) {
            CallSituation now = next.situation(0, Optional.empty());
            state = state.onStruggle(new Struggle(next.signal(), ""), now).next();
            assertThat(state.onProgress(now).next().score()).isLessThanOrEqualTo(state.score());
        }
    }

    @Provide
    Arbitrary<List<Happening>> histories() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(8, Kind.STRUGGLES),
                                Tuple.of(1, Kind.PROGRESSES),
                                Tuple.of(1, Kind.IS_ORDERED),
                                Tuple.of(2, Kind.TURNS),
                                Tuple.of(3, Kind.CLIMBED),
                                Tuple.of(2, Kind.FAILED)),
                        Arbitraries.of(Signal.class),
                        Arbitraries.integers().between(-1, 4),
                        Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 25))
                .as(Happening::new)
                .list()
                .ofMaxSize(80);
    }
}
