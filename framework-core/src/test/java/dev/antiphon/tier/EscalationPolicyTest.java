package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.realtime.Usage;
import dev.antiphon.tier.Rung.LargerModel;
import dev.antiphon.tier.Rung.Person;
import dev.antiphon.tier.Rung.RaiseEffort;
import dev.antiphon.tier.Struggle.Signal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EscalationPolicyTest {
    private static final EscalationPolicy DEFAULTS = EscalationPolicy.defaults();
    private static final List<Rung> RUNGS = DEFAULTS.rungs();

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        assertThat(DEFAULTS.threshold()).isEqualTo(3.0);
        assertThat(DEFAULTS.personThreshold()).isEqualTo(6.0);
        assertThat(DEFAULTS.decay()).isEqualTo(0.5);
        assertThat(DEFAULTS.halfLife()).isEmpty();
        assertThat(DEFAULTS.budget()).contains(Money.usd("1.00"));
        assertThat(Rung.words(RUNGS)).isEqualTo("effort high, larger model, person");
        assertThat(DEFAULTS.weights())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Signal.NO_MATCH, 1.0,
                        Signal.NO_INPUT, 0.25,
                        Signal.CORRECTION, 1.5,
                        Signal.STALLED, 1.0,
                        Signal.REPEATED_PROMPT, 0.5,
                        Signal.TOOL_ERROR, 1.0,
                        Signal.UNBACKED_CLAIM, 2.0));
    }

    @Test
    void whatIsBeyondTheBoundsIsAMistakeThatNamesTheRuleAndTheValue() {
        assertThat(DEFAULTS.withDecay(0).decay()).isZero();
        assertThat(DEFAULTS.withDecay(1).decay()).isEqualTo(1);
        assertThatThrownBy(() -> DEFAULTS.withDecay(-0.1)).hasMessage("decay must be between 0 and 1, but was -0.1");
        assertThatThrownBy(() -> DEFAULTS.withDecay(1.1)).hasMessageContaining("1.1");
        assertThatThrownBy(() -> DEFAULTS.withThreshold(0)).hasMessage("threshold must be positive, but was 0.0");
        assertThatThrownBy(() -> DEFAULTS.withPersonThreshold(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> DEFAULTS.withWeight(Signal.NO_MATCH, -1))
                .hasMessage("the weight of no match must be 0 or more, but was -1.0");
        assertThatThrownBy(() -> DEFAULTS.withHalfLife(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> DEFAULTS.withBudget(Money.usd("-1")))
                .hasMessage("budget must be 0 or more, but was -1");
        assertThatThrownBy(() -> DEFAULTS.withRungs(new Person(), new Person()))
                .hasMessage("rungs must be different ones, but were person, person");
    }

    @Test
    void aPersonNeedsTheHigherThreshold() {
        assertThat(DEFAULTS.thresholdOf(new Person())).isEqualTo(6);
        assertThat(DEFAULTS.withThreshold(8).thresholdOf(new Person())).isEqualTo(8);
        assertThat(DEFAULTS.thresholdOf(new LargerModel())).isEqualTo(3);
    }

    @Test
    void rungsAreReadAsTheyAreWritten() {
        for (Rung rung : RUNGS) {
            assertThat(Rung.of(rung.words())).isEqualTo(rung);
        }
        assertThat(Rung.of(" Effort  low ")).isEqualTo(new RaiseEffort("low"));
        assertThatThrownBy(() -> Rung.of("effort huge"))
                .hasMessage("a reasoning effort must be one of [minimal, low, medium, high, xhigh], but was 'huge'");
        assertThatThrownBy(() -> Rung.of("magic")).hasMessageContaining("'larger model' or 'person', but was 'magic'");
    }

    @Test
    void operatorsChangeWhatAFlowDeclaredElseWhatItsBotUsuallyDoes() {
        EscalationPolicies policies = new EscalationPolicies(
                DEFAULTS, policy -> policy.withDecay(0.25), Map.of("booking", policy -> policy.withThreshold(2)));
        assertThat(policies.of("booking", Optional.empty()))
                .isEqualTo(DEFAULTS.withDecay(0.25).withThreshold(2));
        assertThat(policies.of("cancelling", Optional.of(EscalationPolicy.never())))
                .isEqualTo(EscalationPolicy.never().withDecay(0.25));
        assertThat(policies.withUsual(DEFAULTS.withoutBudget()).of("x", Optional.empty()))
                .isEqualTo(DEFAULTS.withoutBudget().withDecay(0.25));
    }

    private static Tier tier(PriceCard prices) {
        return new Tier(
                "t", new ModelEndpoint("test", "m", URI.create("ws://127.0.0.1:1/"), Map.of(), List.of()), prices);
    }

    @Test
    void theEstimateIsWhatTheCallHasUsedSoFarAtOtherPrices() {
        Tier mini = tier(PriceCard.of("1", "0", "2", "0", "0", "10", "0", "0"));
        Tier full = tier(PriceCard.of("4", "0", "8", "0", "0", "30", "0", "0"));
        Usage usage = new Usage(100_000, 0, 0, 0, 0, 0, 1_000, 10_000);

        assertThat(ClimbCost.of(RUNGS, mini, Optional.of(full), usage))
                .hasSize(2)
                .hasEntrySatisfying(
                        new LargerModel(), cost -> assertThat(cost).isEqualByComparingTo(Money.usd("0.506")))
                .hasEntrySatisfying(
                        new RaiseEffort("high"), cost -> assertThat(cost).isEqualByComparingTo(Money.usd("0.022")));
        assertThat(ClimbCost.of(RUNGS, full, Optional.of(mini), usage))
                .hasEntrySatisfying(new LargerModel(), cost -> assertThat(cost).isEqualByComparingTo(Money.ZERO));
        assertThat(ClimbCost.of(RUNGS, mini, Optional.empty(), usage)).containsOnlyKeys(new RaiseEffort("high"));
        assertThat(ClimbCost.of(RUNGS, mini, Optional.of(tier(PriceCard.FREE)), usage))
                .containsOnlyKeys(new RaiseEffort("high"));
        assertThat(ClimbCost.of(RUNGS, tier(PriceCard.FREE), Optional.of(full), usage))
                .isEmpty();
    }
}
