package dev.antiphon.benchmarks.chaos;

import dev.antiphon.benchmarks.MeasuringCommand;
import dev.antiphon.session.Conduct;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code antiphon bench chaos}. Exit status 0 only when nothing happened that must not. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Simulated callers book at the clinic in virtual time while the emulated model fails in every way.",
            "The same seed gives the same run. Prints how the calls ended and what must never happen."
        })
public final class ChaosCommand extends MeasuringCommand {
    private static final int MOST_CALLS = 10_000_000;

    @Option(names = "--calls", defaultValue = "1000", description = "how many calls (default ${DEFAULT-VALUE})")
    private int calls = 1000;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "of everything that is left to chance (default ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--conduct",
            defaultValue = "guided",
            description = "guided or strict, of all calls (default ${DEFAULT-VALUE})")
    private Conduct conduct = Conduct.GUIDED;

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() {
        if (calls < 1 || calls > MOST_CALLS) {
            throw wrong("--calls must be from 1 to " + MOST_CALLS + ", but was " + calls);
        }
        ChaosReport report;
        try (ChaosRun run = new ChaosRun(calls, seed, conduct)) {
            report = run.run(this::ended);
        }
        print(report, json);
        return report.checks().passed() ? 0 : 1;
    }

    private void ended(int done) {
        if (done % 10 == 0 || done == calls) {
            progress(done + " of " + calls + " calls" + (done == calls ? System.lineSeparator() : ""));
        }
    }
}
