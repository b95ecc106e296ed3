package dev.antiphon.model;

import dev.antiphon.realtime.TranscriptionUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a transcription model costs, in US dollars (protocol section 16): by the minute of audio, or by the token.
 *
 * @param perMinute of audio, when it is sold so
 * @param perMillion tokens, when it is sold so
 */
public record TranscriptionPrice(Optional<BigDecimal> perMinute, Optional<Tokens> perMillion) {
    private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);
    private static final int SCALE = 12;

    /** Prices per million tokens. */
    public record Tokens(BigDecimal textIn, BigDecimal audioIn, BigDecimal textOut) {}

    /** What this costs, exactly; empty when the service counts in what the price does not know. */
    public Optional<Money> cost(TranscriptionUsage usage) {
        return switch (usage) {
            case TranscriptionUsage.Audio audio ->
                perMinute.map(price -> new Money(
                        price.multiply(BigDecimal.valueOf(audio.length().toMillis()))
                                .divide(MILLIS_PER_MINUTE, SCALE, RoundingMode.HALF_UP)
                                .stripTrailingZeros()));
            case TranscriptionUsage.Tokens tokens ->
                perMillion.map(price -> new Money(times(price.textIn(), tokens.inputTextTokens())
                        .add(times(price.audioIn(), tokens.inputAudioTokens()))
                        .add(times(price.textOut(), tokens.outputTokens()))
                        .movePointLeft(6)));
        };
    }

    private static BigDecimal times(BigDecimal price, int tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }
}
