package dev.antiphon.benchmarks;

import dev.antiphon.benchmarks.briefing.BriefingCommand;
import dev.antiphon.benchmarks.chaos.ChaosCommand;
import dev.antiphon.benchmarks.dialogs.DialogsCommand;
import dev.antiphon.benchmarks.experiments.ExperimentsCommand;
import dev.antiphon.benchmarks.faq.FaqCommand;
import dev.antiphon.benchmarks.jmh.CompareCommand;
import dev.antiphon.benchmarks.load.LoadCommand;
import dev.antiphon.benchmarks.router.RouterCommand;
import dev.antiphon.benchmarks.statistics.StatisticsCommand;
import dev.antiphon.benchmarks.tools.ToolsCommand;
import dev.antiphon.server.cli.BuildVersion;
import dev.antiphon.server.cli.Subcommands;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The command {@code antiphon bench}. */
@Command(
        name = "antiphon bench",
        mixinStandardHelpOptions = true,
        description = "Measures Antiphon.",
        versionProvider = BuildVersion.class)
public final class BenchCommand {
    private static final Subcommands COMMANDS = new Subcommands()
            .with("load", LoadCommand::new)
            .with("chaos", ChaosCommand::new)
            .with("dialogs", DialogsCommand::new)
            .with("faq", FaqCommand::new)
            .with("briefing", BriefingCommand::new)
            .with("tools", ToolsCommand::new)
            .with("statistics", StatisticsCommand::new)
            .with("router", RouterCommand::new)
            .with("experiments", ExperimentsCommand::new)
            .withOwnOptions("jmh", Jmh::new)
            .with("compare", CompareCommand::new);

    /** Runs JMH with its own options. */
    @Command(
            name = "jmh",
            description = {
                "Runs the JMH benchmarks.",
                "Arguments are JMH's own, for example: bench jmh Codec -f 1 -wi 2 -i 3"
            })
    static final class Jmh implements Callable<Integer> {
        @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "JMH's arguments; -h lists them")
        private List<String> arguments = List.of();

        @Override
        public Integer call() throws Exception {
            Main.main(arguments.toArray(String[]::new));
            return 0;
        }
    }

    /** Starts the command; a leading {@code bench} is accepted. */
    public static void main(String... args) {
        String[] own = args.length > 0 && args[0].equals("bench") ? Arrays.copyOfRange(args, 1, args.length) : args;
        String[] asked = COMMANDS.readable(own);
        System.exit(commandLine(asked).execute(asked));
    }

    /** The command with the subcommand that the arguments name, or with all. */
    static CommandLine commandLine(String... args) {
        CommandLine commandLine = new CommandLine(new BenchCommand());
        COMMANDS.addTo(commandLine, args);
        Optional.ofNullable(commandLine.getSubcommands().get("jmh"))
                .ifPresent(jmh -> jmh.setUnmatchedOptionsArePositionalParams(true));
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(BenchCommand::explain);
    }

    /** As the other commands do: the mistake, and where the help is. */
    private static int explain(ParameterException problem, String... arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("antiphon: " + problem.getMessage());
        if (command.getParent() == null && arguments.length == 0) {
            command.usage(err);
        } else {
            CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
