package dev.antiphon.tier;

import dev.antiphon.model.PriceCard;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** How many times as much the tokens of one tier cost as those of another. */
final class PriceRatio {
    private PriceRatio() {}

    /** By audio in and out, else by text in and out; empty where a price is not known. */
    static Optional<Double> of(PriceCard lower, PriceCard higher) {
        return ratio(lower.audioIn().add(lower.audioOut()), higher.audioIn().add(higher.audioOut()))
                .or(() -> ratio(
                        lower.textIn().add(lower.textOut()), higher.textIn().add(higher.textOut())));
    }

    private static Optional<Double> ratio(BigDecimal lower, BigDecimal higher) {
        return lower.signum() > 0 && higher.signum() > 0
                ? Optional.of(higher.divide(lower, MathContext.DECIMAL32).doubleValue())
                : Optional.empty();
    }
}
