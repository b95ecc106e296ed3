package dev.antiphon.flow.slot;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money, exact to the smallest unit of its currency.
 *
 * @param amount with as many decimals as the currency has, for example {@code 49.90}
 * @param currency of the amount
 */
public record Money(BigDecimal amount, Currency currency) {
    private static final int MOST_DIGITS = 30;

    public Money {
        int decimals = decimals(currency);
        BigDecimal plain = amount.stripTrailingZeros();
        if (plain.scale() > decimals || plain.precision() - plain.scale() > MOST_DIGITS) {
            throw new IllegalArgumentException("an amount in " + currency.getCurrencyCode() + " must have at most "
                    + decimals + " decimals and " + MOST_DIGITS + " digits before them, but has " + plain.scale() + " and "
                    + (plain.precision() - plain.scale()));
        }
        amount = plain.setScale(decimals);
    }

    /**
     * An amount.
     *
     * @param amount in figures, for example {@code 49.90}
     * @param currencyCode of ISO 4217, for example {@code EUR}
     */
    public static Money of(String amount, String currencyCode) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currencyCode));
    }

    /** Decimals of a currency; 0 for what has none, such as gold. */
    static int decimals(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }

    /** For example {@code 49 euros and 90 cents}; currencies without common English words as {@code 49.90 Polish Zloty}. */
    public String spoken() {
        return CurrencyWords.spoken(this);
    }

    /** For example {@code 49.90 EUR}. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }
}
