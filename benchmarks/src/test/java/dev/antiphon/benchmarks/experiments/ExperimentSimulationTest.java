package dev.antiphon.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
    }

    @Test
    void aRuleThatMisleadsMoreOftenThanItSaysIsFound() {
        ExperimentsReport.Row bad =
                new ExperimentsReport.Row("A/A", true, "hybrid", true, 0.2, 0, 0, 100, 100);
        assertThat(new ExperimentsReport(200, 800, 50, java.util.List.of(bad)).holds())
                .isFalse();
        assertThat(REPORT.json()).contains("\"simulated\":true").contains("\"holds\":true");
    }
}
