package dev.antiphon.spend;

import dev.antiphon.model.Money;
import java.math.BigDecimal;

/**
 * What may be spent.
 *
 * @param most above nothing
 */
public record Cap(Money most) {
    /** From which part of a cap on it is warned. */
    public static final BigDecimal NEAR = new BigDecimal("0.8");

    public Cap {
        if (most.usd().signum() <= 0) {
            throw new IllegalArgumentException(
                    "a cap must be above $0, but was " + most.usd().toPlainString());
        }
    }

    /** How near what was spent is. */
    public enum Level {
        /** Below 80 %. */
        BELOW,
        /** From 80 % on. */
        NEAR,
        /** All of it, or more: what is under way is paid for, too. */
        REACHED
    }

    /** Where this spend stands. */
    public Level level(Money spent) {
        if (spent.compareTo(most) >= 0) {
            return Level.REACHED;
        }
        return spent.usd().compareTo(most.usd().multiply(NEAR)) >= 0 ? Level.NEAR : Level.BELOW;
    }
}
