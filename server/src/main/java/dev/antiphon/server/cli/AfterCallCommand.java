package dev.antiphon.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code after-call}: what a running server does when its calls are over. */
@Command(
        name = "after-call",
        description = {
            "See what a running server does when its calls are over.",
            "What it has given up can be tried again. Its key, if it wants one, is in ANTIPHON_API_KEY."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  antiphon after-call list", "  antiphon after-call retry --all --url http://127.0.0.1:8080"})
final class AfterCallCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new MissingCommand(spec.commandLine(), "a command is missing: after-call list or after-call retry");
    }
}
