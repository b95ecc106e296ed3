package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Speakable;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money, exact to the smallest unit of its currency.
 *
 * @param value with as many decimals as the currency has, for example {@code 49.90}
 * @param currency of the amount
 */
public record Amount(BigDecimal value, Currency currency) implements Speakable {
    private static final int MOST_DIGITS = 30;

    public Amount {
        int decimals = decimals(currency);
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() > decimals || plain.precision() - plain.scale() > MOST_DIGITS) {
            throw new IllegalArgumentException("an amount in " + currency.getCurrencyCode() + " must have at most "
                    + decimals + " decimals and " + MOST_DIGITS + " digits before them, but has " + plain.scale()
                    + " and "
                    + (plain.precision() - plain.scale()));
        }
        value = plain.setScale(decimals);
    }

    /**
     * An amount.
     *
     * @param value in figures, for example {@code 49.90}
     * @param currencyCode of ISO 4217, for example {@code EUR}
     */
    public static Amount of(String value, String currencyCode) {
        return new Amount(new BigDecimal(value), Currency.getInstance(currencyCode));
    }

    /** Decimals of a currency; 0 for what has none, such as gold. */
    static int decimals(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }

    /** For example {@code 49 euros and 90 cents}; currencies without common English words as {@code 49.90 Polish Zloty}. */
    public String spoken() {
        return CurrencyWords.spoken(this);
    }

    /** As {@link #spoken()} in English; elsewhere as ICU says it, for example {@code 49,90 Euro}. */
    @Override
    public String spoken(Language language) {
        return language.isEnglish() ? spoken() : language.money(value, currency);
    }

    /** For example {@code 49.90 EUR}. */
    @Override
    public String toString() {
        return value.toPlainString() + " " + currency.getCurrencyCode();
    }
}
