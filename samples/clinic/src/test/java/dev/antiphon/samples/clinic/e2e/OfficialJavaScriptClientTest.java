package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.antiphon.samples.clinic.WatchedClinic;
import dev.antiphon.session.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code @openai/agents-realtime} in Node.js, with nothing but its URL changed. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class OfficialJavaScriptClientTest {
    private static final Path PROGRAMS = Path.of("src/test/node");
    private static final Path PACKAGE = PROGRAMS.resolve("node_modules/@openai/agents-realtime");
    private static final int SECONDS = 75;

    /** Without the client these tests cannot run: told as such on a developer's machine, an error in CI. */
    @BeforeEach
    void theClientIsInstalled() {
        need(nodeIsInstalled(), "Node.js is missing. Install it, for example with: apt-get install nodejs npm");
        need(
                Files.isDirectory(PACKAGE),
                "@openai/agents-realtime is missing. Run: npm ci --prefix samples/clinic/src/test/node");
    }

    @Test
    void theAgentsSdkBooksAVisitThroughTheGateway() throws Exception {
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(clinic.bot())) {
            JsonNode seen = run(
                    "book.mjs",
                    desk.realtime().toString(),
                    "I would like a check-up next Tuesday at three in the afternoon",
                    "My name is Grace Hopper",
                    "My number is 415 555 2671",
                    "Yes, please");

            assertThat(said(seen)).anySatisfy(words -> assertThat(words).contains("You're booked. Your reference is"));
            assertThat(seen.path("errors")).as(seen.toPrettyString()).isEmpty();
            assertThat(clinic.call().outcome()).isInstanceOf(Outcome.Completed.class);
            assertThat(clinic.call().bookings()).isEqualTo(1);
        }
    }

    @Test
    void theAgentsSdkHoldsATextTurnWithTheEmulator() throws Exception {
        try (ClinicDesk desk = ClinicDesk.open()) {
            JsonNode seen = run("talk.mjs", desk.model().toString(), "Hello, how are you?");

            assertThat(said(seen))
                    .isNotEmpty()
                    .allSatisfy(words -> assertThat(words).isNotBlank());
            assertThat(seen.path("errors")).as(seen.toPrettyString()).isEmpty();
            assertThat(seen.path("calls")).isEmpty();
        }
    }

    @Test
    void theAgentsSdkRunsAFunctionToolThatTheEmulatorCalls() throws Exception {
        try (ClinicDesk desk = ClinicDesk.open()) {
            JsonNode seen = run("talk.mjs", desk.model().toString(), "What is the weather in Paris?");

            assertThat(seen.path("calls").valueStream().map(JsonNode::toString))
                    .as(seen.toPrettyString())
                    .containsExactly("{\"city\":\"Paris\"}");
            assertThat(said(seen)).last().asString().contains("It is 18 degrees and sunny in Paris.");
            assertThat(seen.path("errors")).isEmpty();
        }
    }

    private static Stream<String> said(JsonNode seen) {
        return seen.path("said").valueStream().map(JsonNode::asString);
    }

    private static void need(boolean there, String otherwise) {
        if (!there && "true".equals(System.getenv("CI"))) {
            fail(otherwise);
        }
        assumeTrue(there, otherwise);
    }

    private static boolean nodeIsInstalled() {
        try {
            Process node = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return node.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs a program to its end, which must be a good one, and reads the line that it prints. */
    private static JsonNode run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", program));
        command.addAll(Arrays.asList(arguments));
        Path complaints = Files.createTempFile("node", ".err");
        Process node = new ProcessBuilder(command)
                .directory(PROGRAMS.toFile())
                .redirectError(complaints.toFile())
                .start();
        try {
            String out = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = node.waitFor(SECONDS, TimeUnit.SECONDS);
            String about = out + Files.readString(complaints);
            assertThat(ended).as(about).isTrue();
            assertThat(node.exitValue()).as(about).isZero();
            return new JsonMapper().readTree(out);
        } finally {
            node.destroyForcibly();
            Files.delete(complaints);
        }
    }
}
