package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.server.cli.AntiphonCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole calls: simulated callers, gateway, sessions, flow, tools and emulator, over real sockets of this machine. Alone, since
 * spoken callers cut in at moments of real time.
 */
@Isolated
class ClinicCallsTest {
    private static final String[] SCRIPTS = {
        "happy", "all-at-once", "correction", "time-taken", "faq", "cancel", "escalation", "barge-in", "silence"
    };

    private static final List<String> TEXT = List.of("--all", "--text");
    private static final List<String> AUDIO = List.of("--all", "--audio");
    private static final List<String> STRICT_TEXT = List.of("--all", "--text", "--conduct", "strict");
    private static final List<String> STRICT_AUDIO = List.of("--audio", "--script", "barge-in", "--conduct", "strict");

    /** Each lasts as long as its longest call, and mostly waits: all wait at once. */
    private static final Map<List<String>, CompletableFuture<JsonNode>> REPORTS = new HashMap<>();

    @BeforeAll
    static void allAreCalled() {
        Executor each = task -> Thread.ofVirtual().start(task);
        Stream.of(TEXT, AUDIO, STRICT_TEXT, STRICT_AUDIO)
                .forEach(which -> REPORTS.put(which, CompletableFuture.supplyAsync(() -> calls(which), each)));
    }

    @Test
    void everyScriptEndsAsItExpectsAsText() {
        JsonNode report = report(TEXT);

        assertThat(report.path("as_expected").asInt())
                .as(report.toPrettyString())
                .isEqualTo(SCRIPTS.length);
        assertThat(report.path("reports")
                        .valueStream()
                        .map(call -> call.path("script").asString()))
                .containsExactlyInAnyOrder(SCRIPTS);
    }

    @Test
    void everyScriptEndsAsItExpectsAsAudio() {
        JsonNode report = report(AUDIO);

        assertThat(report.path("as_expected").asInt())
                .as(report.toPrettyString())
                .isEqualTo(SCRIPTS.length);
        assertThat(factsOf(report, "barge-in", "barged_in")).isNotEmpty();
    }

    @Test
    void strictCallsEndAsTheirScriptsExpectAsTextAndSpoken() {
        JsonNode typed = report(STRICT_TEXT);
        assertThat(typed.path("as_expected").asInt()).as(typed.toPrettyString()).isEqualTo(SCRIPTS.length);

        JsonNode spoken = report(STRICT_AUDIO);
        assertThat(spoken.path("as_expected").asInt())
                .as(spoken.toPrettyString())
                .isEqualTo(1);
        assertThat(factsOf(spoken, "barge-in", "barged_in")).isNotEmpty();
    }

    @Test
    void manyCallsAtOnceAllEndRight() {
        JsonNode report = calls(List.of("--script", "all-at-once", "--count", "50"));

        assertThat(report.path("as_expected").asInt())
                .as(report.toPrettyString())
                .isEqualTo(50);
    }

    @Test
    void aSecondCallerOfOneDatabaseIsOfferedAnotherTime(@TempDir Path folder) {
        Path file = folder.resolve("clinic");

        JsonNode report =
                calls(List.of("--script", "all-at-once", "--count", "2", "--parallel", "1", "--db", file.toString()));

        assertThat(report.path("as_expected").asInt())
                .as(report.toPrettyString())
                .isEqualTo(2);
        try (Database database = Database.inFile(file)) {
            assertThat(new Calendar(
                                    database,
                                    InstantSource.system(),
                                    ZoneId.systemDefault(),
                                    RandomGenerator.getDefault())
                            .size())
                    .isEqualTo(2);
        }
    }

    @Test
    void theFlowIsShownAsADiagram() {
        StringWriter out = new StringWriter();

        assertThat(run(out, "flow", "show")).isZero();
        assertThat(out.toString()).contains("flowchart");
    }

    private Stream<JsonNode> factsOf(JsonNode report, String script, String kind) {
        return report.path("reports")
                .valueStream()
                .filter(call -> call.path("script").asString().equals(script))
                .flatMap(call -> call.path("facts").valueStream())
                .filter(fact -> fact.path("kind").asString().equals(kind));
    }

    private static JsonNode report(List<String> which) {
        return Objects.requireNonNull(REPORTS.get(which)).join();
    }

    private static JsonNode calls(List<String> arguments) {
        StringWriter out = new StringWriter();
        run(out, Stream.concat(Stream.of("call", "--json"), arguments.stream()).toArray(String[]::new));
        return new JsonMapper().readTree(out.toString());
    }

    private static int run(StringWriter out, String... arguments) {
        return new AntiphonCommand("clinic", ClinicApp::bot)
                .writingTo(new PrintWriter(out), new PrintWriter(new StringWriter()))
                .run(arguments);
    }
}
