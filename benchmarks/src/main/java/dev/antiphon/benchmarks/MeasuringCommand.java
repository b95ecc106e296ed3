package dev.antiphon.benchmarks;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that measure have in common: where they print their report, their progress, and what is wrong with the options. */
public abstract class MeasuringCommand implements Callable<Integer> {
    private static final int BAR = 30;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Where the report goes. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Prints the report, as JSON or as a table. */
    protected final void print(Report report, boolean json) {
        PrintWriter out = out();
        if (json) {
            out.println(report.json());
        } else {
            report.print(out);
        }
        out.flush();
    }

    /** A line that is written over, on a terminal only. */
    protected final void progress(String line) {
        if (Ansi.AUTO.enabled()) {
            PrintWriter err = spec.commandLine().getErr();
            err.print("\r" + line);
            err.flush();
        }
    }

    /** A bar with words behind it, in place of the former one. */
    protected final void bar(int done, int of, String words) {
        int full = (int) ((long) done * BAR / of);
        progress("[" + "#".repeat(full) + " ".repeat(BAR - full) + "] " + words);
    }

    /** The command cannot run as it was called: exit status 2. */
    protected final ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** The command cannot run as it was called, with the cause: exit status 2. */
    protected final ParameterException wrong(String problem, Throwable cause) {
        return new ParameterException(spec.commandLine(), problem, cause);
    }
}
