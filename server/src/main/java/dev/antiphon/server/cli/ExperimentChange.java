package dev.antiphon.server.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code experiment start}, {@code pause}, {@code stop}, {@code ramp}: an operator changes an experiment of a running server. */
@Command
final class ExperimentChange implements Callable<Integer> {
    /** What is done. */
    enum Action {
        START("Let calls enter an experiment; one that was paused goes on with its stage."),
        PAUSE("Let no call enter an experiment for now."),
        STOP("End an experiment: no call enters it ever again, its report stays."),
        RAMP("Use more or less of an experiment's coverage, more only as long as its guardrails hold.");

        private final String description;

        Action(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean hasStage() {
            return this == START || this == RAMP;
        }
    }

    private final Action action;

    @Mixin
    private ExperimentOrder order = new ExperimentOrder();

    @Option(
            names = "--stage",
            paramLabel = "PERCENT",
            description =
                    "Of start and ramp: 1, 5, 10, 25, 50 or 100 percent of its coverage; a start's default is 100.")
    private Optional<Integer> stage = Optional.empty();

    ExperimentChange(Action action) {
        this.action = action;
    }

    @Override
    public Integer call() {
        if (stage.isPresent() && !action.hasStage()) {
            throw CliFailure.usage("--stage is for start and ramp only");
        }
        if (stage.isEmpty() && action == Action.RAMP) {
            throw CliFailure.usage("experiment ramp needs --stage");
        }
        ObjectNode body = order.body();
        stage.ifPresent(percent -> body.put("stage", percent));
        order.give(action.word(), body);
        return 0;
    }
}
