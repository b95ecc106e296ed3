package dev.antiphon.benchmarks.jmh;

import dev.antiphon.benchmarks.MeasuringCommand;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code antiphon bench compare}. */
@Command(
        name = "compare",
        description = {
            "Compares JMH results from before and after a change; ends with 1 when one got worse.",
            "The results come from 'bench jmh NAME -prof gc -rf json -rff FILE', as many runs of each as you like. A loss is a",
            "time that is longer by more than the tolerance and by Welch's test (99 %%), or an operation that allocates 2 %% and",
            "16 bytes more. '.ci/compare BASE' builds and measures two commits in turn, and then compares them."
        })
public final class CompareCommand extends MeasuringCommand {
    @Option(
            names = "--before",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "results from before the change, or a baseline that was kept; comma-separated")
    private List<Path> before = List.of();

    @Option(
            names = "--after",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "results from after the change, comma-separated")
    private List<Path> after = List.of();

    @Option(
            names = "--tolerance",
            defaultValue = "0.05",
            paramLabel = "SHARE",
            description = "how much longer an operation may take (default ${DEFAULT-VALUE})")
    private double tolerance = 0.05;

    @Option(
            names = "--keep",
            paramLabel = "FILE",
            description = "write what counts of the results after the change into this file, as a baseline for later")
    private Optional<Path> keep = Optional.empty();

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() {
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw wrong("--tolerance must be from 0 to below 1, but was " + tolerance);
        }
        CompareReport report = CompareReport.of(read(before), read(after), tolerance);
        keep.ifPresent(this::keep);
        print(report, json);
        return report.hasLosses() ? 1 : 0;
    }

    private void keep(Path baseline) {
        try {
            JmhResults.keep(after, baseline);
        } catch (IOException unwritable) {
            throw wrong("the baseline could not be written to " + baseline, unwritable);
        }
    }

    private JmhResults read(List<Path> files) {
        try {
            return JmhResults.of(files);
        } catch (IOException unreadable) {
            String problem = unreadable instanceof NoSuchFileException missing
                    ? "there is no file " + missing.getFile()
                    : String.valueOf(unreadable.getMessage());
            throw wrong(problem, unreadable);
        }
    }
}
