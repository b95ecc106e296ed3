package dev.antiphon.server.cli;

import dev.antiphon.model.Money;
import dev.antiphon.statistics.NearestRank;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of many calls.
 *
 * @param reports one per call
 * @param took all of them together
 */
record BatchSummary(List<CallReport> reports, Duration took) {
    BatchSummary {
        reports = List.copyOf(reports);
    }

    boolean asExpected() {
        return reports.stream().allMatch(CallReport::asExpected);
    }

    void print(PrintWriter out, Ink ink, boolean simulated) {
        Map<String, List<CallReport>> byScript =
                reports.stream().collect(Collectors.groupingBy(CallReport::script, TreeMap::new, Collectors.toList()));
        out.printf(
                Locale.ROOT,
                "%-16s %6s %6s  %-34s %9s %9s %9s%n",
                "script",
                "calls",
                "right",
                "outcomes",
                "p50 ms",
                "p95 ms",
                "cost");
        byScript.forEach((script, calls) -> out.println(row(script, calls)));
        long right = reports.stream().filter(CallReport::asExpected).count();
        String verdict = right + " of " + reports.size() + " as expected";
        out.println((asExpected() ? ink.green(verdict) : ink.red(verdict)) + ", " + CallPrinter.millis(took)
                + (simulated ? ink.dim("  latencies and cost are simulated") : ""));
        reports.stream()
                .filter(report -> !report.asExpected())
                .limit(10)
                .forEach(report -> out.println(ink.red("  " + report.session().orElse("(no session)")) + " "
                        + report.script() + ": " + report.outcome() + ", "
                        + report.shortfall().orElse("") + "; " + report.reason()));
        out.flush();
    }

    private static String row(String script, List<CallReport> calls) {
        String outcomes = calls.stream()
                .collect(Collectors.groupingBy(CallReport::outcome, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(outcome -> outcome.getKey() + " " + outcome.getValue())
                .collect(Collectors.joining(", "));
        List<Duration> latencies = calls.stream()
                .flatMap(call -> call.latencies().stream())
                .sorted(Comparator.naturalOrder())
                .toList();
        Money cost = calls.stream().flatMap(call -> call.cost().stream()).reduce(Money.ZERO, Money::plus);
        return String.format(
                Locale.ROOT,
                "%-16s %6d %6d  %-34s %9s %9s %9s",
                script,
                calls.size(),
                calls.stream().filter(CallReport::asExpected).count(),
                outcomes,
                percentile(latencies, 0.50),
                percentile(latencies, 0.95),
                cost);
    }

    /** The nearest-rank percentile in milliseconds. */
    private static String percentile(List<Duration> sorted, double rank) {
        return NearestRank.of(sorted, rank)
                .map(time -> Long.toString(time.toMillis()))
                .orElse("-");
    }
}
