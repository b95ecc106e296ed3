package dev.antiphon.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code store}: what calls have left in the store. */
@Command(
        name = "store",
        description = {
            "See what calls have left in the store: figures, tables, answers to SQL.",
            "A server may run on the same store meanwhile."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  antiphon store kpi --days 7 --flow booking",
            "  antiphon store export --table turns --from 2026-11-01 --format csv --out turns.csv",
            "  antiphon store sql \"select outcome, count(*) from call group by outcome\""
        })
final class StoreCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new MissingCommand(spec.commandLine(), "a command is missing: store kpi, store export or store sql");
    }
}
