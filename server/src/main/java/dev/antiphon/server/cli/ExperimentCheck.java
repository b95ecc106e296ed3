package dev.antiphon.server.cli;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.Metric;
import dev.antiphon.server.experiment.ExperimentFile;
import dev.antiphon.server.experiment.ExperimentProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code experiment check}: whether a file of experiments can be used. */
@Command(
        name = "check",
        description = {
            "Say whether a file of experiments can be used, and what they would do. Tiers and",
            "variants are looked for when a server starts.",
            "",
            "Exit code: 0 it can, 1 it cannot."
        })
final class ExperimentCheck implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The definitions, in YAML.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        List<Experiment> all;
        try {
            all = ExperimentFile.read(file);
        } catch (ExperimentProblem e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        all.forEach(each -> print(each, out));
        out.println("Experiments that can be used: " + all.size());
        out.flush();
        return 0;
    }

    private static void print(Experiment experiment, PrintWriter out) {
        out.println(experiment.key() + ": "
                + experiment.arms().stream().map(ExperimentCheck::arm).collect(Collectors.joining(", "))
                + "; flows "
                + (experiment.flows().isEmpty() ? "all" : String.join(", ", experiment.flows())));
        out.printf(
                Locale.ROOT,
                "  up to %.0f %% of %ss; decides by %s; %s%n",
                experiment.coverage() * 100,
                experiment.unit().name().toLowerCase(Locale.ROOT),
                experiment.goals().stream().map(Metric::word).collect(Collectors.joining(", ")),
                experiment.plan().horizon().isPresent()
                        ? "one look at " + experiment.plan().horizon().getAsLong() + " an arm"
                        : "watched without a planned end");
    }

    private static String arm(Arm arm) {
        return String.format(Locale.ROOT, "%s %.0f %%", arm.key(), arm.weight() * 100);
    }
}
