package dev.antiphon.benchmarks.dialogs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code antiphon bench dialogs}. */
@Command(
        name = "dialogs",
        mixinStandardHelpOptions = true,
        description = {"Runs dialogues that others annotated on the dialog engine."})
public final class DialogsCommand implements Callable<Integer> {
    @Option(
            names = "--bridge",
            description = "be the engine of the bench's scripts: JSON lines on standard input and output")
    private boolean bridge;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        new DialogBridge(
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                        spec.commandLine().getOut())
                .run();
        return 0;
    }
}
