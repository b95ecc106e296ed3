package dev.antiphon.experiment;

import dev.antiphon.statistics.Sample;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * All that a report needs of one arm, however many units it has: sums, squares and products over its units.
 *
 * @param units that have a finished call
 * @param sums of each metric
 */
public record ArmTotals(long units, Map<Metric, Sums> sums) {
    private static final Sums NOTHING = new Sums(0, 0, 0, 0, 0);

    /** Of no unit. */
    public static final ArmTotals NONE = new ArmTotals(0, Map.of());

    public ArmTotals {
        Map<Metric, Sums> copy = new EnumMap<>(Metric.class);
        copy.putAll(sums);
        sums = Collections.unmodifiableMap(copy);
        if (units < 0) {
            throw new IllegalArgumentException("the number of units must not be negative, but was " + units);
        }
    }

    /**
     * Of one metric, over the units.
     *
     * @param over sum of the numerators
     * @param overSquares sum of their squares
     * @param under sum of the denominators
     * @param underSquares sum of their squares
     * @param products sum of numerator times denominator
     */
    public record Sums(double over, double overSquares, double under, double underSquares, double products) {}

    /** Of each arm, by its key, in the order of first appearance; rows without a finished call count for nothing. */
    public static Map<String, ArmTotals> byArm(Iterable<UnitTotals> units) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        units.forEach(unit -> {
            if (unit.finished() > 0) {
                tallies.computeIfAbsent(unit.variant(), key -> new Tally()).add(unit);
            }
        });
        Map<String, ArmTotals> arms = new LinkedHashMap<>();
        tallies.forEach((key, tally) -> arms.put(key, tally.totals()));
        return arms;
    }

    /** The sums of a metric. */
    public Sums of(Metric metric) {
        return sums.getOrDefault(metric, NOTHING);
    }

    /** The metric as a ratio over units. */
    Sample.Ratio sample(Metric metric) {
        Sums s = of(metric);
        return new Sample.Ratio(
                new Sample.Mean(s.over(), s.overSquares(), units),
                new Sample.Mean(s.under(), s.underSquares(), units),
                s.products());
    }

    /** The value of a metric; empty where there is nothing to divide by, such as the cost of a completed call where none was completed. */
    public OptionalDouble value(Metric metric) {
        return of(metric).under() > 0 ? OptionalDouble.of(sample(metric).mean()) : OptionalDouble.empty();
    }

    /** Finished calls of all units. */
    public long finished() {
        return Math.round(of(Metric.COMPLETION).under());
    }

    long completed() {
        return Math.round(of(Metric.COMPLETION).over());
    }

    /** Whether no unit has more than one finished call. */
    public boolean isOneCallEach() {
        return finished() == units;
    }

    /**
     * How many independent units would tell as much of completion as these: the variance of a share of so many is that of the ratio
     * over units (delta method). Never more than there are, so that a caller who calls again and again is still one caller.
     */
    double completionUnits() {
        Sample.Ratio ratio = sample(Metric.COMPLETION);
        double rate = ratio.mean();
        double variance = ratio.varianceOfMean();
        return variance > 0 ? Math.min(units, rate * (1 - rate) / variance) : units;
    }

    /** Adds units up. Not thread-safe. */
    public static final class Tally {
        private static final int FIGURES = 5;

        private final double[] figures = new double[Metric.values().length * FIGURES];
        private long units;

        /** One unit more. */
        public void add(UnitTotals unit) {
            units++;
            for (Metric metric : Metric.values()) {
                int at = metric.ordinal() * FIGURES;
                double over = metric.over(unit);
                double under = metric.under(unit);
                figures[at] += over;
                figures[at + 1] += over * over;
                figures[at + 2] += under;
                figures[at + 3] += under * under;
                figures[at + 4] += over * under;
            }
        }

        /** What was added until now. */
        public ArmTotals totals() {
            Map<Metric, Sums> sums = new EnumMap<>(Metric.class);
            for (Metric metric : Metric.values()) {
                int at = metric.ordinal() * FIGURES;
                sums.put(
                        metric,
                        new Sums(figures[at], figures[at + 1], figures[at + 2], figures[at + 3], figures[at + 4]));
            }
            return new ArmTotals(units, sums);
        }
    }
}
