package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.machine.Replay;
import dev.antiphon.machine.TransitionTable;
import dev.antiphon.tier.CircuitEvent.Where;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import dev.antiphon.tier.TierCircuit.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TierCircuitTest {
    private static final Instant AT = Instant.parse("2026-11-30T09:00:00Z");
    private static final RouterPolicy POLICY = RouterPolicy.defaults();
    private static final Optional<Double> TARGET = Optional.of(0.85);
    private static final Obstacle NO_BUDGET = new Obstacle(Obstacle.Cause.BUDGET, "the budget is spent");

    private TierCircuit circuit = TierCircuit.fresh("booking", "mini", POLICY, TARGET, AT);
    private final List<RouterDecision> decisions = new ArrayList<>();
    private long number;

    private Place take(CircuitEvent event) {
        TierCircuit.Step step = circuit.step(event);
        circuit = step.next();
        decisions.addAll(step.decisions());
        return step.place();
    }

    private void call(Where where, boolean completed) {
        number++;
        take(finished(number, number, where, completed, Optional.empty()));
    }

    private void calls(int count, Where where, boolean completed) {
        for (int n = 0; n < count; n++) {
            call(where, completed);
        }
    }

    private static CircuitEvent.Finished finished(
            long number, long latest, Where where, boolean completed, Optional<Obstacle> obstacle) {
        return new CircuitEvent.Finished(number, latest, where, completed, 0.92, obstacle, AT);
    }

    private Place ask(double random) {
        return take(new CircuitEvent.Asked(random, Optional.empty(), AT));
    }

    private void open() {
        while (circuit.state() == State.CLOSED) {
            call(Where.HERE, false);
        }
    }

    private void halfOpen() {
        open();
        calls(POLICY.trial().coolDown(), Where.ABOVE, true);
    }

    private List<Kind> kinds() {
        return decisions.stream().map(RouterDecision::kind).toList();
    }

    @Test
    void healthyCallsKeepItClosed() {
        Random random = new Random(5);
        for (int n = 0; n < 300; n++) {
            call(Where.HERE, random.nextDouble() < 0.90);
        }
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        assertThat(ask(0.99)).isEqualTo(Place.HERE);
        assertThat(decisions).isEmpty();
    }

    @Test
    void callsThatFailOpenItForTheCoolDown() {
        open();
        assertThat(kinds()).containsExactly(Kind.ESCALATED);
        assertThat(decisions.get(0).evidence()).isGreaterThanOrEqualTo(2_000);
        assertThat(decisions.get(0).reason())
                .startsWith("the evidence that fewer than 85.0 % of the calls are completed reached");
        calls(29, Where.ABOVE, true);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(ask(0)).isEqualTo(Place.ABOVE);
        call(Where.ABOVE, true);
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        assertThat(kinds()).containsExactly(Kind.ESCALATED, Kind.PROBING);
    }

    @Test
    void theReasonCountsTheCallThatOpenedIt() {
        call(Where.HERE, true);
        open();
        long calls = decisions.get(0).sessions();
        assertThat(decisions.get(0).reason())
                .endsWith("; of the latest " + calls + " calls " + String.format(Locale.ROOT, "%.1f %%", 100.0 / calls)
                        + " were completed");
    }

    @Test
    void halfOfTheCallsTryTheTierAndCallsAboveAreNoTrial() {
        halfOpen();
        assertThat(ask(0.49)).isEqualTo(Place.HERE);
        assertThat(ask(0.50)).isEqualTo(Place.ABOVE);
        calls(100, Where.ABOVE, true);
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        assertThat(circuit.snapshot().probes()).isZero();
    }

    @Test
    void aTrialThatGoesWellClosesItWithoutOldEvidence() {
        halfOpen();
        while (circuit.state() == State.HALF_OPEN) {
            call(Where.HERE, true);
        }
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        assertThat(circuit.evidence()).isZero();
        assertThat(kinds()).containsExactly(Kind.ESCALATED, Kind.PROBING, Kind.RETURNED);
        assertThat(decisions.get(2).sessions()).isEqualTo(12);
    }

    @Test
    void trialsThatFailDoubleTheCoolDownUpToItsLimit() {
        halfOpen();
        List<Integer> coolDowns = new ArrayList<>();
        for (int trial = 0; trial < 5; trial++) {
            while (circuit.state() == State.HALF_OPEN) {
                call(Where.HERE, false);
            }
            coolDowns.add(circuit.snapshot().coolDown());
            calls(circuit.snapshot().coolDown(), Where.ABOVE, true);
        }
        assertThat(coolDowns).containsExactly(60, 120, 240, 240, 240);
        assertThat(kinds()).contains(Kind.STILL_DEGRADED);
    }

    @Test
    void whenTheTierAboveFailsTooCallsReturnAndNothingMovesUpForAWhile() {
        open();
        calls(20, Where.ABOVE, false);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        assertThat(kinds()).containsExactly(Kind.ESCALATED, Kind.SYSTEMIC);
        assertThat(decisions.get(1).reason()).contains("0 of 20 calls of the tier above", "a person must look");
        calls(200, Where.HERE, false);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        calls(20, Where.HERE, false);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void fewerThanTwentyCallsAboveProveNothing() {
        open();
        calls(19, Where.ABOVE, false);
        assertThat(kinds()).containsExactly(Kind.ESCALATED);
    }

    @Test
    void outcomesOfCallsThatBeganInAnEarlierStateAreNoEvidence() {
        for (int n = 1; n <= 100; n++) {
            number = n;
        }
        long before = number;
        while (circuit.state() == State.CLOSED) {
            number++;
            take(finished(number, number + 500, Where.HERE, false, Optional.empty()));
        }
        CircuitSnapshot opened = circuit.snapshot();
        for (long late = before + 50; late <= before + 500; late++) {
            take(finished(late, number + 500, Where.HERE, false, Optional.empty()));
        }
        assertThat(circuit.snapshot().counted()).isZero();
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuit.snapshot().since()).isEqualTo(opened.since());
    }

    @Test
    void whatForbidsItIsToldOnceAndItOpensWhenNothingForbidsItAnyMore() {
        for (int n = 1; n <= 40; n++) {
            number++;
            take(finished(number, number, Where.HERE, false, Optional.of(NO_BUDGET)));
        }
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        assertThat(kinds()).containsExactly(Kind.HELD_BACK);
        assertThat(decisions.get(0).reason())
                .startsWith("calls would begin on the tier above, but the budget is spent");
        call(Where.HERE, false);
        assertThat(kinds()).containsExactly(Kind.HELD_BACK, Kind.ESCALATED);
    }

    @Test
    void anOpenCircuitThatMustNotPayLetsCallsBeginHere() {
        open();
        CircuitEvent asked = new CircuitEvent.Asked(0.9, Optional.of(NO_BUDGET), AT);
        assertThat(take(asked)).isEqualTo(Place.HERE);
        assertThat(take(asked)).isEqualTo(Place.HERE);
        assertThat(kinds()).containsExactly(Kind.ESCALATED, Kind.HELD_BACK);
        assertThat(ask(0.9)).isEqualTo(Place.ABOVE);
    }

    @Test
    void withoutATargetTheRateIsLearnedAndNothingIsDetectedBefore() {
        circuit = TierCircuit.fresh("booking", "mini", POLICY, Optional.empty(), AT);
        calls(240, Where.HERE, true);
        calls(59, Where.HERE, false);
        assertThat(circuit.healthy()).isEmpty();
        call(Where.HERE, false);
        assertThat(kinds()).containsExactly(Kind.LEARNED);
        assertThat(circuit.healthy().orElseThrow()).isBetween(0.77, 0.79);
        open();
        assertThat(kinds()).containsExactly(Kind.LEARNED, Kind.ESCALATED);
    }

    @Test
    void trialsOfWhichNoOutcomeComesAreGivenUp() {
        halfOpen();
        for (int n = 0; n < POLICY.trial().mostLost(); n++) {
            assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
            number++;
            take(new CircuitEvent.Lost(number, number, Where.HERE, AT));
        }
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuit.snapshot().coolDown()).isEqualTo(60);
        assertThat(decisions.getLast().reason()).startsWith("of 30 calls that tried the tier no outcome came");
    }

    @Test
    void lostCallsEndTheCoolDownAndAreNoEvidence() {
        calls(5, Where.HERE, true);
        double evidence = circuit.evidence();
        number++;
        take(new CircuitEvent.Lost(number, number, Where.HERE, AT));
        assertThat(circuit.evidence()).isEqualTo(evidence);
        open();
        for (int n = 0; n < POLICY.trial().coolDown(); n++) {
            number++;
            take(new CircuitEvent.Lost(number, number, Where.ABOVE, AT));
        }
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void anotherTargetForgetsTheEvidenceAgainstTheFormerOne() {
        calls(3, Where.HERE, false);
        assertThat(circuit.evidence()).isPositive();
        TierCircuit same = TierCircuit.restored(POLICY, TARGET, circuit.snapshot());
        TierCircuit other = TierCircuit.restored(POLICY, Optional.of(0.70), circuit.snapshot());
        assertThat(same).isEqualTo(circuit);
        assertThat(other.evidence()).isZero();
        assertThat(other.healthy()).contains(0.70);
    }

    private static CircuitEvent event(Random random, long number, double failing) {
        Where where = Where.values()[random.nextInt(Where.values().length)];
        Optional<Obstacle> obstacle = random.nextInt(20) == 0 ? Optional.of(NO_BUDGET) : Optional.empty();
        long of = Math.max(1, number - random.nextInt(5));
        return switch (random.nextInt(60)) {
            case 0 -> new CircuitEvent.Forced(State.values()[random.nextInt(3)], number, "an operator", AT);
            case 1, 2 -> new CircuitEvent.Lost(of, number, where, AT);
            case 3, 4, 5, 6, 7, 8 -> new CircuitEvent.Asked(random.nextDouble(), obstacle, AT);
            default -> finished(of, number, where, random.nextDouble() > failing, obstacle);
        };
    }

    @Test
    void everyEventIsTakenInEveryStateAtMostOneChangeEachAndTheSameAgainAfterARestart() {
        TransitionTable table = new TransitionTable(
                TransitionTable.kindsOf(State.values()), TransitionTable.kindsOf(CircuitEvent.class));
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Replay<TierCircuit, CircuitEvent> run = new Replay<>();
            Optional<Double> target = seed % 3 == 0 ? Optional.empty() : TARGET;
            RouterPolicy policy = POLICY.withLearning(new RouterPolicy.Learning(50, 0.80, 0.85));
            TierCircuit state = TierCircuit.fresh("booking", "mini", policy, target, AT);
            for (int n = 1; n <= 400; n++) {
                CircuitEvent event = event(random, n, n / 100 % 2 == 0 ? 0.1 : 0.5);
                table.visit(state.state().name(), event.getClass().getSimpleName());
                TierCircuit.Step step = state.step(event);
                assertThat(step.decisions()).hasSizeLessThanOrEqualTo(1);
                for (RouterDecision decision : step.decisions()) {
                    assertThat(decision.from()).isEqualTo(state.state());
                    assertThat(decision.to()).isEqualTo(step.next().state());
                }
                if (step.decisions().isEmpty()) {
                    assertThat(step.next().state())
                            .as("no change without a decision")
                            .isEqualTo(state.state());
                }
                run.taken(state, event, new Replay.Result<>(step.next(), told(step)));
                state = step.next();
            }
            run.assertSame(
                    (before, event) -> {
                        TierCircuit.Step step = before.step(event);
                        return new Replay.Result<>(step.next(), told(step));
                    },
                    saved -> TierCircuit.restored(policy, target, saved.snapshot()));
        }
        assertThat(table.missing()).isEmpty();
    }

    private static Object told(TierCircuit.Step step) {
        return List.of(step.decisions(), step.place());
    }
}
