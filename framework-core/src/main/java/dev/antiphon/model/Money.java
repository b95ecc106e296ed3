package dev.antiphon.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in US dollars, exact.
 *
 * @param usd the amount; scale as computed
 */
public record Money(BigDecimal usd) implements Comparable<Money> {
    /** Nothing. */
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    /** So many dollars, for example {@code "0.60"}. */
    public static Money usd(String amount) {
        return new Money(new BigDecimal(amount));
    }

    /** The sum. */
    public Money plus(Money other) {
        return new Money(usd.add(other.usd));
    }

    /** Millionths of a dollar, rounded half up. */
    public long micros() {
        return usd.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    @Override
    public int compareTo(Money other) {
        return usd.compareTo(other.usd);
    }

    @Override
    public String toString() {
        return "$" + usd.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }
}
