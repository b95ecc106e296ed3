package dev.antiphon.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What arms are compared by: one sum over the calls of a unit in relation to another, so that callers who call more than once
 * count as one unit.
 */
public enum Metric {
    /** Completed calls of finished ones; more is better. */
    COMPLETION(true, UnitTotals::completed, UnitTotals::finished),
    /** US dollars of all finished calls for each completed one; less is better. */
    COST_PER_COMPLETED(false, unit -> unit.costMicros() / 1e6, UnitTotals::completed),
    /** Turns slower than the limit, of all answered turns; less is better. */
    SLOW_TURNS(false, UnitTotals::slowTurns, UnitTotals::turns),
    /** Finished calls that a person took over; less is better. */
    HANDOVER(false, UnitTotals::handedOver, UnitTotals::finished),
    /** Finished calls that the caller left before the goal; less is better. */
    ABANDONMENT(false, UnitTotals::abandoned, UnitTotals::finished),
    /** What the agent said and the caller cut off; less is better. */
    BARGE_IN(false, UnitTotals::interrupted, UnitTotals::utterances);

    private final boolean moreIsBetter;
    private final ToDoubleFunction<UnitTotals> over;
    private final ToDoubleFunction<UnitTotals> under;

    Metric(boolean moreIsBetter, ToDoubleFunction<UnitTotals> over, ToDoubleFunction<UnitTotals> under) {
        this.moreIsBetter = moreIsBetter;
        this.over = over;
        this.under = under;
    }

    /** Whether a higher value is the better one. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** Whether it is a share from 0 to 1; else it is US dollars. */
    public boolean isShare() {
        return this != COST_PER_COMPLETED;
    }

    /** As files and JSON write it: {@code cost_per_completed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The metric of this word. */
    public static Optional<Metric> of(String word) {
        return Arrays.stream(values()).filter(m -> m.word().equals(word)).findFirst();
    }

    /** All words, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(Metric::word).collect(Collectors.joining(", "));
    }

    double over(UnitTotals unit) {
        return over.applyAsDouble(unit);
    }

    double under(UnitTotals unit) {
        return under.applyAsDouble(unit);
    }
}
