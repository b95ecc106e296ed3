package dev.antiphon.benchmarks.briefing;

import dev.antiphon.benchmarks.MeasuringCommand;
import dev.antiphon.session.Conduct;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code antiphon bench briefing}. */
@Command(
        name = "briefing",
        description = {
            "Compares the ways to tell the model where a call stands, in tokens and cost.",
            "One spoken booking call of five minutes at the clinic in virtual time with each of them: tokens by kind and cost. The emulator counts the tokens, the catalogue has the prices; all simulated."
        })
public final class BriefingCommand extends MeasuringCommand {
    @Option(names = "--conduct", defaultValue = "guided", description = "guided or strict (default ${DEFAULT-VALUE})")
    private Conduct conduct = Conduct.GUIDED;

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() {
        print(BriefingReport.measure(conduct), json);
        return 0;
    }
}
