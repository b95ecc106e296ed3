package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code experiment report}: what an experiment of a running server has shown. */
@Command(
        name = "report",
        description = {
            "Report what an experiment of a running server has shown.",
            "A sentence, the arms, goals with intervals, guardrails and the audit log. Look as often as you like."
        })
final class ExperimentShow implements Callable<Integer> {
    /** Of a store that does not last. */
    static final String FORGETS = "Kept in memory: a restart of the server forgets states and figures.";

    /** A value that nobody knows. */
    private static final String UNKNOWN = "–";

    private static final String ROW = "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s%n";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(paramLabel = "KEY", description = "Its key, as 'experiment list' shows it.")
    private String key = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--csv", description = "Print comma-separated rows, one for each arm and metric.")
    private boolean csv;

    @Option(
            names = "--phase",
            paramLabel = "N",
            description = "Of one phase, from 1 on: each change of weights begins another. Default the one that runs.")
    private Optional<Integer> phase = Optional.empty();

    @Override
    public Integer call() {
        if (json && csv) {
            throw CliFailure.usage("one of --json and --csv, not both");
        }
        PrintWriter out = spec.commandLine().getOut();
        JsonNode told = server.ask(
                "GET", path(key) + phase.map(number -> "/phases/" + number).orElse(""), System.getenv());
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(told));
        } else if (csv) {
            rows(told, out);
        } else {
            print(told, out, new Ink(spec.commandLine().getColorScheme().ansi().enabled()));
        }
        out.flush();
        return 0;
    }

    static String path(String key) {
        return "/v1/experiments/" + URLEncoder.encode(key, StandardCharsets.UTF_8);
    }

    private static void print(JsonNode told, PrintWriter out, Ink ink) {
        out.println(ink.bold(told.path("key").asString("")) + ", "
                + told.path("state").asString("")
                + (told.path("phases").asInt(1) > 1
                        ? "; figures of phase " + told.path("phase").asInt(1) + " of "
                                + told.path("phases").asInt(1)
                        : ""));
        if (told.has("notice")) {
            out.println(told.path("notice").asString(""));
        }
        told.path("comparisons")
                .forEach(each -> out.println(each.path("sentence").asString("")));
        out.println();
        out.println(ink.bold(String.format(
                "%-16s %8s %8s  %-24s %14s", "ARM", "UNITS", "CALLS", "COMPLETION (95 %)", "$/COMPLETED")));
        told.path("arms")
                .forEach(arm -> out.printf(
                        Locale.ROOT,
                        "%-16s %8d %8d  %7s (%5.1f … %5.1f)   %14s%n",
                        arm.path("key").asString(""),
                        arm.path("units").asLong(0),
                        arm.path("calls").asLong(0),
                        value(arm.path("completion"), false),
                        percent(arm, "completion_low"),
                        percent(arm, "completion_high"),
                        plain(arm.path("cost_per_completed"))));
        out.println(ink.dim("  Intervals count callers, not calls; valid whenever you look, "
                + told.path("arms")
                        .valueStream()
                        .map(arm -> arm.path("key").asString("") + ": "
                                + arm.path("completion_interval").asString(""))
                        .collect(Collectors.joining(", "))
                + "."));
        told.path("comparisons").forEach(each -> comparison(each, out, ink));
        out.println();
        told.path("audit")
                .forEach(entry -> out.println(ink.dim(entry.path("at").asString("") + "  "
                        + entry.path("who").asString("") + ": "
                        + entry.path("what").asString("") + ", "
                        + entry.path("from").asString("") + " → "
                        + entry.path("to").asString("") + ": "
                        + entry.path("why").asString(""))));
        out.println(told.path("lasting").asBoolean(false) ? "Kept in a database." : FORGETS);
    }

    private static double percent(JsonNode node, String name) {
        return node.path(name).asDouble(0) * 100;
    }

    private static void comparison(JsonNode each, PrintWriter out, Ink ink) {
        String treatment = each.path("treatment").asString("");
        out.println();
        out.println(ink.bold(treatment + " beside " + each.path("control").asString("") + ": "
                + each.path("verdict").asString("")));
        each.path("goals").forEach(row -> out.println("  " + goal(row)));
        each.path("guardrails").forEach(row -> out.println("  " + guardrail(row)));
        if (each.has("belief")) {
            out.printf(
                    Locale.ROOT,
                    "  chance that it completes more: %.0f %%; by choosing it one loses %.2f points on average"
                            + " (descriptive)%n",
                    percent(each.path("belief"), "chance_better"),
                    percent(each.path("belief"), "expected_loss"));
        }
    }

    private static String goal(JsonNode row) {
        boolean money = isMoney(row);
        String figures = row.has("difference")
                ? figure(row.path("difference"), money)
                        + (row.has("low")
                                ? " (" + figure(row.path("low"), money) + " … " + figure(row.path("high"), money) + ")"
                                : "")
                        + ", p "
                        + String.format(
                                Locale.ROOT, "%.4f", row.path("adjusted_p").asDouble(1))
                        + " of " + row.path("alpha").asDouble(0) + ", n "
                        + row.path("units").asLong(0) + ", "
                        + row.path("rule").asString("")
                : "nothing to compare yet";
        return String.format("%-20s %s", row.path("metric").asString(""), figures);
    }

    private static String guardrail(JsonNode row) {
        boolean money = isMoney(row);
        String state = row.path("fails").asBoolean(false)
                ? "FAILS: worse by at least " + figure(row.path("worse_by_at_least"), money) + (money ? "" : " points")
                : row.path("state").asString("").equals("too_few") ? "too few to say" : "holds";
        return String.format(
                "%-20s %s → %s  %s",
                row.path("metric").asString(""),
                value(row.path("control"), money),
                value(row.path("treatment"), money),
                state);
    }

    private static boolean isMoney(JsonNode row) {
        return row.path("metric").asString("").equals("cost_per_completed");
    }

    private static String plain(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.4f", value.asDouble(0)) : UNKNOWN;
    }

    private static String value(JsonNode value, boolean money) {
        if (!value.isNumber()) {
            return UNKNOWN;
        }
        return money
                ? String.format(Locale.ROOT, "$%.4f", value.asDouble(0))
                : String.format(Locale.ROOT, "%.1f %%", value.asDouble(0) * 100);
    }

    private static String figure(JsonNode value, boolean money) {
        double number = value.asDouble(0);
        String amount = money
                ? String.format(Locale.ROOT, "$%.4f", Math.abs(number))
                : String.format(Locale.ROOT, "%.1f", Math.abs(number) * 100);
        return (number < 0 ? "−" : "+") + amount;
    }

    private static void rows(JsonNode told, PrintWriter out) {
        out.printf(
                ROW,
                "experiment",
                "arm",
                "metric",
                "role",
                "control",
                "treatment",
                "difference",
                "low",
                "high",
                "p",
                "adjusted_p",
                "units",
                "rule",
                "verdict",
                "phase");
        for (JsonNode each : told.path("comparisons")) {
            each.path("goals").forEach(row -> row(told, each, "goal", row, "", out));
            each.path("guardrails")
                    .forEach(row ->
                            row(told, each, "guardrail", row, row.path("state").asString(""), out));
        }
    }

    private static void row(
            JsonNode told, JsonNode comparison, String role, JsonNode row, String state, PrintWriter out) {
        out.printf(
                ROW,
                told.path("key").asString(""),
                comparison.path("treatment").asString(""),
                row.path("metric").asString(""),
                role,
                number(row, "control"),
                number(row, "treatment"),
                number(row, "difference"),
                number(row, role.equals("goal") ? "low" : "worse_by_at_least"),
                number(row, "high"),
                number(row, "p"),
                number(row, "adjusted_p"),
                number(row, "units"),
                row.path("rule").asString(""),
                state.isEmpty() ? comparison.path("verdict").asString("") : state,
                told.path("phase").asString(""));
    }

    private static String number(JsonNode row, String name) {
        return Optional.of(row.path(name))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asString)
                .orElse("");
    }
}
