package dev.antiphon.samples.month;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What happens in the month.
 *
 * @param calls on both lines together
 * @param days how long it lasts
 * @param begin of the month
 * @param seed of everything that is left to chance
 * @param healthy the share of turns that the small model misunderstands on good days
 * @param degraded the same from {@code fromDay} until {@code untilDay}
 * @param large the same of the large model, on all days
 * @param fromDay the first bad day, counted from 1
 * @param untilDay the first good day again
 */
record MonthPlan(
        int calls,
        int days,
        Instant begin,
        long seed,
        double healthy,
        double degraded,
        double large,
        int fromDay,
        int untilDay) {
    MonthPlan {
        if (calls < 1 || days < 1) {
            throw new IllegalArgumentException("a month needs calls and days, but has " + calls + " and " + days);
        }
        if (fromDay < 1 || untilDay < fromDay || untilDay > days + 1) {
            throw new IllegalArgumentException(
                    "the bad days must lie within the month, but were " + fromDay + " to " + untilDay + " of " + days);
        }
        Map.of("healthy", healthy, "degraded", degraded, "large", large).forEach((name, share) -> {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "the share '" + name + "' of misunderstood turns must be from 0 to 1, but was " + share);
            }
        });
    }

    /** 20,000 calls in 30 days; the small model is bad from day 12 and well again on day 18. */
    static MonthPlan usual() {
        return new MonthPlan(20_000, 30, Instant.parse("2026-11-01T00:00:00Z"), 1, 0.06, 0.3, 0.01, 12, 18);
    }

    MonthPlan withCalls(int other) {
        return new MonthPlan(other, days, begin, seed, healthy, degraded, large, fromDay, untilDay);
    }

    MonthPlan withSeed(long other) {
        return new MonthPlan(calls, days, begin, other, healthy, degraded, large, fromDay, untilDay);
    }

    MonthPlan withDegraded(double share) {
        return new MonthPlan(calls, days, begin, seed, healthy, share, large, fromDay, untilDay);
    }

    /** So many people of each arm answer the experiment: of some 3,300 who call in a month of 20,000 calls. */
    long horizon() {
        return Math.max(100, calls / 8);
    }

    /** On which day, counted from 1, a moment lies. */
    int dayOf(Instant moment) {
        return (int) Duration.between(begin, moment).toDays() + 1;
    }

    boolean isBad(Instant moment) {
        int day = dayOf(moment);
        return day >= fromDay && day < untilDay;
    }

    /** When the call of this number begins. */
    Duration startOf(int call) {
        return Duration.ofDays(days).multipliedBy(call).dividedBy(calls);
    }
}
