package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code experiment list}: the experiments of a running server. */
@Command(
        name = "list",
        description = "List the experiments of a running server: where they stand, and what they have shown.")
final class ExperimentList implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode told = server.ask("GET", "/v1/experiments", System.getenv());
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(told));
        } else {
            told.path("experiments").forEach(each -> {
                out.printf(
                        "%-24s %-14s %8d units  %s%n",
                        each.path("key").asString(""),
                        each.path("state").asString(""),
                        each.path("units").asLong(0),
                        each.path("sentence").asString(""));
                if (each.has("notice")) {
                    out.println("  " + each.path("notice").asString(""));
                }
            });
            out.println(told.path("lasting").asBoolean(false) ? "Kept in a database." : ExperimentShow.FORGETS);
        }
        out.flush();
        return 0;
    }
}
