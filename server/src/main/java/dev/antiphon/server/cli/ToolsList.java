package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.util.List;
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
            "'flow': they work on a call, and only their schema can be seen here."
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
        try (ToolBench bench = source.open(application, "*")) {
            List<ToolBench.Known> tools = bench.tools();
            if (json) {
                out.println(JsonMapper.shared().writeValueAsString(json(tools)));
            } else if (tools.isEmpty()) {
                out.println(bench.owner() + " has no tools.");
            } else {
                new ToolTable(
                                out,
                                new Ink(spec.commandLine()
                                        .getColorScheme()
                                        .ansi()
                                        .enabled()))
                        .print(tools);
            }
            out.flush();
        }
        return 0;
    }

    private static ObjectNode json(List<ToolBench.Known> tools) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode list = root.putArray("tools");
        for (ToolBench.Known tool : tools) {
            ObjectNode node = list.addObject()
                    .put("name", tool.function().name())
                    .put("description", tool.function().description())
                    .put("access", ToolTable.access(tool).replace('-', '_'));
            tool.policy().ifPresent(policy -> {
                node.put("timeout_ms", policy.timeout().toMillis());
                ObjectNode differs = node.putObject("policy");
                PolicyText.differences(policy).forEach(differs::put);
            });
        }
        return root;
    }
}
