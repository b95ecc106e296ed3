package dev.antiphon.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.model.ModelCard;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final ModelCatalogue CATALOGUE = ModelCatalogue.bundled();
    private static final Estimate ESTIMATE = new Estimate(CATALOGUE, "openai", CallLoad.defaults());

    private static ModelCard card(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }

    private static CallShape shape(double minutes, double toolCalls, double cacheShare) {
        return new CallShape(
                minutes, 2, 150, 10, 15, 1_000, toolCalls, 20, 80, cacheShare, 1, Optional.empty(), BigDecimal.ZERO);
    }

    /** By hand: greeting, then one turn with a tool: 1000, 1040, 1140 of text; 0, 120+40, 160 of audio. */
    @Test
    void eachResponseReadsAllThatWasSaidBefore() {
        EstimateRow row = ESTIMATE.on(card("gpt-realtime-mini"), shape(0.5, 1, 0), 1);

        assertThat(row.responses()).isEqualTo(3);
        assertThat(row.usage())
                .isEqualTo(new Usage(1_000 + 1_000 + 1_100, 160 + 160, 0, 0, 0, 0, 15 + 20 + 15, 120 + 120));
        assertThat(row.requestsPerMinute()).isEqualTo(6);
    }

    @Test
    void whatWasReadBeforeIsCachedInSteps() {
        EstimateRow row = ESTIMATE.on(card("gpt-realtime-mini"), shape(0.5, 1, 1), 1);

        // 1000 read before: 960 cached; 1160 read before: 1152 cached, divided as text and audio were.
        assertThat(row.usage().cachedTokens()).isCloseTo(960 + 1_152, within(1));
    }

    @Test
    void theCostIsThatOfThePriceCard() {
        EstimateRow row = ESTIMATE.on(card("gpt-realtime"), shape(5, 1, 0.9), 0.8);

        assertThat(row.model().usd())
                .isEqualByComparingTo(
                        card("gpt-realtime").prices().cost(row.usage()).usd());
        assertThat(row.perCompleted().orElseThrow().usd().doubleValue())
                .isCloseTo(row.perCall().usd().doubleValue() / 0.8, within(1e-9));
        assertThat(row.perMonth(1_000).usd())
                .isEqualByComparingTo(row.perCall().usd().movePointRight(3));
    }

    @Test
    void aLadderOnWhichNobodyMovesCostsWhatItsLowerModelDoes() {
        CallShape shape = shape(5, 1, 0.9);
        EstimateRow alone = ESTIMATE.on(card("gpt-realtime-mini"), shape, 0.85);
        EstimateRow ladder = ESTIMATE.onLadder(
                card("gpt-realtime-mini"), card("gpt-realtime"), shape, new TierMix(0, 0, 0.5, 0.85, 0.9, 0.7));

        assertThat(ladder.perCall().usd()).isEqualByComparingTo(alone.perCall().usd());
        assertThat(ladder.usage()).isEqualTo(alone.usage());
        assertThat(ladder.capacity()).isEqualTo(alone.capacity());
        assertThat(ladder.completes()).isEqualTo(0.85);
    }

    @Property(tries = 100)
    void aLadderCostsNoLessThanItsLowerModelAndNoMoreThanItsUpper(
            @ForAll @DoubleRange(min = 0, max = 1) double startUpper,
            @ForAll @DoubleRange(min = 0, max = 1) double escalate,
            @ForAll @DoubleRange(min = 0, max = 1) double at) {
        CallShape shape = shape(5, 1, 0.9);
        double ladder = dollars(ESTIMATE.onLadder(
                card("gpt-realtime-mini"),
                card("gpt-realtime"),
                shape,
                new TierMix(startUpper, escalate, at, 0.85, 0.9, 0.7)));

        // A call that moves reads what was said as text, which is cheaper than audio.
        assertThat(ladder)
                .isGreaterThan(0.5 * dollars(ESTIMATE.on(card("gpt-realtime-mini"), shape, 1)))
                .isLessThanOrEqualTo(dollars(ESTIMATE.on(card("gpt-realtime"), shape, 1)) + 1e-9);
    }

    @Property(tries = 100)
    void aLongerCallCostsMoreThanInProportion(@ForAll @DoubleRange(min = 2, max = 25) double minutes) {
        double once = dollars(ESTIMATE.on(card("gpt-realtime-2.1"), shape(Math.rint(minutes), 1, 0.9), 1));
        double twice = dollars(ESTIMATE.on(card("gpt-realtime-2.1"), shape(2 * Math.rint(minutes), 1, 0.9), 1));

        assertThat(twice).isGreaterThan(1.5 * once);
    }

    private static double dollars(EstimateRow row) {
        return row.perCall().usd().doubleValue();
    }

    @Test
    void aConversationThatOutgrowsItsModelIsToldSoAndReadsNoMoreThanFits() {
        EstimateRow row = ESTIMATE.on(card("gpt-4o-mini-realtime-preview"), shape(60, 2, 0.9), 1);

        assertThat(row.windowFull()).isTrue();
        assertThat(row.usage().inputTokens()).isLessThanOrEqualTo((int) (row.responses() * (16_384 - 4_096)));
    }

    @Test
    void theUsageTierThatIsNeededIsTheLowestThatAllowsThePeak() {
        CallLoad four = new CallLoad(1_000, 22, 0.1, 0.01, OptionalInt.of(4));
        Capacity capacity = new Estimate(CATALOGUE, "openai", four)
                .on(card("gpt-realtime-mini"), shape(5, 1, 0.9), 1)
                .capacity();

        assertThat(capacity.peak()).isEqualTo(4);
        String needed = capacity.needed().orElseThrow();
        for (Capacity.Allowed tier : capacity.tiers()) {
            if (tier.tier().equals(needed)) {
                break;
            }
            assertThat(tier.calls().orElseThrow()).isLessThan(4);
        }
    }

    @Test
    void whatNobodyKnowsIsNotGuessed() {
        CallShape strange =
                new CallShape(5, 2, 150, 10, 15, 1_000, 1, 20, 80, 0.9, 1, Optional.of("house-ears"), BigDecimal.ZERO);

        EstimateRow row = new Estimate(CATALOGUE, "generic", CallLoad.defaults()).on(card("gpt-realtime"), strange, 0);

        assertThat(row.transcription()).isEmpty();
        assertThat(row.capacity().tiers()).isEmpty();
        assertThat(row.capacity().needed()).isEmpty();
        assertThat(row.perCompleted()).isEmpty();
    }

    @Test
    void measuredCallsKeepTheirCostAndCompletion() {
        CallKpis.Tokens tokens = new CallKpis.Tokens(100_000, 80_000, 60_000, 50_000, 800, 2_500);
        CallKpis kpis = new CallKpis(
                LocalDate.of(2026, 11, 1),
                LocalDate.of(2026, 12, 1),
                false,
                100,
                400,
                1_500,
                Money.usd("1"),
                List.of(new CallKpis.OfTier("mini", "gpt-realtime-mini", 100, 80, 3_000, tokens, Money.usd("9"))));

        EstimateRow measured = ESTIMATE.measured(kpis);
        EstimateRow onFull = ESTIMATE.on(card("gpt-realtime"), kpis, 0.9);

        assertThat(measured.perCall().usd()).isEqualByComparingTo("0.10");
        assertThat(measured.completes()).isEqualTo(0.8);
        assertThat(measured.completesFrom()).isEqualTo("measured, 80 of 100, 95 % Wilson interval 71.1 to 86.7 %");
        assertThat(measured.requestsPerMinute()).isCloseTo(7.5, within(1e-9));
        assertThat(onFull.model().usd())
                .isEqualByComparingTo(card("gpt-realtime")
                        .prices()
                        .cost(new Usage(1_000, 600, 0, 800, 500, 0, 8, 25))
                        .usd());
        assertThat(onFull.completesFrom()).isEqualTo("assumed");
        assertThat(kpis.callsPerMonth()).isEqualTo(101);
    }

    @Test
    void assumptionsThatContradictEachOtherAreRefusedWithTheRuleAndTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new CallShape(5, 10, 150, 10, 15, 0, 0, 0, 0, 0, 1, Optional.empty(), BigDecimal.ZERO))
                .withMessageContaining("are 1.67 minutes of speech in each minute");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape(5, 1, 1.2))
                .withMessage("cacheShare must be between 0 and 1, but was 1.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallLoad(0, 22, 0.1, 0.01, OptionalInt.empty()))
                .withMessage("callsPerMonth must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallKpis.Tokens(10, 11, 0, 0, 0, 0))
                .withMessage("textCached must be between 0 and what was read, 10, but was 11");
    }
}
