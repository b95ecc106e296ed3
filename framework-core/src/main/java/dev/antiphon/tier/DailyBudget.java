package dev.antiphon.tier;

import dev.antiphon.model.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What the calls cost that the router began above the lowest tier, by days of UTC. Pure and immutable.
 *
 * <p>A new day has a new budget, but not sooner than {@link #LEAST} after the last new one, and never because the clock was set back: a
 * clock that jumps to and fro spends no budget twice.
 *
 * @param day whose sums these are
 * @param renewed when they began, by the steady clock
 * @param spent by calls that have ended, or whose outcome never came
 * @param reserved for calls under way
 */
public record DailyBudget(LocalDate day, Instant renewed, Money spent, Money reserved) {
    /** Between two new budgets. */
    public static final Duration LEAST = Duration.ofHours(20);

    public DailyBudget {
        if (spent.usd().signum() < 0 || reserved.usd().signum() < 0) {
            throw new IllegalArgumentException(
                    "sums must not be negative, but were " + spent + " spent and " + reserved + " reserved");
        }
    }

    /** Nothing spent yet; the first midnight brings a new budget, however soon. */
    public static DailyBudget begin(RouterTime now) {
        return new DailyBudget(dayOf(now), now.steady().minus(LEAST), Money.ZERO, Money.ZERO);
    }

    /** At this time: of the same day, or with a new budget. */
    public DailyBudget at(RouterTime now) {
        LocalDate today = dayOf(now);
        if (today.isBefore(day)) {
            return new DailyBudget(today, renewed, spent, reserved);
        }
        boolean due = today.isAfter(day) && !now.steady().isBefore(renewed.plus(LEAST));
        return due ? new DailyBudget(today, now.steady(), Money.ZERO, reserved) : this;
    }

    /** Whether a call that costs so much fits below the limit; without a limit always. */
    public boolean affords(Money cost, Optional<Money> limit) {
        return limit.map(most -> committed().plus(cost).compareTo(most) <= 0).orElse(true);
    }

    /** Spent and reserved. */
    public Money committed() {
        return spent.plus(reserved);
    }

    /** A call begins. */
    public DailyBudget reserve(Money cost) {
        return new DailyBudget(day, renewed, spent, reserved.plus(cost));
    }

    /** A call for which so much was reserved has ended. */
    public DailyBudget settle(Money wasReserved, Money cost) {
        Money left = new Money(reserved.usd().subtract(wasReserved.usd()));
        return new DailyBudget(day, renewed, spent.plus(cost), left);
    }

    private static LocalDate dayOf(RouterTime now) {
        return LocalDate.ofInstant(now.wall(), ZoneOffset.UTC);
    }
}
