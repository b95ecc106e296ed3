package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code tools schema}: what a tool takes. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of a tool's arguments as the model gets it.",
        footerHeading = "%nExamples:%n",
        footer = {"  antiphon tools schema free_tables", "  antiphon tools schema search --mcp 'node desk-server.js'"})
final class ToolsSchema implements Callable<Integer> {
    private final AntiphonCommand.Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The tool.")
    private String name = "";

    @Mixin
    private ToolSourceOptions source = new ToolSourceOptions();

    ToolsSchema(AntiphonCommand.Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ToolBench bench = source.open(application, name)) {
            JsonMapper json = JsonMapper.shared();
            out.println(json.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(json.readTree(
                            bench.named(name).function().parameters().text())));
            out.flush();
        }
        return 0;
    }
}
