package dev.antiphon.benchmarks.tools;

import dev.antiphon.benchmarks.MeasuringCommand;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code antiphon bench tools}. */
@Command(
        name = "tools",
        description = {
            "Measures how long calls of tools take, beside others that hang.",
            "Calls of a tool that takes no time, at a steady rate by many sessions: from the call to its outcome, alone and",
            "beside calls of another tool that hang, and the memory that those take."
        })
public final class ToolsCommand extends MeasuringCommand {
    @Option(names = "--sessions", defaultValue = "1000", description = "who calls (default ${DEFAULT-VALUE})")
    private int sessions = 1_000;

    @Option(names = "--rate", defaultValue = "500", description = "calls a second (default ${DEFAULT-VALUE})")
    private int rate = 500;

    @Option(names = "--hung", defaultValue = "10000", description = "calls that hang (default ${DEFAULT-VALUE})")
    private int hung = 10_000;

    @Option(names = "--seconds", defaultValue = "20", description = "of each measurement (default ${DEFAULT-VALUE})")
    private int seconds = 20;

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        atLeastOne("--sessions", sessions);
        atLeastOne("--rate", rate);
        atLeastOne("--hung", hung);
        atLeastOne("--seconds", seconds);
        Duration time = Duration.ofSeconds(seconds);
        try (ToolsMeasure measure = new ToolsMeasure(sessions, rate, hung);
                SessionsMeasure calls = new SessionsMeasure(sessions, measure.pool())) {
            progress("warming up …");
            measure.measured(time);
            calls.measured(time, rate);
            progress("alone …      ");
            ToolsReport.Row alone = measure.measured(time);
            ToolsReport.Row session = calls.measured(time, rate);
            long bytes = measure.hang();
            progress("beside " + hung + " that hang …");
            ToolsReport.Row beside = measure.measured(time);
            ToolsReport.Row sessionBeside = calls.measured(time, rate);
            progress(" ".repeat(40) + "\r");
            print(new ToolsReport(sessions, rate, hung, alone, beside, session, sessionBeside, bytes), json);
        }
        return 0;
    }

    private void atLeastOne(String option, int value) {
        if (value < 1) {
            throw wrong(option + " must be 1 or more, but was " + value);
        }
    }
}
