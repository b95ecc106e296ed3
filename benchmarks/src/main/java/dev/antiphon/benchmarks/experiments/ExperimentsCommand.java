package dev.antiphon.benchmarks.experiments;

import dev.antiphon.benchmarks.MeasuringCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code antiphon bench experiments}. Exit status 1 when the shipped rule is wrong more often than it says. */
@Command(
        name = "experiments",
        description = {
            "Simulates experiments and tells how often their report misleads.",
            "With arms that are the same and arms that differ; how soon it answers, too, beside other rules. All figures are simulated."
        })
public final class ExperimentsCommand extends MeasuringCommand {
    @Option(
            names = "--experiments",
            defaultValue = "2000",
            description = "experiments of each kind, 20 or more (default ${DEFAULT-VALUE})")
    private int experiments = 2_000;

    @Option(
            names = "--horizon",
            defaultValue = "2000",
            description = "calls of each arm, 100 or more (default ${DEFAULT-VALUE})")
    private int horizon = 2_000;

    @Option(
            names = "--look-every",
            defaultValue = "10",
            description = "calls of each arm from one look to the next (default ${DEFAULT-VALUE})")
    private int step = 10;

    @Option(names = "--seed", defaultValue = "20261130", description = "of the randomness (default ${DEFAULT-VALUE})")
    private long seed = 20_261_130;

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() {
        if (experiments < 20) {
            throw wrong("--experiments must be 20 or more, but was " + experiments);
        }
        if (horizon < 100) {
            throw wrong("--horizon must be 100 or more, but was " + horizon);
        }
        if (step < 1) {
            throw wrong("--look-every must be 1 or more, but was " + step);
        }
        int all = experiments * ExperimentSimulation.worlds();
        ExperimentsReport report = new ExperimentSimulation(experiments, horizon, step, seed).run(done -> {
            if (done % Math.max(1, all / 200) == 0 || done == all) {
                bar(done, all, done + " of " + all + (done == all ? System.lineSeparator() : ""));
            }
        });
        print(report, json);
        return report.holds() ? 0 : 1;
    }
}
