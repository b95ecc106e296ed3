package dev.antiphon.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tools}: looks at tools and calls them by hand. */
@Command(
        name = "tools",
        description = {
            "Look at tools, and call them by hand as a model would.",
            "Those of the bot; or with options those of an OpenAPI document or of an MCP",
            "server, for which no bot is needed."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  antiphon tools list",
            "  antiphon tools list --openapi bookings.yaml --base-url http://localhost:9000",
            "  antiphon tools schema search --mcp 'node desk-server.js'",
            "  antiphon tools call search --arg words='opening hours' \\",
            "      --mcp-url https://crm.example/mcp --bearer-env CRM_TOKEN"
        })
final class ToolsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new MissingCommand(spec.commandLine(), "a command is missing: tools list, tools schema or tools call");
    }
}
