package dev.antiphon.server.cli;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.Metric;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.Bot;
import dev.antiphon.server.experiment.ExperimentFile;
import dev.antiphon.server.experiment.ExperimentProblem;
import dev.antiphon.server.experiment.Offering;
import dev.antiphon.testkit.emulator.EmulatedModels;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code experiment check}: whether a file of experiments can be used. */
@Command(
        name = "check",
        description = {
            "Say whether a file of experiments can be used.",
            "Prints what they would do. Flows and variants must be those of this bot; tiers, voices and efforts",
            "those of the models that 'demo' with the same options would use.",
            "",
            "Exit code: 0 it can, 1 it cannot."
        })
final class ExperimentCheck implements Callable<Integer> {
    private static final URI NOWHERE = URI.create("ws://127.0.0.1:1/");

    private final AntiphonCommand.Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Parameters(paramLabel = "FILE", description = "The definitions, in YAML.")
    private Path file = Path.of("");

    ExperimentCheck(AntiphonCommand.Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        List<Experiment> all;
        List<String> remarks = new ArrayList<>();
        try {
            all = ExperimentFile.read(file);
            Offering offered = offering();
            all.forEach(each -> remarks.addAll(offered.check(each)));
        } catch (ExperimentProblem e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        all.forEach(each -> print(each, out));
        remarks.forEach(remark -> out.println("Note: " + remark + "."));
        out.println("Experiments that can be used: " + all.size());
        out.flush();
        return 0;
    }

    private Offering offering() {
        ModelChoice choice = models.chooseByKey(System.getenv(), LocalDate.now(ZoneOffset.UTC));
        TierLadder ladder = switch (choice) {
            case ModelChoice.Emulated ignored -> EmulatedModels.ladder(NOWHERE);
            case ModelChoice.Service service -> service.ladder();
        };
        Bot bot = application.bot(new Storage.PerCall());
        return new Offering(ladder, bot.variants().keySet(), bot.flows());
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
