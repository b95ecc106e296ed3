package dev.antiphon.server.cli;

import dev.antiphon.server.Bot;
import dev.antiphon.session.SessionId;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flow try}: a typed conversation with the bot's flow, and its state beside it. */
@Command(
        name = "try",
        description = {
            "Talk to the bot's flow by typed text, and see its state after each answer.",
            "The emulated model answers in this process: no key, no network, no waiting.",
            "Lines come from the terminal, a pipe, or --say. Ctrl-D or /quit hangs up.",
            "",
            "  /state    the step, every value, the open question",
            "  /why      the last tool call, and what the flow answered",
            "  /undo     back to before the last line; what was done is not done again,",
            "            and the same line gets the same answer",
            "  /silence  say nothing for a while",
            "  /quit     hang up"
        })
final class FlowTry implements Callable<Integer> {
    private final AntiphonCommand.Application application;
    private final Supplier<Reader> input;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--say",
            paramLabel = "LINE",
            description = "What the caller says next, or a command, instead of the input; may be repeated.")
    private List<String> lines = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object for each turn.")
    private boolean json;

    @Mixin
    private ConductOption conduct = new ConductOption();

    FlowTry(AntiphonCommand.Application application, Supplier<Reader> input) {
        this.application = application;
        this.input = input;
    }

    @Override
    public Integer call() {
        Scripts.requireWords(lines);
        Bot bot = application.bot(new Storage.PerCall());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "flow-try");
        try {
            TriedFlow tried = new TriedFlow(
                    bot::conversation,
                    conduct.chosen(),
                    new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings()),
                    CallWork.of(bot.tools().apply(system), new SessionId("sess_try")),
                    InstantSource.system(),
                    ZoneId.systemDefault());
            talk(tried);
            return 0;
        } finally {
            system.terminate();
        }
    }

    private void talk(TriedFlow tried) {
        PrintWriter out = spec.commandLine().getOut();
        boolean colours = spec.commandLine().getColorScheme().ansi().enabled();
        boolean typed = lines.isEmpty() && Terminal.isTyped();
        TryPrinter printer = json ? new TryJson(out) : new TryText(out, new Ink(colours), typed);
        printer.turn(tried.begins());
        BufferedReader reader = new BufferedReader(input.get());
        int next = 0;
        while (!tried.ended()) {
            printer.prompt();
            Optional<String> line = lines.isEmpty()
                    ? read(reader)
                    : Optional.of(next).filter(n -> n < lines.size()).map(lines::get);
            next++;
            if (line.isEmpty() || line.get().strip().equals("/quit")) {
                printer.turn(tried.hangsUp());
            } else if (!line.get().isBlank()) {
                take(tried, line.get().strip(), printer);
            }
        }
        printer.end(tried.outcome());
    }

    private static void take(TriedFlow tried, String line, TryPrinter printer) {
        if (line.startsWith("/")) {
            printer.command(line);
        }
        switch (line) {
            case "/state" -> printer.state(tried.view());
            case "/why" -> printer.why(tried.lastCall());
            case "/undo" ->
                tried.undo()
                        .ifPresentOrElse(
                                undone -> printer.undone(undone, tried.view()),
                                () -> printer.problem("there is nothing to undo"));
            case "/silence" -> printer.turn(tried.isSilent());
            default -> {
                if (line.startsWith("/")) {
                    printer.problem(
                            "there is no command " + line + "; there are /state, /why, /undo, /silence and /quit");
                } else {
                    printer.turn(tried.says(line));
                }
            }
        }
    }

    private static Optional<String> read(BufferedReader reader) {
        try {
            return Optional.ofNullable(reader.readLine());
        } catch (IOException e) {
            throw CliFailure.failed("the input cannot be read: " + e.getMessage(), e);
        }
    }
}
