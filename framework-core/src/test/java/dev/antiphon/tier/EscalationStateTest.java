package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.tier.EscalationState.Transition;
import dev.antiphon.tier.Struggle.Signal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EscalationStateTest {
    private static final List<String> LADDER = List.of("mini", "full");
    private static final Struggle NO_MATCH = new Struggle(Signal.NO_MATCH, "date");

    private static EscalationState fresh() {
        return EscalationState.initial(EscalationPolicy.defaults(), LADDER, "mini");
    }

    private static TierDecision decided(Transition transition) {
        return transition.decision().orElseThrow();
    }

    private static EscalationState struggling(EscalationState state, Signal... signals) {
        EscalationState next = state;
        for (Signal signal : signals) {
            next = next.onStruggle(new Struggle(signal, "date")).next();
        }
        return next;
    }

    @Test
    void evidenceBelowTheThresholdStaysAndSaysSo() {
        Transition transition = fresh().onStruggle(NO_MATCH);
        assertThat(decided(transition))
                .isEqualTo(new TierDecision(
                        "mini",
                        Optional.empty(),
                        1.0,
                        "the struggle score 1.00 is below the threshold 3.00: no match",
                        List.of(NO_MATCH)));
        assertThat(transition.next().moving()).isFalse();
    }

    @Test
    void evidenceThatReachesTheThresholdMovesTheCallUp() {
        Transition transition = struggling(fresh(), Signal.NO_MATCH, Signal.NO_MATCH)
                .onStruggle(new Struggle(Signal.CORRECTION, "time"));
        assertThat(decided(transition).to()).contains("full");
        assertThat(decided(transition).evidence()).isEqualTo(3.5);
        assertThat(decided(transition).reason())
                .isEqualTo("the struggle score 3.50 reached the threshold 3.00: no match, no match, correction");
        assertThat(transition.next().tier()).isEqualTo("mini");
        assertThat(transition.next().moving()).isTrue();
    }

    @Test
    void reasonsNeverHoldTheDetailsOfSignals() {
        Transition transition = fresh().onStruggle(new Struggle(Signal.UNBACKED_CLAIM, "I am Ada Lovelace"));
        assertThat(decided(transition).reason()).doesNotContain("Ada");
    }

    @Test
    void progressLetsEvidenceFade() {
        EscalationState state = struggling(fresh(), Signal.NO_MATCH, Signal.NO_MATCH);
        Transition faded = state.onProgress();
        assertThat(faded.next().score()).isEqualTo(1.0);
        assertThat(faded.decision()).isEmpty();
        EscalationState forgotten = faded.next();
        for (int turn = 0; turn < 8; turn++) {
            forgotten = forgotten.onProgress().next();
        }
        assertThat(forgotten.score()).isZero();
        assertThat(forgotten.signals()).isEmpty();
    }

    @Test
    void aCallerWhoWantsAPersonGetsNoLargerModel() {
        EscalationState almost = struggling(fresh(), Signal.NO_MATCH, Signal.NO_MATCH);
        Transition transition = almost.onStruggle(new Struggle(Signal.WANTS_PERSON, ""));
        assertThat(decided(transition).to()).isEmpty();
        assertThat(decided(transition).reason()).contains("wants a person");
        assertThat(transition.next()).isEqualTo(almost);
    }

    @Test
    void aSignalWithoutWeightDecidesNothing() {
        EscalationState never = EscalationState.initial(EscalationPolicy.never(), LADDER, "mini");
        assertThat(never.onStruggle(NO_MATCH)).isEqualTo(new Transition(never, Optional.empty()));
    }

    @Test
    void theFlowMayAskForTheNextTierWhateverTheScore() {
        Transition transition = fresh().onDirective("a complaint");
        assertThat(decided(transition).to()).contains("full");
        assertThat(decided(transition).reason()).isEqualTo("the flow asked for it: a complaint");
    }

    @Test
    void aMovedCallForgetsTheEvidenceAgainstItsFormerTier() {
        EscalationState moved = fresh().onDirective("x").next().onMoved("full").next();
        assertThat(moved.tier()).isEqualTo("full");
        assertThat(moved.score()).isZero();
        assertThat(moved.used()).isEqualTo(1);
        assertThat(moved.moving()).isFalse();
    }

    @Test
    void nothingLiesAboveTheTopTierAndTheDecisionSaysSo() {
        EscalationState top = EscalationState.initial(EscalationPolicy.defaults(), LADDER, "full");
        TierDecision decision = decided(top.onDirective("x"));
        assertThat(decision.to()).isEmpty();
        assertThat(decision.reason()).isEqualTo("the call already runs on the top tier 'full'");
    }

    @Test
    void aCallMovesAtMostAsOftenAsThePolicyAllows() {
        EscalationState moved = EscalationState.initial(
                        EscalationPolicy.defaults(), List.of("mini", "full", "huge"), "mini")
                .onDirective("x")
                .next()
                .onMoved("full")
                .next();
        TierDecision decision = decided(moved.onDirective("again"));
        assertThat(decision.to()).isEmpty();
        assertThat(decision.reason()).isEqualTo("the call has moved 1 times, and at most 1 are allowed");
    }

    @Test
    void whileAMoveIsUnderWayNoOtherIsDecided() {
        EscalationState moving = fresh().onDirective("x").next();
        assertThat(decided(moving.onDirective("again")).to()).isEmpty();
        assertThat(decided(moving.onDirective("again")).reason()).contains("already under way");
    }

    @Test
    void aFailedHandOverUsesNothingUpAndMayBeTriedAgain() {
        EscalationState moving = struggling(fresh(), Signal.UNBACKED_CLAIM, Signal.NO_MATCH);
        assertThat(moving.moving()).isTrue();
        Transition failed = moving.onMoveFailed();
        assertThat(decided(failed).to()).isEmpty();
        assertThat(failed.next().tier()).isEqualTo("mini");
        assertThat(failed.next().used()).isZero();
        assertThat(failed.next().score()).isEqualTo(3.0);
        assertThat(decided(failed.next().onStruggle(NO_MATCH)).to()).contains("full");
    }

    @Test
    void anUnknownTierIsRefusedWithTheLadder() {
        assertThatThrownBy(() -> EscalationState.initial(EscalationPolicy.defaults(), LADDER, "huge"))
                .hasMessage("tier must be one of [mini, full], but was 'huge'");
        assertThatThrownBy(() -> fresh().onMoved("huge")).hasMessageContaining("'huge'");
    }

    /** What can happen to a call; a move that is decided either succeeds or fails. */
    record Move(Signal signal, int kind, boolean succeeds) {}

    @Property
    void whateverHappensBoundsHold(@ForAll("histories") List<Move> history, @ForAll @IntRange(max = 3) int max) {
        EscalationPolicy policy =
                new EscalationPolicy(EscalationPolicy.defaults().weights(), 0.5, 3.0, max);
        List<String> ladder = List.of("a", "b", "c");
        EscalationState state = EscalationState.initial(policy, ladder, "a");
        for (Move move : history) {
            EscalationState before = state;
            Transition transition = apply(before, move);
            state = transition.next();
            assertThat(state.used()).isLessThanOrEqualTo(max);
            assertThat(state.score()).isGreaterThanOrEqualTo(0);
            assertThat(state.signals()).hasSizeLessThanOrEqualTo(EscalationState.MAX_SIGNALS);
            transition.decision().ifPresent(decision -> {
                assertThat(decision.from()).isEqualTo(before.tier());
                assertThat(decision.reason()).isNotBlank();
                decision.to().ifPresent(to -> {
                    assertThat(ladder.indexOf(to)).isEqualTo(ladder.indexOf(before.tier()) + 1);
                    assertThat(move.signal()).isNotEqualTo(move.kind() == 0 ? Signal.WANTS_PERSON : null);
                    assertThat(before.moving()).isFalse();
                });
            });
            if (transition.decision().flatMap(TierDecision::to).isPresent() && move.succeeds()) {
                state = state.onMoved(
                                transition.decision().flatMap(TierDecision::to).orElseThrow())
                        .next();
            }
        }
    }

    @Property
    void progressOnlyEverLowersTheScore(@ForAll("histories") List<Move> history) {
        EscalationState state = EscalationState.initial(
                new EscalationPolicy(Map.of(Signal.NO_MATCH, 1.0), 0.5, 100, 1), LADDER, "mini");
        for (Move move : history) {
            state = state.onStruggle(new Struggle(move.signal(), "")).next();
            double faded = state.onProgress().next().score();
            assertThat(faded).isLessThanOrEqualTo(state.score());
            assertThat(faded).isCloseTo(state.score() / 2, within(0.01));
        }
    }

    private static Transition apply(EscalationState state, Move move) {
        return switch (move.kind()) {
            case 0 -> state.onStruggle(new Struggle(move.signal(), "date"));
            case 1 -> state.onProgress();
            case 2 -> state.onDirective("because");
            default -> state.onMoveFailed();
        };
    }

    @Provide
    Arbitrary<List<Move>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Signal.class),
                        Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(2, 1), Tuple.of(1, 2), Tuple.of(1, 3)),
                        Arbitraries.of(true, false))
                .as(Move::new)
                .list()
                .ofMaxSize(80);
    }
}
