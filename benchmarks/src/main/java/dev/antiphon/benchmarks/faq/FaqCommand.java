package dev.antiphon.benchmarks.faq;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code antiphon bench faq}. Exit status 2 when the data is missing or has another form. */
@Command(
        name = "faq",
        mixinStandardHelpOptions = true,
        description = {
            "Asks the FAQ index other people's questions and counts how often the right entry comes first, beside BM25.",
            "No model takes part; the flows ask the same index."
        })
public final class FaqCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "../shared/bench/dialogs/dev/faq-dev.jsonl.gz",
            description = "entries and queries as JSON lines, gzip or not (default ${DEFAULT-VALUE})")
    private Path file = Path.of("../shared/bench/dialogs/dev/faq-dev.jsonl.gz");

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<FaqSet> sets;
        try {
            sets = FaqSet.read(file);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        FaqReport report = FaqReport.measure(file, sets, progress(err));
        if (json) {
            out.println(report.json());
        } else {
            report.print(out);
        }
        out.flush();
        return 0;
    }

    /** A line that is written over, on a terminal only. */
    private static IntConsumer progress(PrintWriter err) {
        if (!Ansi.AUTO.enabled()) {
            return done -> {};
        }
        return done -> {
            err.printf("\r%d measurements", done);
            err.flush();
        };
    }
}
