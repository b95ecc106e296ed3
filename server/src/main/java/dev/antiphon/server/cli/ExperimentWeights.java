package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code experiment weights}: an operator changes the weights of the arms of a running experiment. */
@Command(
        name = "weights",
        description = {
            "Share new callers by other weights.",
            "Another phase of the experiment begins: figures and sample ratio then count only callers who are new since;",
            "callers who have an arm keep it, and count in their phase, whose report is 'experiment report KEY --phase N'."
        },
        footerHeading = "%nExample:%n",
        footer = "  antiphon experiment weights tiers full=20 mini=80 --why \"ticket 12\" --yes")
final class ExperimentWeights implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "KEY", description = "Its key, as 'experiment list' shows it.")
    private String key = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ARM=PERCENT",
            description = "For each arm, in percent; 100 together.")
    private Map<String, Double> percent = Map.of();

    @Option(
            names = "--who",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who does it, for the audit log; default ${DEFAULT-VALUE}.")
    private String who = "";

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "Why, for the audit log.")
    private String why = "";

    @Option(names = "--yes", description = "Do it; without, what would happen is told and nothing is done.")
    private boolean yes;

    @Override
    public Integer call() {
        if (!yes) {
            throw CliFailure.usage(
                    "nothing was changed: another phase of " + key + " would begin, whose figures and sample"
                            + " ratio count only callers who are new from then on, while callers who have an arm keep it and"
                            + " count in their phase; --yes does it");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("who", who).put("why", why);
        ObjectNode weights = body.putObject("weights");
        new LinkedHashMap<>(percent).forEach((arm, value) -> weights.put(arm, value / 100));
        JsonNode told = server.ask("POST", ExperimentShow.path(key) + "/weights", body.toString(), System.getenv());
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                told.path("key").asString("") + " is now " + told.path("state").asString("") + ".");
        out.flush();
        return 0;
    }
}
