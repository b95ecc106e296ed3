package dev.antiphon.benchmarks.briefing;

import dev.antiphon.session.Conduct;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code antiphon bench briefing}. */
@Command(
        name = "briefing",
        mixinStandardHelpOptions = true,
        description = {
            "One spoken booking call of five minutes at the clinic in virtual time, with each way to tell the model where the",
            "call stands: tokens by kind and cost. The emulator counts the tokens, the catalogue has the prices; all simulated."
        })
public final class BriefingCommand implements Callable<Integer> {
    @Option(names = "--conduct", defaultValue = "guided", description = "guided or strict (default ${DEFAULT-VALUE})")
    private Conduct conduct = Conduct.GUIDED;

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        BriefingReport report = BriefingReport.measure(conduct);
        if (json) {
            out.println(report.json());
        } else {
            report.print(out);
        }
        out.flush();
        return 0;
    }
}
