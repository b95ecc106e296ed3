package dev.antiphon.benchmarks.chaos;

import dev.antiphon.session.Conduct;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code antiphon bench chaos}. Exit status 0 only when nothing happened that must not. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Simulated callers book at the clinic in virtual time while the emulated model fails in every way.",
            "The same seed gives the same run. Prints how the calls ended and what must never happen."
        })
public final class ChaosCommand implements Callable<Integer> {
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (calls < 1 || calls > MOST_CALLS) {
            throw new ParameterException(
                    spec.commandLine(), "--calls must be from 1 to " + MOST_CALLS + ", but was " + calls);
        }
        PrintWriter out = spec.commandLine().getOut();
        ChaosReport report;
        try (ChaosRun run = new ChaosRun(calls, seed, conduct)) {
            report = run.run(progress(spec.commandLine().getErr()));
        }
        if (json) {
            out.println(report.json());
        } else {
            report.print(out);
        }
        out.flush();
        return report.checks().passed() ? 0 : 1;
    }

    /** A line that is written over, on a terminal only. */
    private IntConsumer progress(PrintWriter err) {
        if (!Ansi.AUTO.enabled()) {
            return done -> {};
        }
        return done -> {
            if (done % 10 == 0 || done == calls) {
                err.printf("\r%d of %d calls%s", done, calls, done == calls ? System.lineSeparator() : "");
                err.flush();
            }
        };
    }
}
