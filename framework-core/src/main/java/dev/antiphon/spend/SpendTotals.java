package dev.antiphon.spend;

import dev.antiphon.model.Money;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was spent. Each day keeps its own sum, so that a clock that jumps finds what that day has cost, and a jump back and forth
 * loses nothing. Immutable.
 *
 * @param days at most the latest {@value #MOST_DAYS}
 * @param experiments by key
 */
public record SpendTotals(Map<LocalDate, Money> days, Map<String, Money> experiments) {
    /** So many days are remembered. */
    public static final int MOST_DAYS = 40;

    /** Nothing. */
    public static final SpendTotals NONE = new SpendTotals(Map.of(), Map.of());

    public SpendTotals {
        TreeMap<LocalDate, Money> latest = new TreeMap<>(days);
        while (latest.size() > MOST_DAYS) {
            latest.pollFirstEntry();
        }
        days = Map.copyOf(latest);
        experiments = Map.copyOf(experiments);
    }

    /** What this day has cost. */
    public Money ofDay(LocalDate day) {
        return Optional.ofNullable(days.get(day)).orElse(Money.ZERO);
    }

    /** What this experiment has cost. */
    public Money ofExperiment(String experiment) {
        return Optional.ofNullable(experiments.get(experiment)).orElse(Money.ZERO);
    }

    /** With more of a day. */
    public SpendTotals plusDay(LocalDate day, Money cost) {
        Map<LocalDate, Money> next = new TreeMap<>(days);
        next.merge(day, cost, Money::plus);
        return new SpendTotals(next, experiments);
    }

    /** With more of an experiment. */
    public SpendTotals plusExperiment(String experiment, Money cost) {
        Map<String, Money> next = new TreeMap<>(experiments);
        next.merge(experiment, cost, Money::plus);
        return new SpendTotals(days, next);
    }
}
