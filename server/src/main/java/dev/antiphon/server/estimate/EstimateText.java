package dev.antiphon.server.estimate;

import dev.antiphon.estimate.Capacity;
import dev.antiphon.estimate.EstimateRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** An estimate for a terminal: a table as wide as it is, bars, limits, and what it rests on. */
public final class EstimateText {
    private static final int NARROWEST_BAR = 10;
    private static final String BAR = "█";

    private EstimateText() {}

    /**
     * Prints it.
     *
     * @param width of the terminal in characters
     */
    public static void print(EstimateReport report, PrintWriter out, int width) {
        out.println(report.nature());
        out.println();
        table(report, out, width);
        out.println();
        bars(report, out, width);
        out.println();
        limits(report, out);
        out.println();
        report.assumptions()
                .forEach(each -> out.println(pad(each.name(), 24) + pad(each.value(), 22) + "  " + each.source()));
        out.println("Prices as of " + report.pricesAsOf() + ", from the catalogue. " + report.limits());
        report.rows().stream()
                .filter(EstimateRow::windowFull)
                .forEach(row -> out.println(
                        row.name() + ": the conversation outgrows its context; its oldest part is left out."));
        report.rows().stream()
                .filter(row -> row.transcription().isEmpty())
                .findFirst()
                .ifPresent(row -> out.println("Transcription is not included: the catalogue has no price for it."));
    }

    private static void table(EstimateReport report, PrintWriter out, int width) {
        List<EstimateRow> rows = report.rows();
        long calls = report.callsPerMonth();
        List<EstimateColumn> columns = EstimateColumn.fitting(rows, calls, width);
        StringBuilder head = new StringBuilder();
        columns.forEach(column -> head.append(cell(column, column.title(), column.width(rows, calls))));
        out.println(head.toString().stripTrailing());
        for (EstimateRow row : rows) {
            StringBuilder line = new StringBuilder();
            columns.forEach(
                    column -> line.append(cell(column, column.cell().apply(row, calls), column.width(rows, calls))));
            out.println(line.toString().stripTrailing());
        }
    }

    private static String cell(EstimateColumn column, String text, int width) {
        boolean words = column.title().equals("calls on") || column.title().equals("needs");
        return (words ? pad(text, width) : " ".repeat(width - text.length()) + text) + "  ";
    }

    private static void bars(EstimateReport report, PrintWriter out, int width) {
        double most = report.rows().stream()
                .map(EstimateRow::perCompleted)
                .flatMap(Optional::stream)
                .mapToDouble(cost -> cost.usd().doubleValue())
                .max()
                .orElse(0);
        int names = report.rows().stream()
                .mapToInt(row -> row.shownName().length())
                .max()
                .orElse(0);
        int longest = Math.max(NARROWEST_BAR, width - names - 14);
        out.println("US dollars for each completed call");
        for (EstimateRow row : report.rows()) {
            String bar = row.perCompleted()
                    .filter(cost -> most > 0)
                    .map(cost -> BAR.repeat((int) Math.round(cost.usd().doubleValue() / most * Math.min(longest, 60))))
                    .orElse("");
            String value =
                    row.perCompleted().map(cost -> EstimateColumn.usd(cost, 4)).orElse("none completes");
            out.println(pad(row.shownName(), names) + "  " + bar + " " + value);
        }
    }

    private static void limits(EstimateReport report, PrintWriter out) {
        out.println("Calls at once that each usage tier allows (by requests a minute, by tokens a minute)");
        for (EstimateRow row : report.rows()) {
            StringBuilder line = new StringBuilder(row.shownName() + ":");
            if (row.capacity().tiers().isEmpty()) {
                line.append(" the catalogue knows no usage tiers");
            }
            for (Capacity.Allowed tier : row.capacity().tiers()) {
                line.append(' ')
                        .append(tier.tier())
                        .append(' ')
                        .append(number(tier.calls()))
                        .append(" (")
                        .append(number(tier.byRequests()))
                        .append(", ")
                        .append(number(tier.byTokens()))
                        .append(");");
            }
            out.println("  " + line);
        }
    }

    private static String number(Optional<Long> calls) {
        return calls.map(EstimateColumn::whole).orElse("any");
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
