package dev.antiphon.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code experiment}: plans experiments, and runs those of a server. */
@Command(
        name = "experiment",
        description = {
            "Plan experiments, check their definitions, and run those of a running server.",
            "Its key, if it wants one, is in ANTIPHON_API_KEY."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  antiphon experiment plan --from 85 --to 90 --calls-per-day 400",
            "  antiphon experiment start tiers --stage 5 --why \"ticket 12\"",
            "  antiphon experiment report tiers --csv"
        })
final class ExperimentCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** With its commands. */
    static CommandLine create(AntiphonCommand.Application application) {
        CommandLine command = new CommandLine(new ExperimentCommand())
                .addSubcommand(new ExperimentPlan())
                .addSubcommand(new ExperimentCheck(application))
                .addSubcommand(new ExperimentList())
                .addSubcommand(new ExperimentShow())
                .addSubcommand(new ExperimentWeights());
        for (ExperimentChange.Action action : ExperimentChange.Action.values()) {
            CommandLine change = new CommandLine(new ExperimentChange(action));
            change.getCommandSpec().usageMessage().description(action.description());
            command.addSubcommand(action.word(), change);
        }
        return command;
    }

    @Override
    public void run() {
        throw new MissingCommand(
                spec.commandLine(),
                "a command is missing: experiment plan, check, list, report, start, pause, stop, ramp or weights");
    }
}
