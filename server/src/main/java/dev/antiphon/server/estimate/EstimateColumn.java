package dev.antiphon.server.estimate;

import dev.antiphon.estimate.Capacity;
import dev.antiphon.estimate.EstimateRow;
import dev.antiphon.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A column of the table of an estimate.
 *
 * @param title its head
 * @param rank columns of the highest rank are left out first where there is no room; 0 is always there
 * @param cell the text of a row, for so many calls a month
 */
record EstimateColumn(String title, int rank, BiFunction<EstimateRow, Long, String> cell) {
    private static final int CENTS = 4;

    static final List<EstimateColumn> ALL = List.of(
            new EstimateColumn("calls on", 0, (row, calls) -> row.shownName()),
            new EstimateColumn(
                    "ends",
                    7,
                    (row, calls) -> row.shutdown().map(Object::toString).orElse("")),
            new EstimateColumn("$/call", 0, (row, calls) -> usd(row.perCall(), CENTS)),
            new EstimateColumn("$/month", 0, (row, calls) -> usd(row.perMonth(calls), 0)),
            new EstimateColumn(
                    "$/completed",
                    0,
                    (row, calls) ->
                            row.perCompleted().map(cost -> usd(cost, CENTS)).orElse("none completes")),
            new EstimateColumn("completes", 2, (row, calls) -> percent(row.completes())),
            new EstimateColumn("text in", 3, (row, calls) -> whole(row.usage().inputTextTokens())),
            new EstimateColumn("audio in", 3, (row, calls) -> whole(row.usage().inputAudioTokens())),
            new EstimateColumn("cached", 3, (row, calls) -> percent(row.cachedShare())),
            new EstimateColumn("text out", 4, (row, calls) -> whole(row.usage().outputTextTokens())),
            new EstimateColumn("audio out", 4, (row, calls) -> whole(row.usage().outputAudioTokens())),
            new EstimateColumn(
                    "req/min", 5, (row, calls) -> String.format(Locale.ROOT, "%.1f", row.requestsPerMinute())),
            new EstimateColumn("tokens/min", 5, (row, calls) -> whole(Math.round(row.tokensPerMinute()))),
            new EstimateColumn(
                    "at once", 1, (row, calls) -> whole(row.capacity().peak())),
            new EstimateColumn("needs", 1, (row, calls) -> needs(row.capacity())));

    private static String needs(Capacity capacity) {
        if (capacity.tiers().isEmpty()) {
            return "unknown";
        }
        return capacity.needed().orElse("above " + capacity.tiers().getLast().tier());
    }

    static String usd(Money amount, int decimals) {
        return String.format(
                Locale.ROOT, "%,." + decimals + "f", amount.usd().setScale(decimals, RoundingMode.HALF_UP));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Those that have room side by side, in their order. */
    static List<EstimateColumn> fitting(List<EstimateRow> rows, long calls, int width) {
        List<EstimateColumn> columns = ALL;
        while (width(columns, rows, calls) > width) {
            int last = columns.stream().mapToInt(EstimateColumn::rank).max().orElse(0);
            if (last == 0) {
                return columns;
            }
            columns = columns.stream().filter(column -> column.rank() < last).toList();
        }
        return columns;
    }

    private static int width(List<EstimateColumn> columns, List<EstimateRow> rows, long calls) {
        return columns.stream()
                        .mapToInt(column -> column.width(rows, calls) + 2)
                        .sum()
                - 2;
    }

    /** Its widest text. */
    int width(List<EstimateRow> rows, long calls) {
        return Stream.concat(Stream.of(title), rows.stream().map(row -> cell.apply(row, calls)))
                .map(String::length)
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    static BigDecimal rounded(Money amount) {
        return amount.usd().setScale(6, RoundingMode.HALF_UP);
    }
}
