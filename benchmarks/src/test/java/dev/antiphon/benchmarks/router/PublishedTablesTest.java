package dev.antiphon.benchmarks.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short {@code bench router}: few runs, so only what is far off shows. */
class PublishedTablesTest {
    private static final int RUNS = 100;

    private static PublishedTables tables(int runs) {
        return new PublishedTables(4, runs, (part, done, of) -> assertThat(done).isBetween(1, of));
    }

    private static void agree(List<Compared> figures) {
        assertThat(figures)
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.agrees())
                        .as(figure.section() + ", " + figure.name() + ": published " + figure.published() + ", ours "
                                + figure.ours())
                        .isTrue());
    }

    @Test
    void theDetectorIsAsQuickAndAsQuietAsPublished() {
        agree(tables(RUNS).thresholds());
        agree(tables(RUNS).baselines());
    }

    @Test
    void trialsTakeAsManyProbesAsPublished() {
        agree(tables(1_000).trials());
    }

    @Test
    void theWholeRouterDoesWhatWasPublishedOfIt() {
        agree(tables(3 * Estimate.BATCHES).whole());
    }

    @Test
    void aFigureThatIsFarOffDiffersAndTheReportSaysThatAllIsSimulated() {
        Compared off = new Compared("router", "share", "0.76", 0.002, new Estimate(0.80, 0.004));
        Compared unpublished = new Compared("router", "net", "", 0.002, new Estimate(15, 0.004));
        Compared near = new Compared("router", "net", "15.26", 0.002, new Estimate(15.27, 0.004));
        assertThat(List.of(off.agrees(), unpublished.agrees(), near.agrees())).containsExactly(false, true, true);
        RouterReport report = new RouterReport(1, 40, List.of(off, unpublished, near));
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text, true));
        assertThat(text.toString()).startsWith("Simulated: ").contains("DIFFERS by", "1 of 2 figures agree");
        assertThat(report.agrees()).isFalse();
        assertThat(report.json()).contains("\"simulated\":true", "\"agrees\":false");
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        assertThat(tables(RUNS).trials()).isEqualTo(tables(RUNS).trials());
    }
}
