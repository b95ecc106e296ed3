package dev.antiphon.benchmarks.jmh;

import dev.antiphon.benchmarks.Report;
import dev.antiphon.benchmarks.jmh.JmhResults.Measured;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a change has made slower, or hungrier for memory, and what it has made better. */
record CompareReport(List<ComparedBenchmark> benchmarks) implements Report {
    private static final double ERROR_CONFIDENCE = 0.99;

    CompareReport {
        benchmarks = List.copyOf(benchmarks);
    }

    static CompareReport of(JmhResults before, JmhResults after, double tolerance) {
        TreeSet<String> names = new TreeSet<>(before.benchmarks().keySet());
        names.addAll(after.benchmarks().keySet());
        return new CompareReport(names.stream()
                .map(name -> new ComparedBenchmark(
                        name,
                        Optional.ofNullable(before.benchmarks().get(name)),
                        Optional.ofNullable(after.benchmarks().get(name)),
                        tolerance))
                .toList());
    }

    boolean hasLosses() {
        return benchmarks.stream().anyMatch(each -> each.verdict().isLoss());
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-44s %22s %22s %7s %12s %12s  %s%n",
                "",
                "before",
                "after",
                "ratio",
                "bytes before",
                "bytes after",
                "");
        for (ComparedBenchmark each : benchmarks) {
            out.printf(
                    Locale.ROOT,
                    "%-44s %22s %22s %7s %12s %12s  %s%n",
                    each.name(),
                    text(each.before(), CompareReport::time),
                    text(each.after(), CompareReport::time),
                    each.timeRatio()
                            .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                            .orElse("-"),
                    text(each.before(), CompareReport::bytes),
                    text(each.after(), CompareReport::bytes),
                    each.verdict().words());
        }
        long losses =
                benchmarks.stream().filter(each -> each.verdict().isLoss()).count();
        out.println(losses == 0 ? "No loss beyond noise." : losses + " of " + benchmarks.size() + " lose.");
    }

    private static String text(Optional<Measured> measured, Function<Measured, String> text) {
        return measured.map(text).orElse("-");
    }

    private static String time(Measured measured) {
        return String.format(
                Locale.ROOT,
                "%.2f ± %.2f %s",
                measured.time().getMean(),
                measured.time().getMeanErrorAt(ERROR_CONFIDENCE),
                measured.unit());
    }

    private static String bytes(Measured measured) {
        return measured.meanAllocated()
                .map(bytes -> String.format(Locale.ROOT, "%.0f", bytes))
                .orElse("-");
    }

    @Override
    public String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ArrayNode rows = root.putArray("benchmarks");
        for (ComparedBenchmark each : benchmarks) {
            ObjectNode row = rows.addObject().put("benchmark", each.name());
            each.before().ifPresent(measured -> side(row.putObject("before"), measured));
            each.after().ifPresent(measured -> side(row.putObject("after"), measured));
            each.timeRatio().ifPresent(ratio -> row.put("time_ratio", ratio));
            row.put("verdict", each.verdict().words());
        }
        root.put("loss", hasLosses());
        return root.toString();
    }

    private static void side(ObjectNode side, Measured measured) {
        side.put("time", measured.time().getMean())
                .put("unit", measured.unit())
                .put("iterations", measured.time().getN());
        measured.meanAllocated().ifPresent(bytes -> side.put("allocated_bytes", bytes));
    }
}
