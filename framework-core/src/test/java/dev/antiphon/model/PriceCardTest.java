package dev.antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.Usage;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PriceCardTest {
    private static final PriceCard CARD = PriceCard.of("4", "0.4", "24", "32", "0.5", "64", "5", "0.6");

    @Test
    void eachKindOfTokenHasItsPriceAndCachedOnesAreASubset() {
        Usage usage = new Usage(1_000, 2_000, 300, 600, 1_500, 100, 70, 800);

        assertThat(CARD.cost(usage).usd())
                .isEqualByComparingTo(new BigDecimal("0.400")
                        .multiply(new BigDecimal(4))
                        .add(new BigDecimal("0.600").multiply(new BigDecimal("0.4")))
                        .add(new BigDecimal("0.500").multiply(new BigDecimal(32)))
                        .add(new BigDecimal("1.500").multiply(new BigDecimal("0.5")))
                        .add(new BigDecimal("0.200").multiply(new BigDecimal(5)))
                        .add(new BigDecimal("0.100").multiply(new BigDecimal("0.6")))
                        .add(new BigDecimal("0.070").multiply(new BigDecimal(24)))
                        .add(new BigDecimal("0.800").multiply(new BigDecimal(64)))
                        .movePointLeft(3));
    }

    @Property(tries = 200)
    void theCostOfASumIsTheSumOfTheCosts(
            @ForAll @IntRange(max = 9_999) int text,
            @ForAll @IntRange(max = 9_999) int audio,
            @ForAll @IntRange(max = 9_999) int out) {
        Usage one = new Usage(text, audio, 3, text / 2, audio / 3, 1, out, out / 7);
        Usage other = new Usage(audio, out, 0, audio / 5, out / 2, 0, text, 9);

        assertThat(CARD.cost(one.plus(other)))
                .isEqualByComparingTo(CARD.cost(one).plus(CARD.cost(other)));
    }
}
