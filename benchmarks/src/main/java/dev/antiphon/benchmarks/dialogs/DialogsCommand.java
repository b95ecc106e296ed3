package dev.antiphon.benchmarks.dialogs;

import dev.antiphon.benchmarks.MeasuringCommand;
import dev.antiphon.benchmarks.dialogs.DialogScores.BenchProblem;
import dev.antiphon.benchmarks.dialogs.DialogScores.Mode;
import dev.antiphon.benchmarks.dialogs.DialogScores.Rate;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code antiphon bench dialogs}. Exit status 0 only when every figure reaches its target. */
@Command(
        name = "dialogs",
        description = {
            "Runs dialogues that others annotated on the dialog engine.",
            "Flows are generated from the services' schemas.",
            "Protocol A replays them, directly and over the wire; protocol B lets simulated callers react to the engine.",
            "Needs python3 for the bench's scripts."
        })
public final class DialogsCommand extends MeasuringCommand {
    /** Those of the bench's {@code sim.py}. */
    private static final List<String> MODES = List.of(
            "plain",
            "allatonce",
            "onebyone",
            "beside",
            "slip",
            "bareno",
            "question",
            "silence",
            "yesnoise",
            "interrupt",
            "nlu5",
            "nlu10",
            "nlu20");

    @Option(
            names = "--bridge",
            description = "be the engine of the bench's scripts: JSON lines on standard input and output")
    private boolean bridge;

    @Option(
            names = "--bench",
            paramLabel = "FOLDER",
            defaultValue = "../shared/bench/dialogs",
            description = "where the bench lies (default ${DEFAULT-VALUE})")
    private Path bench = Path.of("../shared/bench/dialogs");

    @Option(
            names = "--mode",
            defaultValue = "all",
            description = "a mode of protocol B, all or none (default ${DEFAULT-VALUE})")
    private String mode = "all";

    @Option(
            names = "--wire",
            paramLabel = "COUNT",
            defaultValue = "1000000",
            description = "how many dialogues are replayed over the wire too (default: all; 0: none)")
    private int wire = Integer.MAX_VALUE;

    @Option(names = "--json", description = "print one JSON object instead of the tables")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = out();
        if (bridge) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try {
                new DialogBridge(lines, out).run();
            } catch (JacksonException | IllegalArgumentException problem) {
                throw wrong(
                        "--bridge needs a JSON object a line, with op schema, start or turn: " + problem.getMessage(),
                        problem);
            }
            return 0;
        }
        if (!MODES.contains(mode) && !List.of("all", "none").contains(mode)) {
            throw wrong("--mode must be all, none or one of " + MODES + ", but is '" + mode + "'");
        }
        try {
            return measure(DialogScores.ofDev(bench), out);
        } catch (BenchProblem problem) {
            throw wrong(String.valueOf(problem.getMessage()), problem);
        }
    }

    private int measure(DialogScores scores, PrintWriter out) {
        List<Rate> rates = scores.replay();
        if (!json) {
            print("A: replay", rates, out);
        }
        List<Rate> overTheWire = wire <= 0 ? List.of() : scores.replayOverTheWire(wire, this::replayed);
        if (!json) {
            print("A over the wire", overTheWire, out);
            modesTitle(out);
        }
        List<Mode> modes = mode.equals("none")
                ? List.of()
                : scores.simulate(mode, measured -> {
                    if (!json) {
                        print(measured, out);
                    }
                });
        if (json) {
            out.println(json(rates, overTheWire, modes));
            out.flush();
        }
        boolean reached = Stream.concat(rates.stream(), overTheWire.stream()).allMatch(DialogTargets::isReached)
                && modes.stream().allMatch(DialogTargets::isReached);
        return reached ? 0 : 1;
    }

    private void replayed(int done) {
        if (done % 10 == 0) {
            progress(done + " dialogues over the wire");
        }
    }

    private static void print(String title, List<Rate> rates, PrintWriter out) {
        if (rates.isEmpty()) {
            return;
        }
        out.printf("%n%-34s %8s %8s %8s%n", title, "%", "of", "target");
        for (Rate rate : rates) {
            out.printf(
                    Locale.ROOT,
                    "%-34s %8.2f %8d %8s%s%n",
                    rate.name(),
                    rate.percent(),
                    rate.of(),
                    DialogTargets.of(rate).map(target -> ">= " + target).orElse(""),
                    DialogTargets.isReached(rate) ? "" : "  <-- missed");
        }
        out.flush();
    }

    private static void modesTitle(PrintWriter out) {
        out.printf(
                "%n%-12s %9s %9s %8s %8s %8s %8s %8s%n",
                "B: callers", "dialogues", "success", "target", "unsafe", "wrong", "loops", "turns");
        out.flush();
    }

    private static void print(Mode measured, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-12s %9d %8.2f%% %8s %8d %8d %8d %8.3f%s%n",
                measured.name(),
                measured.dialogues(),
                measured.success(),
                ">= " + DialogTargets.success(measured.name()),
                measured.unsafe(),
                measured.wrong(),
                measured.loops(),
                measured.turns(),
                DialogTargets.alsoReaches(measured) + (DialogTargets.isReached(measured) ? "" : "  <-- missed"));
        out.flush();
    }

    private static String json(List<Rate> rates, List<Rate> overTheWire, List<Mode> modes) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("simulated", true);
        put(root.putArray("replay"), rates);
        put(root.putArray("over_the_wire"), overTheWire);
        ArrayNode callers = root.putArray("callers");
        modes.forEach(measured -> callers.addObject()
                .put("mode", measured.name())
                .put("dialogues", measured.dialogues())
                .put("success_percent", measured.success())
                .put("unsafe", measured.unsafe())
                .put("wrong_transactions", measured.wrong())
                .put("loops", measured.loops())
                .put("turns_relative", measured.turns())
                .put("reached", DialogTargets.isReached(measured)));
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static void put(ArrayNode array, List<Rate> rates) {
        rates.forEach(rate -> array.addObject()
                .put("name", rate.name())
                .put("percent", rate.percent())
                .put("of", rate.of())
                .put("reached", DialogTargets.isReached(rate)));
    }
}
