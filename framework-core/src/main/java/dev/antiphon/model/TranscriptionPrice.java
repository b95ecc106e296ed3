package dev.antiphon.model;

import dev.antiphon.realtime.TranscriptionUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** What a model that transcribes the caller's audio costs, beside the model that answers (protocol sections 8 and 16). */
public sealed interface TranscriptionPrice {

    /** What this costs, exactly; empty when the usage is not of the kind that the price is for: never guessed. */
    Optional<Money> cost(TranscriptionUsage usage);

    /** US dollars per million tokens. */
    record PerToken(BigDecimal textIn, BigDecimal audioIn, BigDecimal textOut) implements TranscriptionPrice {
        @Override
        public Optional<Money> cost(TranscriptionUsage usage) {
            return switch (usage) {
                case TranscriptionUsage.Tokens tokens ->
                    Optional.of(new Money(textIn.multiply(BigDecimal.valueOf(tokens.inputTextTokens()))
                            .add(audioIn.multiply(BigDecimal.valueOf(tokens.inputAudioTokens())))
                            .add(textOut.multiply(BigDecimal.valueOf(tokens.outputTokens())))
                            .movePointLeft(6)));
                case TranscriptionUsage.Audio ignored -> Optional.empty();
            };
        }
    }

    /** US dollars per minute of audio, counted by the millisecond; a sixtieth that does not end is kept to 12 digits. */
    record PerMinute(BigDecimal price) implements TranscriptionPrice {
        private static final BigDecimal MS_PER_MINUTE =
                BigDecimal.valueOf(Duration.ofMinutes(1).toMillis());
        private static final int DIGITS = 12;

        @Override
        public Optional<Money> cost(TranscriptionUsage usage) {
            return switch (usage) {
                case TranscriptionUsage.Audio audio ->
                    Optional.of(new Money(
                            price.multiply(BigDecimal.valueOf(audio.length().toMillis()))
                                    .divide(MS_PER_MINUTE, DIGITS, RoundingMode.HALF_EVEN)
                                    .stripTrailingZeros()));
                case TranscriptionUsage.Tokens ignored -> Optional.empty();
            };
        }
    }
}
