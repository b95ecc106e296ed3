package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tools list}: which tools there are. */
@Command(
        name = "list",
        description = {
            "List tools: what each is for, and how it runs.",
            "Told are whether it only looks or may change something, its timeout, and what",
            "else of its policy is not the default. Tools of the bot's flow are marked",
            "'flow': they work on a call, and only their schema can be seen here.",
            "Tools of a source that no model can be given are named on the error stream.",
            "",
            "Exit code: 0 all can be used, 1 one of them cannot, 2 wrong usage, or a source",
            "that cannot start."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  antiphon tools list --json",
            "  antiphon tools list --openapi bookings.yaml --base-url http://localhost:9000",
            "  antiphon tools list --mcp 'npx -y @modelcontextprotocol/server-everything'"
        })
final class ToolsList implements Callable<Integer> {
    private final AntiphonCommand.Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ToolSourceOptions source = new ToolSourceOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ToolsList(AntiphonCommand.Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Ink ink = new Ink(spec.commandLine().getColorScheme().ansi().enabled());
        Map<String, String> unusable = new LinkedHashMap<>();
        try (ToolBench bench = source.open(application, "*", Optional.of(unusable::put))) {
            List<ToolBench.Known> tools = bench.tools();
            if (json) {
                out.println(JsonMapper.shared().writeValueAsString(json(tools, unusable)));
            } else if (tools.isEmpty()) {
                out.println(bench.owner() + " has no tools" + (unusable.isEmpty() ? "." : " that can be used."));
            } else {
                new ToolTable(out, ink).print(tools);
            }
            out.flush();
        }
        PrintWriter err = spec.commandLine().getErr();
        unusable.forEach((name, why) -> err.println(ink.red(name) + " cannot be used: " + why));
        err.flush();
        return unusable.isEmpty() ? 0 : 1;
    }

    private static ObjectNode json(List<ToolBench.Known> tools, Map<String, String> unusable) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode list = root.putArray("tools");
        for (ToolBench.Known tool : tools) {
            ObjectNode node = list.addObject()
                    .put("name", tool.function().name())
                    .put("description", tool.function().description())
                    .put("access", ToolTable.access(tool).replace('-', '_'));
            tool.limit().ifPresent(limit -> node.put("timeout_ms", limit.toMillis()));
            tool.policy().ifPresent(policy -> {
                ObjectNode differs = node.putObject("policy");
                PolicyText.differences(policy).forEach(differs::put);
            });
        }
        ArrayNode others = root.putArray("unusable");
        unusable.forEach((name, why) -> others.addObject().put("name", name).put("reason", why));
        return root;
    }
}
