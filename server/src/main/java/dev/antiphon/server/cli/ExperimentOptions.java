package dev.antiphon.server.cli;

import dev.antiphon.experiment.Assigner;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.experiment.ExperimentFile;
import dev.antiphon.server.experiment.ExperimentProblem;
import dev.antiphon.server.experiment.ExperimentSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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

    /** With the experiments, kept in the server's store when it has one. */
    ServerSettings applyTo(ServerSettings settings, Map<String, String> environment) {
        if (file.isEmpty()) {
            return settings;
        }
        try {
            return settings.withExperiments(ExperimentSettings.inMemory(
                    ExperimentFile.read(file.get()), Assigner.of(StoredCalls.unitKey(environment))));
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
