package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.model.Allowance;
import dev.antiphon.model.Money;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.server.ops.ExportedMetrics;
import dev.antiphon.server.ops.PromQuery;
import dev.antiphon.server.ops.TroubleFacts;
import dev.antiphon.spend.Cap;
import dev.antiphon.spend.SpendMemory;
import dev.antiphon.spend.SpendPlan;
import dev.antiphon.spend.SpendPolicy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The boards and alerts of {@code samples/ops} read only what is exported: each metric and label is held against the scrape of a
 * server that has just answered a call on the emulator, and of the meters of trouble.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OpsSamplesTest {
    private static final Path OPS = Stream.of(Path.of("samples", "ops"), Path.of("..", "samples", "ops"))
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow();
    private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?([a-z_]+)\\s*}}");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");
    private static final Set<String> BOARDS =
            Set.of("now.json", "flow.json", "latency.json", "cost.json", "router.json", "experiment.json");

    private final ExportedMetrics exported = new ExportedMetrics();

    /** One expression, and the labels that its legend or summary shows. */
    private record Used(String where, String expression, Set<String> shown) {}

    @BeforeAll
    void aCallIsAnsweredAndScraped() throws Exception {
        Cap cap = new Cap(Money.usd("5"));
        SpendPolicy policy = SpendPolicy.none()
                .withPerDay(cap, SpendPolicy.AtDayCap.LOWEST_TIER)
                .withPerExperiment(Map.of("voice", cap));
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withSpend(new SpendPlan(policy, SpendMemory.none()))
                        .withAdmission(
                                AdmissionSettings.defaults().withAllowance(Allowance.UNLIMITED.withSessions(9))));
                RealtimeClient client = RealtimeClient.connect(desk.realtime())) {
            client.next("response.done");
            exported.with(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(desk.http("/metrics")).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
            assertThat(exported.of("voice_session_active")).isPresent();
        }
        exported.with(TroubleFacts.scraped());
    }

    private static List<Used> ofBoards() throws IOException {
        List<Used> all = new ArrayList<>();
        for (String board : BOARDS) {
            JsonNode json = JsonMapper.shared()
                    .readTree(Files.readString(OPS.resolve("dashboards").resolve(board)));
            for (JsonNode panel : json.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    all.add(new Used(
                            board + ": " + panel.path("title").asString(""),
                            target.path("expr").asString(""),
                            shown(target.path("legendFormat").asString(""))));
                }
            }
        }
        return all;
    }

    private static List<Used> ofAlerts() throws IOException {
        List<Used> all = new ArrayList<>();
        JsonNode rules = YAMLMapper.shared()
                .readTree(Files.readString(OPS.resolve("alerts.yml")))
                .at("/groups/0/rules");
        rules.forEach(rule -> all.add(new Used(
                rule.path("alert").asString(""),
                rule.path("expr").asString(""),
                shown(rule.at("/annotations/summary").asString("")))));
        return all;
    }

    private static Set<String> shown(String text) {
        Set<String> names = new HashSet<>();
        Matcher matcher = SHOWN.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @Test
    void everyMetricAndLabelOfABoardIsExported() throws IOException {
        List<Used> used = ofBoards();

        assertThat(used).hasSizeGreaterThan(50);
        assertThat(used).allSatisfy(this::isExported);
    }

    @Test
    void everyMetricAndLabelOfAnAlertIsExported() throws IOException {
        List<Used> used = ofAlerts();

        assertThat(used).hasSizeGreaterThan(8);
        assertThat(used).allSatisfy(this::isExported);
    }

    private void isExported(Used used) {
        PromQuery query = PromQuery.of(used.expression());
        Set<String> known = new HashSet<>();
        assertThat(query.selected()).as(used.where()).isNotEmpty();
        query.selected().forEach((metric, labels) -> {
            assertThat(exported.of(metric)).as(used.where() + ": " + metric).isPresent();
            Set<String> has = exported.of(metric).orElseThrow();
            assertThat(has).as(used.where() + ": labels of " + metric).containsAll(labels);
            known.addAll(has);
        });
        assertThat(known).as(used.where() + ": labels of groups").containsAll(query.grouped());
        assertThat(known).as(used.where() + ": labels that are shown").containsAll(used.shown());
    }

    @Test
    void prometheusIsToldAnotherPortThanTheConsoles() throws IOException {
        String readme = Files.readString(OPS.resolve("README.md"));
        String consoles = "127.0.0.1:"
                + OperatorSettings.withPassword("a password for tests").port();

        assertThat(readme).contains("--web.listen-address=127.0.0.1:9099", "`http://127.0.0.1:9099`");
        assertThat(readme).doesNotContain(consoles);
    }

    @Test
    void whatIsChosenFromIsExported() throws IOException {
        for (String board : BOARDS) {
            Matcher values = LABEL_VALUES.matcher(
                    Files.readString(OPS.resolve("dashboards").resolve(board)));
            while (values.find()) {
                assertThat(exported.of(values.group(1)).orElseThrow()).as(board).contains(values.group(2));
            }
        }
    }

    @Test
    void everyAlertHasASeverityAndASentence() throws IOException {
        JsonNode rules = YAMLMapper.shared()
                .readTree(Files.readString(OPS.resolve("alerts.yml")))
                .at("/groups/0/rules");

        assertThat(rules).isNotEmpty();
        rules.forEach(rule -> {
            assertThat(rule.at("/labels/severity").asString("")).isIn("page", "ticket");
            assertThat(rule.at("/annotations/summary").asString("")).isNotBlank();
        });
    }

    @Test
    void theBucketsThatBoardsReadExist() throws IOException {
        assertThat(TroubleFacts.scraped())
                .contains("voice_turn_latency_seconds_bucket{")
                .containsPattern("voice_turn_latency_seconds_bucket\\{[^}]*le=\"1.5\"")
                .containsPattern("voice_turn_bargein_stop_seconds_bucket\\{[^}]*le=\"0.3\"");
        assertThat(List.of(".3", ".5", ".8", "1", "1.2", "1.5", "2", "3", "5", "8"))
                .allSatisfy(bucket -> assertThat(TroubleFacts.scraped())
                        .containsPattern(
                                "voice_turn_latency_seconds_bucket\\{[^}]*le=\"" + Double.parseDouble(bucket) + "\""));
    }

    @Test
    void aMistakeInAnExpressionIsSeen() {
        assertThatIllegalArgumentException().isThrownBy(() -> PromQuery.of("sum(rate(a[5m])"));
        assertThatIllegalArgumentException().isThrownBy(() -> PromQuery.of("summ(rate(a[5m]))"));
        PromQuery query = PromQuery.of("sum by (le, x) (rate(a_bucket{t=~\"$t\", u!=\"1\"}[5m])) / on (x) b");
        assertThat(query.selected()).isEqualTo(Map.of("a_bucket", Set.of("t", "u"), "b", Set.of()));
        assertThat(query.grouped()).containsExactlyInAnyOrder("le", "x");
    }
}
