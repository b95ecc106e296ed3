package dev.antiphon.benchmarks.faq;

import dev.antiphon.benchmarks.MeasuringCommand;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code antiphon bench faq}. Exit status 2 when the data is missing or has another form. */
@Command(
        name = "faq",
        description = {
            "Counts how often the FAQ index finds the right answer to other people's questions.",
            "The right entry must come first; beside BM25. No model takes part; the flows ask the same index."
        })
public final class FaqCommand extends MeasuringCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "../shared/bench/dialogs/dev/faq-dev.jsonl.gz",
            description = "entries and queries as JSON lines, gzip or not (default ${DEFAULT-VALUE})")
    private Path file = Path.of("../shared/bench/dialogs/dev/faq-dev.jsonl.gz");

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() {
        List<FaqSet> sets;
        try {
            sets = FaqSet.read(file);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
        print(FaqReport.measure(file, sets, done -> progress(done + " measurements")), json);
        return 0;
    }
}
