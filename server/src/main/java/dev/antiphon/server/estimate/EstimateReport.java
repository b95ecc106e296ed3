package dev.antiphon.server.estimate;

import dev.antiphon.estimate.EstimateRow;
import java.time.LocalDate;
import java.util.List;

/**
 * One estimate, to be shown.
 *
 * @param basis what it rests on, in one word
 * @param nature for people: what it is and what it is not
 * @param pricesAsOf the day of the prices
 * @param limits for people: whose usage tiers, since when and from where
 * @param callsPerMonth for which the cost of a month is told
 * @param assumptions what it rests on
 * @param rows one for each way to run the calls
 * @param curves what a call costs by its length; empty when that is not known
 */
public record EstimateReport(
        Basis basis,
        String nature,
        LocalDate pricesAsOf,
        String limits,
        long callsPerMonth,
        List<Assumption> assumptions,
        List<EstimateRow> rows,
        List<Curve> curves) {
    /** What an estimate rests on. */
    public enum Basis {
        /** On assumptions: nothing was measured. */
        ASSUMED,
        /** On calls that models answered. */
        MEASURED,
        /** On calls that an emulator answered. */
        SIMULATED
    }

    public EstimateReport {
        assumptions = List.copyOf(assumptions);
        rows = List.copyOf(rows);
        curves = List.copyOf(curves);
    }

    /**
     * What a call costs by its length.
     *
     * @param name the row's
     * @param points in order of length
     */
    public record Curve(String name, List<Point> points) {
        public Curve {
            points = List.copyOf(points);
        }
    }

    /** One point: length in minutes, US dollars. */
    public record Point(double minutes, double usd) {}
}
