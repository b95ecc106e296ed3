package dev.antiphon.server.cli;

import dev.antiphon.experiment.Assigner;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.experiment.ExperimentFile;
import dev.antiphon.server.experiment.ExperimentProblem;
import dev.antiphon.server.experiment.ExperimentSettings;
import dev.antiphon.server.experiment.Offering;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option that says in which experiments calls take part. */
final class ExperimentOptions {
    @Option(
            names = "--experiments",
            paramLabel = "FILE",
            description = {
                "Experiments in YAML, see docs/experiments.md. None runs before 'experiment start' says so.",
                "Callers are hashed with " + StoredCalls.KEY
                        + ", else with the key in .antiphon/unit.key, as stored calls are."
            })
    private Optional<Path> file = Optional.empty();

    /**
     * With the experiments, kept in the server's store when it has one.
     *
     * @throws CliFailure when they cannot be run with this bot on the settings' ladder
     */
    ServerSettings applyTo(ServerSettings settings, Bot bot, Map<String, String> environment) {
        if (file.isEmpty()) {
            return settings;
        }
        try {
            List<Experiment> all = ExperimentFile.read(file.get());
            boolean named = all.stream().anyMatch(each -> !each.flows().isEmpty());
            Offering offered = new Offering(settings.ladder(), bot.variants().keySet(), named ? bot.flows() : Set.of());
            all.forEach(offered::check);
            return settings.withExperiments(
                    ExperimentSettings.inMemory(all, Assigner.of(StoredCalls.unitKey(environment))));
        } catch (ExperimentProblem e) {
            throw CliFailure.usage(String.valueOf(e.getMessage()), e);
        }
    }

    /** Their keys. */
    Set<String> keys() {
        try {
            return file.stream()
                    .flatMap(path -> ExperimentFile.read(path).stream())
                    .map(Experiment::key)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (ExperimentProblem e) {
            throw CliFailure.usage(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether there are any. */
    boolean isGiven() {
        return file.isPresent();
    }

    /** For people. */
    String description() {
        return file.map(path -> path + "; 'antiphon experiment list' shows them")
                .orElse("none");
    }
}
