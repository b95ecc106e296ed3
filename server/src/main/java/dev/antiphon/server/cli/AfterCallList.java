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

/** {@code after-call list}: the tasks of a running server, and what is not done. */
@Command(
        name = "list",
        description = {
            "List the tasks of a running server, and the letters that it keeps.",
            "Letters are dead ones, which are not tried any more, and pending ones. No packet is shown."
        })
final class AfterCallList implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode told = server.ask("GET", "/v1/after-call", System.getenv());
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(told));
        } else {
            print(told, out);
        }
        out.flush();
        return 0;
    }

    private static void print(JsonNode told, PrintWriter out) {
        told.path("tasks")
                .forEach(task -> out.println(task.path("name").asString("") + ": "
                        + task.path("done").asLong(0) + " done, "
                        + task.path("retried").asLong(0) + " tried again, "
                        + task.path("dead").asLong(0) + " dead"));
        out.println("Now " + told.path("running").asInt(0) + " run and "
                + told.path("waiting").asInt(0) + " wait.");
        out.println("Letters: " + told.path("dead_letters").asInt(0) + " dead, "
                + told.path("pending_letters").asInt(0) + " pending, kept in "
                + (told.path("lasting").asBoolean(false) ? "a folder." : "memory."));
        told.path("letters").forEach(letter -> out.println("  " + letter(letter)));
    }

    private static String letter(JsonNode letter) {
        String error = letter.path("error").asString("");
        return letter.path("key").asString("") + "  "
                + letter.path("state").asString("") + " since "
                + letter.path("since").asString("") + ", attempts: "
                + letter.path("attempts").asInt(0) + (error.isEmpty() ? "" : ", " + error);
    }
}
