package dev.antiphon.model;

import dev.antiphon.realtime.Usage;
import java.math.BigDecimal;

/**
 * Prices in US dollars per million tokens (protocol section 16). Cached input is charged at the cached price instead of the
 * full one.
 */
public record PriceCard(
        BigDecimal textIn,
        BigDecimal textCached,
        BigDecimal textOut,
        BigDecimal audioIn,
        BigDecimal audioCached,
        BigDecimal audioOut,
        BigDecimal imageIn,
        BigDecimal imageCached) {

    /** No price known: everything costs nothing. */
    public static final PriceCard FREE = of("0", "0", "0", "0", "0", "0", "0", "0");

    /** Reads decimal amounts. */
    public static PriceCard of(
            String textIn,
            String textCached,
            String textOut,
            String audioIn,
            String audioCached,
            String audioOut,
            String imageIn,
            String imageCached) {
        return new PriceCard(
                new BigDecimal(textIn),
                new BigDecimal(textCached),
                new BigDecimal(textOut),
                new BigDecimal(audioIn),
                new BigDecimal(audioCached),
                new BigDecimal(audioOut),
                new BigDecimal(imageIn),
                new BigDecimal(imageCached));
    }

    /** What these tokens cost, exactly. */
    public Money cost(Usage usage) {
        BigDecimal perMillion = times(textIn, usage.inputTextTokens() - usage.cachedTextTokens())
                .add(times(textCached, usage.cachedTextTokens()))
                .add(times(audioIn, usage.inputAudioTokens() - usage.cachedAudioTokens()))
                .add(times(audioCached, usage.cachedAudioTokens()))
                .add(times(imageIn, usage.inputImageTokens() - usage.cachedImageTokens()))
                .add(times(imageCached, usage.cachedImageTokens()))
                .add(times(textOut, usage.outputTextTokens()))
                .add(times(audioOut, usage.outputAudioTokens()));
        return new Money(perMillion.movePointLeft(6));
    }

    private static BigDecimal times(BigDecimal price, int tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }
}
