package dev.antiphon.benchmarks.briefing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Briefing;
import dev.antiphon.session.Conduct;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        Map<Briefing, BriefingReport.Row> rows =
                report.rows().stream().collect(Collectors.toMap(BriefingReport.Row::briefing, Function.identity()));
        BriefingReport.Row same = rows.get(Briefing.STATIC);

        assertThat(same.call().talked()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
        for (String model : List.of("gpt-realtime-mini", "gpt-realtime")) {
            double cost = same.cost(model).usd().doubleValue();
            assertThat(rows.get(Briefing.PER_NODE).cost(model).usd().doubleValue()).isGreaterThan(1.8 * cost);
            assertThat(rows.get(Briefing.NODE_ITEMS).cost(model).usd().doubleValue()).isLessThan(1.05 * cost);
        }
        assertThat(report.rows()).allSatisfy(row -> {
            assertThat(row.call().talked()).isEqualTo(same.call().talked());
            assertThat(row.call().total().inputAudioTokens())
                    .isEqualTo(same.call().total().inputAudioTokens());
        });
        assertThat(rows.get(Briefing.PER_NODE).cachedShare()).isLessThan(same.cachedShare() - 0.15);
        assertPrinted(report);
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
