package dev.antiphon.server.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What every change of an experiment says: which one, where, who and why; and what came of it. */
final class ExperimentOrder {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "KEY", description = "Its key, as 'experiment list' shows it.")
    private String key = "";

    @Option(
            names = "--who",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who does it, for the audit log; default ${DEFAULT-VALUE}.")
    private String who = "";

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "Why, for the audit log.")
    private String why = "";

    /** The experiment's key. */
    String key() {
        return key;
    }

    /** Who and why, to be sent with what is ordered. */
    ObjectNode body() {
        return JsonNodeFactory.instance.objectNode().put("who", who).put("why", why);
    }

    /** Gives the order and prints how the experiment stands then: {@code tiers is now running at 25 %.} */
    void give(String action, ObjectNode body) {
        JsonNode told = server.ask("POST", ExperimentShow.path(key) + "/" + action, body.toString(), System.getenv());
        PrintWriter out = spec.commandLine().getOut();
        out.println(told.path("key").asString("") + " is now "
                + told.path("state").asString("").replaceFirst(" (\\d+ %)", " at $1") + ".");
        out.flush();
    }
}
