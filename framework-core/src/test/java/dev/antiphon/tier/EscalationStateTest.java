package dev.antiphon.tier;

import static dev.antiphon.tier.Situations.ALL;
import static dev.antiphon.tier.Situations.BEGUN;
import static dev.antiphon.tier.Situations.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.model.Money;
import dev.antiphon.tier.EscalationState.Transition;
import dev.antiphon.tier.Rung.LargerModel;
import dev.antiphon.tier.Rung.Person;
import dev.antiphon.tier.Rung.RaiseEffort;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EscalationStateTest {
    private static final List<String> LADDER = List.of("mini", "full");
    private static final Struggle NO_MATCH = new Struggle(Signal.NO_MATCH, "date");
    private static final Rung LARGER = new LargerModel();

    private static EscalationState fresh() {
        return under(EscalationPolicy.defaults());
    }

    private static EscalationState under(EscalationPolicy policy) {
        return EscalationState.initial(policy, LADDER, "mini", BEGUN);
    }

    private static TierDecision decided(Transition transition) {
        return transition.decision().orElseThrow();
    }

    private static Transition struggling(EscalationState state, CallSituation now, Signal... signals) {
        Transition next = new Transition(state, Optional.empty());
        for (Signal signal : signals) {
            next = next.next().onStruggle(new Struggle(signal, "date"), now);
        }
        return next;
    }

    /** Three points. */
    private static Transition struggles(EscalationState state, CallSituation now) {
        return struggling(state, now, Signal.UNBACKED_CLAIM, Signal.NO_MATCH);
    }

    @Test
    void evidenceBelowTheThresholdStaysAndSaysSo() {
        assertThat(decided(fresh().onStruggle(NO_MATCH, PLAIN)))
                .isEqualTo(new TierDecision(
                        "mini",
                        Optional.empty(),
                        Optional.empty(),
                        1.0,
                        "the struggle score 1.00 is below the threshold 3.00: no match",
                        Optional.empty(),
                        List.of(NO_MATCH)));
    }

    @Test
    void evidenceAtTheThresholdMovesToTheLargerModel() {
        Transition transition = struggles(fresh(), PLAIN);
        TierDecision decision = decided(transition);
        assertThat(decision.rung()).contains(LARGER);
        assertThat(decision.to()).contains("full");
        assertThat(decision.evidence()).isEqualTo(3.0);
        assertThat(decision.reason())
                .isEqualTo("the struggle score 3.00 reached the threshold 3.00: unbacked claim, no match");
        assertThat(transition.next().pending()).isPresent();
    }

    @Test
    void theRungsAreClimbedInOrderEachOnce() {
        EscalationState raised =
                climbs(fresh(), ALL, new RaiseEffort("high")).onClimbed(BEGUN).next();
        assertThat(raised.tier()).isEqualTo("mini");
        assertThat(raised.score()).isZero();
        EscalationState larger = climbs(raised, ALL, LARGER).onClimbed(BEGUN).next();
        assertThat(larger.tier()).isEqualTo("full");
        TierDecision notYet = decided(struggles(larger, ALL));
        assertThat(notYet.isStay()).isTrue();
        assertThat(notYet.reason()).contains("below the threshold 6.00");
        EscalationState person = struggles(larger, ALL).next();
        TierDecision handedOver = decided(struggles(person, ALL));
        assertThat(handedOver.rung()).contains(new Person());
        assertThat(handedOver.to()).isEmpty();
        EscalationState used = struggles(person, ALL).next().onClimbed(BEGUN).next();
        assertThat(decided(struggles(used, ALL)).reason())
                .isEqualTo("no rung is left: 'effort high' was used; the call already runs on the top tier 'full'; "
                        + "'person' was used");
    }

    private static EscalationState climbs(EscalationState state, CallSituation now, Rung expected) {
        Transition transition = struggles(state, now);
        assertThat(decided(transition).rung()).contains(expected);
        return transition.next();
    }

    @Test
    void aRungThatTheModelDoesNotHaveIsTakenLaterOnOneThatHasIt() {
        EscalationState onFull = climbs(fresh(), PLAIN, LARGER).onClimbed(BEGUN).next();
        assertThat(climbs(onFull, ALL, new RaiseEffort("high")).tier()).isEqualTo("full");
    }

    @Test
    void effortIsOnlyEverRaised() {
        assertThat(decided(struggles(fresh(), Situations.withEffort(PLAIN, "high")))
                        .rung())
                .contains(LARGER);
        assertThat(decided(struggles(fresh(), Situations.withEffort(PLAIN, "low")))
                        .rung())
                .contains(new RaiseEffort("high"));
    }

    @Test
    void aLargerModelIsHadOnceForEachStepOfTheLadder() {
        EscalationState state = EscalationState.initial(
                EscalationPolicy.defaults().withRungs(LARGER), List.of("a", "b", "c"), "a", BEGUN);
        EscalationState b = climbs(state, PLAIN, LARGER).onClimbed(BEGUN).next();
        EscalationState c = climbs(b, PLAIN, LARGER).onClimbed(BEGUN).next();
        assertThat(c.tier()).isEqualTo("c");
        assertThat(decided(struggles(c, PLAIN)).isStay()).isTrue();
    }

    @Test
    void reasonsNameSignalsAndNeverTheirDetails() {
        TierDecision decision =
                decided(fresh().onStruggle(new Struggle(Signal.UNBACKED_CLAIM, "I am Ada Lovelace"), PLAIN));
        assertThat(decision.reason()).doesNotContain("Ada");
    }

    @Test
    void aTurnThatMadeProgressHalvesTheScoreAndForgetsTheRest() {
        EscalationState state =
                struggling(fresh(), PLAIN, Signal.NO_MATCH, Signal.NO_MATCH).next();
        Transition faded = state.onProgress(PLAIN);
        assertThat(faded.decision()).isEmpty();
        assertThat(faded.next().score()).isEqualTo(1.0);
        EscalationState forgotten = faded.next();
        for (int i = 0; i < 8; i++) {
            forgotten = forgotten.onProgress(PLAIN).next();
        }
        assertThat(forgotten.score()).isZero();
        assertThat(forgotten.signals()).isEmpty();
    }

    @Test
    void aScoreHalvesByItselfWhereThePolicySaysSo() {
        EscalationState state = struggling(
                        under(EscalationPolicy.defaults().withHalfLife(Duration.ofMinutes(1))),
                        PLAIN,
                        Signal.NO_MATCH,
                        Signal.NO_MATCH)
                .next();
        Transition later = state.onStruggle(NO_MATCH, Situations.at(PLAIN, BEGUN.plus(Duration.ofMinutes(1))));
        assertThat(later.next().score()).isCloseTo(2.0, within(1e-9));
        assertThat(decided(later).isStay()).isTrue();
    }

    @Test
    void aWishForAPersonIsTheDialogsToDoAndRecorded() {
        EscalationState almost =
                struggling(fresh(), PLAIN, Signal.NO_MATCH, Signal.NO_MATCH).next();
        Transition transition = almost.onStruggle(new Struggle(Signal.WANTS_PERSON, ""), ALL);
        assertThat(transition.next()).isEqualTo(almost);
        assertThat(decided(transition).isStay()).isTrue();
        assertThat(decided(transition).reason()).contains("wants a person");
    }

    @Test
    void aPolicyThatNeverClimbsSaysThatItHasNoRung() {
        assertThat(decided(struggles(under(EscalationPolicy.never()), ALL)).reason())
                .isEqualTo("the policy has no rung for it");
        assertThat(under(EscalationPolicy.never())
                        .onStruggle(new Struggle(Signal.NO_MATCH, ""), ALL)
                        .decision())
                .isPresent();
    }

    @Test
    void theFlowsOrderIsFollowedWhateverTheScoreButNotToAPerson() {
        TierDecision decision = decided(fresh().onDirective("a large order", PLAIN));
        assertThat(decision.rung()).contains(LARGER);
        assertThat(decision.reason()).isEqualTo("the flow asked for it: a large order");
        EscalationState top = EscalationState.initial(EscalationPolicy.defaults(), LADDER, "full", BEGUN);
        CallSituation onlyAPerson = Situations.withEffort(ALL, "xhigh");
        assertThat(decided(top.onDirective("x", onlyAPerson)).reason())
                .isEqualTo("no rung is left: the effort is 'xhigh'; the call already runs on the top tier 'full'");
    }

    @Test
    void whileAClimbIsUnderWayNoOtherIsDecided() {
        EscalationState moving = fresh().onDirective("x", PLAIN).next();
        assertThat(decided(moving.onDirective("again", PLAIN)).reason())
                .isEqualTo("'larger model' is already under way");
    }

    @Test
    void aFailedHandOverUsesItsRungUpAndTheNextOneIsLookedAt() {
        EscalationState raised =
                climbs(fresh(), ALL, new RaiseEffort("high")).onClimbed(BEGUN).next();
        Transition failed = climbs(raised, ALL, LARGER).onClimbFailed("the hand-over to a larger model failed", ALL);
        assertThat(decided(failed).isStay()).isTrue();
        assertThat(decided(failed).reason()).isEqualTo("the hand-over to a larger model failed");
        assertThat(failed.next().tier()).isEqualTo("mini");
        assertThat(failed.next().score()).isEqualTo(3.0);
        TierDecision notYet = decided(failed.next().onStruggle(NO_MATCH, ALL));
        assertThat(notYet.isStay()).isTrue();
        assertThat(notYet.reason())
                .isEqualTo("the struggle score 4.00 is below the threshold 6.00: unbacked claim, no match, no match; "
                        + "passed over: 'larger model' was tried in vain");
        Transition asked = struggles(failed.next(), ALL);
        assertThat(decided(asked).rung()).contains(new Person());
        assertThat(decided(asked).reason()).endsWith("; passed over: 'larger model' was tried in vain");
        Transition nobody = asked.next().onClimbFailed("the dialog did not hand the call over", ALL);
        assertThat(decided(struggles(nobody.next(), ALL)).reason())
                .isEqualTo("no rung is left: 'effort high' was used; 'larger model' was tried in vain; "
                        + "'person' was tried in vain");
    }

    @Test
    void afterAFailedClimbTheNextRungIsWeighedAtTheNextTurn() {
        EscalationPolicy ladder =
                EscalationPolicy.defaults().withRungs(LARGER, new Person()).withPersonThreshold(3);
        EscalationState failed =
                climbs(under(ladder), ALL, LARGER).onClimbFailed("failed", ALL).next();
        assertThat(decided(failed.onTurn(ALL)).rung()).contains(new Person());
    }

    @Test
    void whatFailedIsNotOrderedAgainByTheFlow() {
        EscalationState failed = fresh().onDirective("a large order", PLAIN)
                .next()
                .onClimbFailed("failed", PLAIN)
                .next();
        assertThat(decided(failed.onDirective("again", PLAIN)).reason())
                .isEqualTo("no rung is left: the model of 'mini' has no reasoning effort; "
                        + "'larger model' was tried in vain");
    }

    @Test
    void aWaitingOrderOutlivesEvidenceThatIsTooLittle() {
        EscalationState waits = fresh().onDirective("a large order", Situations.effectRuns(PLAIN))
                .next();
        assertThat(decided(waits.onStruggle(NO_MATCH, PLAIN).next().onTurn(PLAIN))
                        .to())
                .contains("full");
    }

    @Test
    void whatIsTooDearIsPassedOverForAPerson() {
        EscalationPolicy thrifty = EscalationPolicy.defaults()
                .withRungs(LARGER, new Person())
                .withThreshold(1)
                .withPersonThreshold(3)
                .withBudget(Money.usd("0.0001"));
        CallSituation dear = Situations.costs(ALL, Money.ZERO, Map.of(LARGER, Money.usd("0.0103")));
        TierDecision notYet = decided(under(thrifty).onStruggle(NO_MATCH, dear));
        assertThat(notYet.reason())
                .isEqualTo("the struggle score 1.00 is below the threshold 3.00: no match; passed over: 'larger model'"
                        + " is estimated at $0.0103, and of the budget of $0.0001 $0.0000 is spent");
        TierDecision asked = decided(struggles(under(thrifty), dear));
        assertThat(asked.rung()).contains(new Person());
        assertThat(asked.costEstimate()).isEmpty();
        assertThat(asked.reason()).contains("passed over: 'larger model' is estimated at $0.0103");
    }

    @Test
    void withinAStepOfTheGoalTheWishWaitsAndIsWeighedAgainAtTheNextTurn() {
        Transition waits = struggles(fresh(), Situations.stepsLeft(PLAIN, 1));
        assertThat(decided(waits).isStay()).isTrue();
        assertThat(decided(waits).reason())
                .startsWith("'larger model' waits, since the goal is one answer away; the struggle score 3.00");
        assertThat(waits.next().wish()).isPresent();
        Transition still = waits.next().onTurn(Situations.stepsLeft(PLAIN, 0));
        assertThat(decided(still).reason()).contains("waits, since the goal needs no more than a yes");
        assertThat(decided(still.next().onTurn(Situations.stepsLeft(PLAIN, 2))).rung())
                .contains(LARGER);
    }

    @Test
    void aWishWhoseEvidenceFadedIsDropped() {
        EscalationState waits =
                struggles(fresh(), Situations.stepsLeft(PLAIN, 1)).next();
        Transition weighed = waits.onProgress(PLAIN).next().onTurn(PLAIN);
        assertThat(decided(weighed).reason()).contains("1.50 is below the threshold");
        assertThat(weighed.next().wish()).isEmpty();
        assertThat(weighed.next().onTurn(PLAIN).decision()).isEmpty();
    }

    @Test
    void anOrderThatWaitsIsFollowedWhenTheEffectHasEnded() {
        Transition waits = fresh().onDirective("a large order", Situations.effectRuns(PLAIN));
        assertThat(decided(waits).reason()).contains("waits, since an effect runs");
        assertThat(decided(waits.next().onTurn(PLAIN)).reason()).isEqualTo("the flow asked for it: a large order");
    }

    @Test
    void whatExceedsTheBudgetIsNotDoneAndSaysSo() {
        EscalationPolicy thrifty = EscalationPolicy.defaults().withBudget(Money.usd("0.10"));
        CallSituation dear = Situations.costs(PLAIN, Money.ZERO, Map.of(LARGER, Money.usd("0.11")));
        TierDecision decision = decided(struggles(under(thrifty), dear));
        assertThat(decision.isStay()).isTrue();
        assertThat(decision.reason())
                .isEqualTo(
                        "no rung is left: the model of 'mini' has no reasoning effort; 'larger model' is estimated at"
                                + " $0.1100, and of the budget of $0.1000 $0.0000 is spent; the dialog names nobody who could"
                                + " take over now");
        assertThat(decision.costEstimate()).contains(Money.usd("0.11"));
        assertThat(decided(struggles(under(thrifty.withoutBudget()), dear)).to())
                .contains("full");
        CallSituation justEnough = Situations.costs(PLAIN, Money.ZERO, Map.of(LARGER, Money.usd("0.10")));
        assertThat(decided(struggles(under(thrifty), justEnough)).costEstimate())
                .contains(Money.usd("0.10"));
    }

    @Test
    void whatClimbingHasCostMoreThanItWasEstimatedCountsAgainstTheBudget() {
        EscalationPolicy thrifty =
                EscalationPolicy.defaults().withBudget(Money.usd("0.10")).withRungs(LARGER);
        Map<Rung, Money> estimate = Map.of(LARGER, Money.usd("0.03"));
        EscalationState b = climbs(
                        EscalationState.initial(thrifty, List.of("a", "b", "c"), "a", BEGUN),
                        Situations.costs(PLAIN, Money.ZERO, estimate),
                        LARGER)
                .onClimbed(BEGUN)
                .next();
        assertThat(decided(struggles(b, Situations.costs(PLAIN, Money.usd("0.08"), estimate)))
                        .isStay())
                .isTrue();
        assertThat(decided(struggles(b, Situations.costs(PLAIN, Money.ZERO, estimate)))
                        .to())
                .contains("c");
    }

    @Test
    void withoutPricesNothingIsTooDear() {
        TierDecision decision =
                decided(struggles(under(EscalationPolicy.defaults().withBudget(Money.ZERO)), PLAIN));
        assertThat(decision.to()).contains("full");
        assertThat(decision.costEstimate()).isEmpty();
    }

    @Test
    void aStayTellsWhatTheNextRungWouldCost() {
        CallSituation now = Situations.costs(PLAIN, Money.ZERO, Map.of(LARGER, Money.usd("0.02")));
        assertThat(decided(fresh().onStruggle(NO_MATCH, now)).costEstimate()).contains(Money.usd("0.02"));
    }

    @Test
    void nothingIsClimbedWhenTheDialogHasEnded() {
        assertThat(decided(struggles(fresh(), Situations.over(ALL))).reason()).isEqualTo("the dialog has ended");
    }

    @Test
    void underAnotherFlowsPolicyTheEvidenceStays() {
        EscalationState state = fresh().onStruggle(NO_MATCH, PLAIN).next();
        EscalationState other = state.under(EscalationPolicy.defaults().withThreshold(2));
        assertThat(decided(other.onStruggle(NO_MATCH, PLAIN)).to()).contains("full");
        assertThat(state.under(EscalationPolicy.defaults())).isSameAs(state);
    }

    @Test
    void whatTurnsOutToBeOfNoUseIsADecisionToStay() {
        assertThat(decided(fresh().onUseless("the service refused", PLAIN)).reason())
                .isEqualTo("the service refused");
    }

    @Test
    void withoutAPendingClimbNoneIsDone() {
        assertThat(fresh().onClimbed(BEGUN).next()).isEqualTo(fresh());
    }

    @Test
    void anUnknownTierIsRefusedWithTheLadder() {
        assertThatThrownBy(() -> EscalationState.initial(EscalationPolicy.defaults(), LADDER, "huge", BEGUN))
                .hasMessage("tier must be one of [mini, full], but was 'huge'");
    }
}
