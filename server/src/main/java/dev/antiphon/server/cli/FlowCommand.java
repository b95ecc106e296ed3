package dev.antiphon.server.cli;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.DialogSnapshot;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.server.Bot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flow}: looks at the bot's dialog flow and talks to it. */
@Command(
        name = "flow",
        description = "Look at the bot's dialog flow, and talk to it.",
        synopsisSubcommandLabel = "COMMAND")
final class FlowCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new MissingCommand(spec.commandLine(), "a command is missing: flow show, flow diff or flow try");
    }

    /** What the calls of a bot are about. */
    static Dialog dialog(Bot bot) {
        if (bot.conversation() instanceof FlowConversation flows) {
            return flows.dialog();
        }
        throw CliFailure.failed("the bot '" + bot.name() + "' has no flow to show");
    }

    /** How a flow is written. */
    enum Format {
        mermaid,
        svg,
        dot,
        json
    }

    /** {@code flow show}: prints the diagram. */
    @Command(
            name = "show",
            description = {
                "Print the flow as a diagram, or all of it that is data as JSON.",
                "'flow show --format json --out v1.json' keeps a version that 'flow diff v1.json' compares with later."
            })
    static final class Show implements Callable<Integer> {
        private final AntiphonCommand.Application application;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "mermaid",
                description = "One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
        private Format format = Format.mermaid;

        @Option(names = "--out", paramLabel = "FILE", description = "Write to this file instead of the terminal.")
        private Optional<Path> out = Optional.empty();

        Show(AntiphonCommand.Application application) {
            this.application = application;
        }

        @Override
        public Integer call() {
            Bot bot = application.bot(new Storage.PerCall());
            String diagram = switch (format) {
                case mermaid ->
                    own(bot, Bot.Diagram::mermaid).orElseGet(() -> dialog(bot).mermaid());
                case svg ->
                    own(bot, Bot.Diagram::svg).orElseGet(() -> dialog(bot).svg());
                case dot -> dialog(bot).dot();
                case json -> DialogSnapshot.of(dialog(bot)).json();
            };
            PrintWriter terminal = spec.commandLine().getOut();
            if (out.isPresent()) {
                write(out.get(), diagram);
                terminal.println("Wrote " + out.get());
            } else {
                terminal.println(diagram.stripTrailing());
            }
            terminal.flush();
            return 0;
        }

        /** The bot's own drawing, if it has one. */
        private static Optional<String> own(Bot bot, Function<Bot.Diagram, String> form) {
            return Optional.of(form.apply(bot.diagram().get())).filter(text -> !text.isBlank());
        }

        private static void write(Path file, String text) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw CliFailure.usage("cannot write --out " + file + ": " + reason(file, e), e);
            }
        }

        private static String reason(Path file, IOException problem) {
            if (Files.isDirectory(file)) {
                return "it is a folder, not a file";
            }
            return switch (problem) {
                case NoSuchFileException missing -> "its folder does not exist";
                case AccessDeniedException denied -> "writing there is not permitted";
                case FileSystemException other -> String.valueOf(other.getReason());
                default -> String.valueOf(problem.getMessage());
            };
        }
    }
}
