package dev.antiphon.benchmarks.statistics;

import dev.antiphon.benchmarks.MeasuringCommand;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code antiphon bench statistics}. Exit status 1 when a formula does not agree, 2 when the file is not usable. */
@Command(
        name = "statistics",
        description = {
            "Computes other people's figures with the formulas of reports and router.",
            "A section for which there is no formula is named and does not count. Where nothing was checked, a figure",
            "is lacking or no number, or a tolerance is above that of the shipped file, the exit code is 1."
        })
public final class StatisticsCommand extends MeasuringCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "../shared/bench/statistics/vectors.json",
            description = "sections of vectors (default ${DEFAULT-VALUE})")
    private Path file = Path.of("../shared/bench/statistics/vectors.json");

    @Option(names = "--json", description = "print one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() {
        VectorFile vectors;
        try {
            vectors = VectorFile.read(file);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
        StatisticsReport report = new StatisticsReport(
                vectors.sections().stream().map(VectorFile.Section::check).toList());
        print(report, json);
        return report.agrees() ? 0 : 1;
    }
}
