package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.server.cli.AntiphonCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
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

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyScriptEndsAsItExpectsAsText() {
        JsonNode report = calls("--all", "--text");

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
        JsonNode report = calls("--all", "--audio");

        assertThat(report.path("as_expected").asInt())
                .as(report.toPrettyString())
                .isEqualTo(SCRIPTS.length);
        assertThat(factsOf(report, "barge-in", "barged_in")).isNotEmpty();
    }

    @Test
    void strictCallsEndAsTheirScriptsExpectAsTextAndSpoken() {
        JsonNode typed = calls("--all", "--text", "--conduct", "strict");
        assertThat(typed.path("as_expected").asInt()).as(typed.toPrettyString()).isEqualTo(SCRIPTS.length);

        JsonNode spoken = calls("--audio", "--script", "barge-in", "--conduct", "strict");
        assertThat(spoken.path("as_expected").asInt())
                .as(spoken.toPrettyString())
                .isEqualTo(1);
        assertThat(factsOf(spoken, "barge-in", "barged_in")).isNotEmpty();
    }

    @Test
    void manyCallsAtOnceAllEndRight() {
        JsonNode report = calls("--script", "all-at-once", "--count", "50");

        assertThat(report.path("as_expected").asInt())
                .as(report.toPrettyString())
                .isEqualTo(50);
    }

    @Test
    void aSecondCallerOfOneDatabaseIsOfferedAnotherTime(@TempDir Path folder) {
        Path file = folder.resolve("clinic");

        JsonNode report = calls("--script", "all-at-once", "--count", "2", "--parallel", "1", "--db", file.toString());

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
        assertThat(run("flow", "show")).isZero();
        assertThat(out.toString()).contains("flowchart");
    }

    private Stream<JsonNode> factsOf(JsonNode report, String script, String kind) {
        return report.path("reports")
                .valueStream()
                .filter(call -> call.path("script").asString().equals(script))
                .flatMap(call -> call.path("facts").valueStream())
                .filter(fact -> fact.path("kind").asString().equals(kind));
    }

    private JsonNode calls(String... arguments) {
        out.getBuffer().setLength(0);
        String[] all = Stream.concat(Stream.of("call", "--json"), Arrays.stream(arguments))
                .toArray(String[]::new);
        run(all);
        return new JsonMapper().readTree(out.toString());
    }

    private int run(String... arguments) {
        return new AntiphonCommand("clinic", ClinicApp::bot)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(arguments);
    }
}
