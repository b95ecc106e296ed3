package dev.antiphon.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A short run of {@code antiphon bench experiments}. */
class ExperimentSimulationTest {
    private static final ExperimentsReport REPORT = new ExperimentSimulation(200, 800, 50, 7).run(done -> {});

    private static ExperimentsReport.Row row(String world, String rule) {
        return REPORT.rows().stream()
                .filter(row -> row.world().startsWith(world) && row.rule().startsWith(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoLooksAllTheTimeIsMisledByOtherRulesAndNotByTheShippedOne() {
        assertThat(REPORT.holds()).isTrue();
        assertThat(row("A/A, completion", "hybrid .01").answered()).isLessThan(REPORT.limit());
        assertThat(row("A/A, completion", "hybrid, two").answered()).isLessThan(REPORT.limit());
        assertThat(row("A/A, cost", "hybrid").answered()).isLessThan(REPORT.limit());
        assertThat(row("A/A, completion", "naive").answered()).isGreaterThan(0.12);
        assertThat(row("A/A, completion", "Bayes").answered()).isGreaterThan(0.2);
    }

    @Test
    void whatIsThereIsFoundAndALargeDropSoon() {
        assertThat(row("85 → 90", "hybrid").right()).isGreaterThan(0.7);
        assertThat(row("85 → 70", "hybrid").right()).isGreaterThan(0.98);
        assertThat(row("85 → 70", "hybrid").medianStop()).isLessThan(400);
        assertThat(row("cost per", "hybrid").right()).isGreaterThan(0.9);
        assertThat(row("cost per", "naive").right()).isGreaterThan(0.9);
    }

    @Test
    void aRuleThatMisleadsMoreOftenThanItSaysIsFound() {
        ExperimentsReport.Row bad = new ExperimentsReport.Row("A/A", true, "hybrid", true, 0.2, 0, 0, 100, 100);
        assertThat(new ExperimentsReport(200, 800, 50, List.of(bad)).holds()).isFalse();
        assertThat(REPORT.json()).contains("\"simulated\":true").contains("\"holds\":true");
    }

    @Test
    void theCommandPrintsItsTableAndSaysThatItIsSimulated() {
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new ExperimentsCommand()).setOut(new PrintWriter(out));
        assertThat(command.execute("--experiments", "20", "--horizon", "100", "--look-every", "50"))
                .isZero();
        assertThat(out.toString())
                .contains("Simulated: 20 experiments of each kind")
                .contains("Holds:");
        assertThat(command.setErr(new PrintWriter(out)).execute("--experiments", "3"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("--experiments must be 20 or more, but was 3");
    }
}
