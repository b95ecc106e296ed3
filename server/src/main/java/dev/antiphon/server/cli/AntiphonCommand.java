package dev.antiphon.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.antiphon.connection.UnusableTrustStore;
import dev.antiphon.server.Bot;
import dev.antiphon.server.store.StoreUnavailable;
import dev.antiphon.telemetry.SessionLog;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.tool.UnusableToolSource;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code antiphon} command line for one bot. An application's {@code main} is one line:
 * {@code System.exit(new AntiphonCommand("clinic", storage -> bot(storage)).run(args))}.
 */
@Command(
        name = "antiphon",
        description = {
            "Voice agents that finish structured jobs.",
            "'antiphon help COMMAND' tells of one of its commands."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
public final class AntiphonCommand implements Runnable {
    // Lucene tells through java.util.logging which processor features it cannot use; held, or its level would be
    // forgotten.
    private static final java.util.logging.Logger LUCENE = java.util.logging.Logger.getLogger("org.apache.lucene");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces of errors, and log more.")
    private boolean verbose;

    private final Subcommands commands;
    private Optional<PrintWriter> out = Optional.empty();
    private Optional<PrintWriter> err = Optional.empty();
    private Optional<Function<Agent.Surroundings, Bot>> simulated = Optional.empty();
    private Reader input = new InputStreamReader(System.in, Charset.defaultCharset());

    /** The command line for a bot that keeps nothing between calls. */
    public AntiphonCommand(Bot bot) {
        this(bot.name(), storage -> bot);
    }

    /**
     * The command line for a bot that keeps data.
     *
     * @param name a short name for files: data goes to {@code .antiphon/NAME} in the working directory
     * @param bots makes the bot for a storage; may throw with a message for the user
     */
    public AntiphonCommand(String name, Function<Storage, Bot> bots) {
        LUCENE.setLevel(java.util.logging.Level.SEVERE);
        // The commands end what they started themselves, in order.
        System.setProperty("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");
        Application application = new Application(name, bots);
        commands = new Subcommands()
                .with("demo", () -> new DemoCommand(application))
                .with("emulator", EmulatorCommand::new)
                .with("call", () -> new CallCommand(application))
                .with("simulate", () -> new SimulateCommand(application, () -> simulated))
                .with("estimate", EstimateCommand::new)
                .with("console", ConsoleCommand::new)
                .with(
                        "flow",
                        () -> new CommandLine(new FlowCommand())
                                .addSubcommand(new FlowCommand.Show(application))
                                .addSubcommand(new FlowDiffCommand(application))
                                .addSubcommand(new FlowTry(application, () -> input)))
                .with(
                        "tools",
                        () -> new CommandLine(new ToolsCommand())
                                .addSubcommand(new ToolsList(application))
                                .addSubcommand(new ToolsSchema(application))
                                .addSubcommand(new ToolsCall(application)))
                .with(
                        "after-call",
                        () -> new CommandLine(new AfterCallCommand())
                                .addSubcommand(new AfterCallList())
                                .addSubcommand(new AfterCallRetry()))
                .with(
                        "store",
                        () -> new CommandLine(new StoreCommand())
                                .addSubcommand(new StoreKpiCommand())
                                .addSubcommand(new StoreExportCommand())
                                .addSubcommand(new StoreSqlCommand()))
                .with("experiment", () -> ExperimentCommand.create(application));
    }

    /** The command with the subcommand that the arguments name, or with all. */
    CommandLine commandLine(String... args) {
        CommandLine commandLine = new CommandLine(this);
        commands.addTo(commandLine, args);
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(this::execute)
                .setExecutionExceptionHandler(this::explain)
                .setParameterExceptionHandler(this::explainUsage);
        out.ifPresent(commandLine::setOut);
        err.ifPresent(commandLine::setErr);
        return commandLine;
    }

    /** Runs one command; returns the exit code: 0 as expected, 1 not as expected, 2 wrong usage. */
    public int run(String... args) {
        String[] asked = commands.readable(args);
        return commandLine(asked).execute(asked);
    }

    /**
     * Makes {@code simulate} possible.
     *
     * @param bots makes a bot whose clock, random numbers and threads are those of the simulation
     */
    public AntiphonCommand simulating(Function<Agent.Surroundings, Bot> bots) {
        simulated = Optional.of(bots);
        return this;
    }

    /** Writes to these instead of the standard streams. */
    public AntiphonCommand writingTo(PrintWriter out, PrintWriter err) {
        this.out = Optional.of(out);
        this.err = Optional.of(err);
        return this;
    }

    /** Reads what a caller types from this instead of the standard input. */
    public AntiphonCommand readingFrom(Reader typed) {
        input = typed;
        return this;
    }

    @Override
    public void run() {
        throw new MissingCommand(spec.commandLine(), "a command is missing");
    }

    private int execute(CommandLine.ParseResult parsed) {
        // Before there are several threads that log, or what they say first is lost.
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (verbose) {
            log(loggers, org.slf4j.Logger.ROOT_LOGGER_NAME, Level.INFO);
        } else if (parsed.hasSubcommand() && parsed.subcommand().commandSpec().userObject() instanceof CallCommand) {
            // It shows every trouble of its calls itself.
            log(loggers, SessionLog.class.getName(), Level.ERROR);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static void log(ILoggerFactory loggers, String name, Level from) {
        if (loggers.getLogger(name) instanceof Logger logger) {
            logger.setLevel(from);
        }
    }

    private int explain(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        Ink ink = new Ink(command.getColorScheme().ansi().enabled());
        Optional<UnusableTrustStore> trust = UnusableTrustStore.in(problem);
        Throwable told = trust.isPresent() ? trust.get() : problem;
        String message = told.getMessage() == null ? told.toString() : told.getMessage();
        err.println(ink.red("antiphon: ") + message);
        if (verbose) {
            problem.printStackTrace(err);
        } else if (!(trust.isPresent()
                || problem instanceof CliFailure
                || problem instanceof UnusableToolSource
                || problem instanceof StoreUnavailable)) {
            err.println("  --verbose shows where this comes from.");
        }
        err.flush();
        return problem instanceof CliFailure failure ? failure.exitCode() : 1;
    }

    private int explainUsage(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(new Ink(command.getColorScheme().ansi().enabled()).red("antiphon: ") + problem.getMessage());
        if (problem instanceof MissingCommand) {
            command.usage(err);
        } else {
            CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** The bot that the commands work on, made when a command needs it. */
    record Application(String name, Function<Storage, Bot> bots) {
        Path defaultFile() {
            return Path.of(".antiphon", name);
        }

        Bot bot(Storage storage) {
            if (storage instanceof Storage.InFile kept) {
                StorageFolder.check(kept.file());
            }
            try {
                return bots.apply(storage);
            } catch (RuntimeException e) {
                throw CliFailure.failed("the bot '" + name + "' cannot start: " + e.getMessage(), e);
            }
        }
    }
}
