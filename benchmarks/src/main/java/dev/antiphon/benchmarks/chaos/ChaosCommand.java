package dev.antiphon.benchmarks.chaos;

import dev.antiphon.benchmarks.MeasuringCommand;
import dev.antiphon.benchmarks.chaos.tools.ToolChaosReport;
import dev.antiphon.benchmarks.chaos.tools.ToolChaosRun;
import dev.antiphon.session.Conduct;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code antiphon bench chaos}. Exit status 0 only when nothing happened that must not. */
@Command(
        name = "chaos",
        description = {
            "Lets simulated callers book in virtual time while everything goes wrong.",
            "What goes wrong is the emulated model (--plan lines), or what tools and effects do (--plan tools).",
            "The same seed gives the same run. Prints how the calls ended and what must never happen."
        })
public final class ChaosCommand extends MeasuringCommand {
    /** What goes wrong. */
    enum Plan {
        LINES,
        TOOLS
    }

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

    @Option(
            names = "--plan",
            defaultValue = "lines",
            description = "what goes wrong: lines, the models' (at the clinic); or tools (default ${DEFAULT-VALUE})")
    private Plan plan = Plan.LINES;

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() {
        if (calls < 1 || calls > MOST_CALLS) {
            throw wrong("--calls must be from 1 to " + MOST_CALLS + ", but was " + calls);
        }
        return switch (plan) {
            case LINES -> lines();
            case TOOLS -> tools();
        };
    }

    private int lines() {
        ChaosReport report;
        try (ChaosRun run = new ChaosRun(calls, seed, conduct)) {
            report = run.run(this::ended);
        }
        print(report, json);
        return report.checks().passed() ? 0 : 1;
    }

    private int tools() {
        ToolChaosReport report;
        try (ToolChaosRun run = new ToolChaosRun(calls, seed, conduct)) {
            report = run.run(this::ended);
        }
        print(report, json);
        return report.passed() ? 0 : 1;
    }

    private void ended(int done) {
        if (done % 10 == 0 || done == calls) {
            progress(done + " of " + calls + " calls" + (done == calls ? System.lineSeparator() : ""));
        }
    }
}
