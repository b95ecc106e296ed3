package dev.antiphon.server.cli;

import dev.antiphon.flow.DialogSnapshot;
import dev.antiphon.flow.FlowDiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code flow diff}: what is different between two versions of the bot's flow, in sentences. */
@Command(
        name = "diff",
        description = {
            "Compare a kept version of the flow with this build's, or with another one.",
            "'flow show --format json --out OLD' keeps one. One sentence for each difference.",
            "Checks, and words that are made by code, are not compared: only whether there are any.",
            "",
            "  !  the state of a call that began with the old version may not fit the new one",
            "",
            "Exit code: 0 the same, 1 different, 2 a file cannot be read or the bot cannot start."
        })
final class FlowDiffCommand implements Callable<Integer> {
    private static final int SAME = 0;
    private static final int DIFFERENT = 1;

    private final AntiphonCommand.Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "The version before.")
    private Path old = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NEW",
            description = "The version after; default the flow of this build.")
    private Optional<Path> recent = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    FlowDiffCommand(AntiphonCommand.Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        DialogSnapshot before = read(old);
        DialogSnapshot after = recent.map(FlowDiffCommand::read).orElseGet(this::ofThisBuild);
        FlowDiff diff = FlowDiff.between(before, after);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(before, after, diff));
        } else {
            print(before, after, diff, out);
        }
        out.flush();
        return diff.isEmpty() ? SAME : DIFFERENT;
    }

    private void print(DialogSnapshot before, DialogSnapshot after, FlowDiff diff, PrintWriter out) {
        Ink ink = new Ink(spec.commandLine().getColorScheme().ansi().enabled());
        if (diff.isEmpty()) {
            out.println(after.name() + " " + after.version() + ": no difference.");
            return;
        }
        out.println(ink.bold(before.name() + " " + before.version() + " -> " + after.name() + " " + after.version()));
        for (FlowDiff.Change change : diff.changes()) {
            String line = (change.mattersInFlight() ? "! " : "  ") + change.sentence();
            out.println(
                    switch (change.kind()) {
                        case ADDED -> ink.green(line);
                        case REMOVED -> ink.red(line);
                        case CHANGED -> ink.yellow(line);
                    });
        }
        int matter = diff.inFlight().size();
        out.println(
                matter == 0
                        ? "None of this matters for calls in flight: their states fit the new version."
                        : matter + " of " + diff.changes().size() + (matter == 1 ? " (!) matters" : " (!) matter")
                                + " for calls in flight: their states may not fit the new version.");
    }

    private static String json(DialogSnapshot before, DialogSnapshot after, FlowDiff diff) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("before").put("name", before.name()).put("version", before.version());
        root.putObject("after").put("name", after.name()).put("version", after.version());
        ArrayNode changes = root.putArray("changes");
        for (FlowDiff.Change change : diff.changes()) {
            changes.addObject()
                    .put("kind", change.kind().name().toLowerCase(Locale.ROOT))
                    .put("sentence", change.sentence())
                    .put("matters_in_flight", change.mattersInFlight());
        }
        return JsonMapper.shared().writeValueAsString(root);
    }

    private DialogSnapshot ofThisBuild() {
        try {
            return DialogSnapshot.of(FlowCommand.dialog(application.bot(new Storage.PerCall())));
        } catch (CliFailure failure) {
            // 1 would say that the versions are different.
            throw CliFailure.usage(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static DialogSnapshot read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CliFailure.usage("a version must be a file, but " + file + " is "
                    + (Files.isDirectory(file) ? "a folder" : "not there"));
        }
        try {
            return DialogSnapshot.read(Files.readString(file));
        } catch (IllegalArgumentException | IOException e) {
            throw CliFailure.usage(file + ": " + e.getMessage(), e);
        }
    }
}
