package dev.antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.SessionSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PricesTest {
    private static final PriceCard CARD = PriceCard.of("4", "0.4", "24", "32", "0.5", "64", "5", "0.6");
    private static final TranscriptionPrices PRICES = TranscriptionPrices.bundled();

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

    @Test
    void transcriptionIsPricedByTokensOrByTheMinuteAsItsModelIs() {
        assertThat(cost("gpt-4o-mini-transcribe", new TranscriptionUsage.Tokens(8, 130, 12)))
                .contains("0.00046");
        assertThat(cost("openai/whisper-1", new TranscriptionUsage.Audio(Duration.ofMillis(2_500))))
                .contains("0.00025");
        assertThat(cost("gpt-realtime-whisper", new TranscriptionUsage.Audio(Duration.ofSeconds(90))))
                .contains("0.0255");
    }

    @Test
    void aUsageOfAnotherKindThanThePriceIsNotGuessed() {
        assertThat(cost("gpt-4o-mini-transcribe", new TranscriptionUsage.Audio(Duration.ofSeconds(9))))
                .isEmpty();
        assertThat(cost("whisper-1", new TranscriptionUsage.Tokens(0, 10, 2))).isEmpty();
        assertThat(PRICES.find("my-own-transcriber")).isEmpty();
    }

    @Test
    void theDefaultTranscriptionModelHasAPrice() {
        assertThat(SessionSettings.defaults().transcription())
                .hasValueSatisfying(model -> assertThat(PRICES.find(model)).isPresent());
    }

    private static Optional<String> cost(String model, TranscriptionUsage usage) {
        return PRICES.find(model)
                .flatMap(price -> price.cost(usage))
                .map(money -> money.usd().stripTrailingZeros().toPlainString());
    }
}
