package dev.antiphon.benchmarks.briefing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Briefing;
import dev.antiphon.session.Conduct;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The comparison of docs/flows.md; its figures are those of the run that is named there. */
class BriefingReportTest {

    @ParameterizedTest
    @EnumSource
    void instructionsPerNodeCostAboutTwiceAsMuchForTheSameCall(Conduct conduct) {
        BriefingReport report = BriefingReport.measure(conduct);
        BriefingReport.Row same = row(report, Briefing.STATIC);
        BriefingReport.Row perNode = row(report, Briefing.PER_NODE);
        BriefingReport.Row items = row(report, Briefing.NODE_ITEMS);

        assertThat(same.call().talked()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
        for (String model : List.of("gpt-realtime-mini", "gpt-realtime")) {
            double cost = same.cost(model).usd().doubleValue();
            assertThat(perNode.cost(model).usd().doubleValue()).isGreaterThan(1.8 * cost);
            assertThat(items.cost(model).usd().doubleValue()).isLessThan(1.05 * cost);
        }
        assertThat(report.rows()).allSatisfy(row -> {
            assertThat(row.call().talked()).isEqualTo(same.call().talked());
            assertThat(row.call().total().inputAudioTokens())
                    .isEqualTo(same.call().total().inputAudioTokens());
        });
        assertThat(perNode.cachedShare()).isLessThan(same.cachedShare() - 0.15);
        assertPrinted(report);
    }

    private static BriefingReport.Row row(BriefingReport report, Briefing briefing) {
        return report.rows().stream()
                .filter(each -> each.briefing() == briefing)
                .findFirst()
                .orElseThrow();
    }

    private static void assertPrinted(BriefingReport report) {
        StringWriter out = new StringWriter();
        report.print(new PrintWriter(out));
        assertThat(out.toString()).startsWith("simulated: ").contains("per_node");
        JsonNode json = JsonMapper.shared().readTree(report.json());
        assertThat(json.path("results")).hasSize(Briefing.values().length).allSatisfy(row -> {
            assertThat(row.path("simulated").asBoolean()).isTrue();
            assertThat(row.at("/cost_usd/gpt-realtime").asDouble()).isPositive();
        });
    }
}
