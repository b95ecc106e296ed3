package dev.antiphon.benchmarks.router;

import dev.antiphon.benchmarks.MeasuringCommand;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code antiphon bench router}. Exit status 1 when a figure differs from the published one. */
@Command(
        name = "router",
        description = {
            "Simulates the tier router, and puts what was published beside it.",
            "The classes are those that run it. No calls and no models: sessions that are completed at a known rate."
        })
public final class RouterCommand extends MeasuringCommand {
    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1500",
            description = "of each row (default ${DEFAULT-VALUE})")
    private int runs = 1_500;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "the same one gives the same figures (default ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() {
        if (runs < Estimate.BATCHES) {
            throw wrong("--runs must be at least " + Estimate.BATCHES + ", but was " + runs);
        }
        RouterReport report = new RouterReport(seed, runs, new PublishedTables(seed, runs, this::show).all());
        progress(" ".repeat(60) + "\r");
        print(report, json);
        return report.agrees() ? 0 : 1;
    }

    private void show(String part, int done, int of) {
        bar(done, of, String.format(Locale.ROOT, "%3d %% %-12s", 100 * done / of, part));
    }
}
