package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.WebSocketEndpoint.Decision;
import dev.antiphon.connection.WebSocketEndpoint.Upgrade;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.connection.WebSocketListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EmulatorEndpointTest {
    private static final Map<String, String> KEY = Map.of("authorization", "Bearer sk-test-key-1234");
    private static final Map<String, String> MODEL = Map.of("model", "gpt-realtime");

    private final VirtualTimeline timeline = VirtualTimeline.startingAt(Instant.parse("2026-11-20T12:00:00Z"));
    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();

    @ParameterizedTest
    @CsvSource(textBlock = """
                    none, '',             gpt-realtime, ,                        3000, invalid_request_error
                    key,  '',             gpt-realtime, invalid_api_key,         3000, invalid_request_error.invalid_api_key
                    key,  sk-good,        '',           missing_model,           4000, invalid_request_error.missing_model
                    key,  sk-good,        gpt-5,        invalid_model,           4000, invalid_request_error.invalid_model
                    key,  sk-good,        bad-realtime, invalid_model,           4000, invalid_request_error.invalid_model
                    beta, sk-good,        gpt-realtime, beta_api_shape_disabled, 4000, invalid_request_error.beta_api_shape_disabled
                    """)
    void answersTheUpgradeThenSaysWhyItWillNotServeAndCloses(
            String kind, String key, String model, String code, int closeCode, String reason) {
        EmulatorSettings settings = settings().withAcceptedKeys("sk-good"::equals);
        Map<String, String> headers = switch (kind) {
            case "none" -> Map.of();
            case "beta" -> Map.of("authorization", "Bearer " + key, "openai-beta", "realtime=v1");
            default -> Map.of("authorization", "Bearer " + (key.isEmpty() ? "sk-other" : key));
        };
        FakeLink link = open(settings, new Upgrade("/v1/realtime", query(model), headers, List.of()));
        assertThat(link.types()).containsExactly("error");
        assertThat(link.events.getFirst().at("/error/code").asString("")).isEqualTo(code == null ? "" : code);
        assertThat(link.closes).containsExactly(closeCode + " " + reason);
    }

    @Test
    void aRejectedConnectionLooksLikeTheTraces() {
        for (String name : List.of("rejected-beta-header", "rejected-invalid-model")) {
            List<JsonNode> trace = SharedProtocol.trace("ga", name);
            boolean beta = name.contains("beta");
            Map<String, String> headers =
                    beta ? Map.of("authorization", "Bearer k", "openai-beta", "realtime=v1") : KEY;
            FakeLink link = open(
                    settings(), new Upgrade("/v1/realtime", query(beta ? "gpt-realtime" : "nope"), headers, List.of()));
            assertThat(link.events.getFirst().path("error"))
                    .isEqualTo(trace.getFirst().at("/event/error"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GA,       /v1/realtime,        '',          false",
        "AS_ASKED, /v1/realtime,        '',          false",
        "AS_ASKED, /v1/realtime,        realtime=v1, true",
        "AS_ASKED, /openai/realtime,    '',          true",
        "AS_ASKED, /openai/v1/realtime, '',          false",
        "GATEWAY,  /v1/realtime,        '',          true",
        "GA,       /v1/realtime,        realtime=v1, false"
    })
    void speaksTheDialectThatIsServedAndAskedFor(ServedDialects dialects, String path, String asked, boolean beta) {
        String name = path.equals("/openai/realtime") ? "deployment" : "model";
        FakeLink link = open(
                settings().withDialects(dialects),
                new Upgrade(
                        path,
                        Map.of(name, "gpt-realtime"),
                        Map.of("authorization", "Bearer k", "openai-beta", asked),
                        List.of()),
                beta ? "beta" : "ga");
        JsonNode session = link.events.getFirst().path("session");
        assertThat(session.has("modalities")).isEqualTo(beta);
        assertThat(session.path("model").asString("")).isEqualTo("gpt-realtime");
        assertThat(link.types())
                .isEqualTo(beta ? List.of("session.created", "conversation.created") : List.of("session.created"));
    }

    @ParameterizedTest
    @CsvSource({"header", "api-key", "query", "subprotocol", "azure-path"})
    void takesTheKeyFromWhereverClientsPutIt(String where) {
        Upgrade upgrade = switch (where) {
            case "api-key" -> new Upgrade("/v1/realtime", MODEL, Map.of("api-key", "k"), List.of());
            case "query" ->
                new Upgrade("/v1/realtime", Map.of("model", "gpt-realtime", "api-key", "k"), Map.of(), List.of());
            case "subprotocol" ->
                new Upgrade("/v1/realtime", MODEL, Map.of(), List.of("realtime", "openai-insecure-api-key.k"));
            case "azure-path" -> new Upgrade("/openai/v1/realtime", MODEL, KEY, List.of());
            default -> new Upgrade("/v1/realtime", MODEL, KEY, List.of());
        };
        assertThat(open(settings(), upgrade).types()).containsExactly("session.created");
        Decision decision = new EmulatorEndpoint(settings(), () -> timeline).onUpgrade(upgrade);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Accept.class,
                        accept -> assertThat(accept.subprotocol())
                                .isEqualTo(where.equals("subprotocol") ? Optional.of("realtime") : Optional.empty()));
    }

    @Test
    void otherPathsAndScriptedRefusalsAreHttpErrors() {
        EmulatorEndpoint endpoint = new EmulatorEndpoint(
                settings().withFaults(FaultScript.of(new Fault.RefuseUpgrade(429, "slow down"))), () -> timeline);
        assertThat(endpoint.onUpgrade(new Upgrade("/v2", MODEL, KEY, List.of())))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refuse -> assertThat(refuse.httpStatus()).isEqualTo(404));
        assertThat(endpoint.onUpgrade(new Upgrade("/v1/realtime", MODEL, KEY, List.of())))
                .isEqualTo(new Decision.Refuse(429, "slow down"));
    }

    @Test
    void framesTravelBothWays() {
        FakeLink link = open(settings(), new Upgrade("/v1/realtime", MODEL, KEY, List.of()));
        link.text("{\"type\":\"response.create\"}");
        timeline.runUntilIdle();
        assertThat(link.types()).contains("response.created", "response.output_audio.delta", "response.done");
    }

    @Test
    void framesThatTheLinkCannotTakeYetAreSentLaterInOrder() {
        FakeLink link = open(settings(), new Upgrade("/v1/realtime", MODEL, KEY, List.of()));
        link.full = true;
        link.text("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\"}}");
        link.text("{\"type\":\"input_audio_buffer.clear\"}");
        timeline.advance(Duration.ofMillis(50));
        assertThat(link.types()).containsExactly("session.created");
        link.full = false;
        timeline.advance(Duration.ofMillis(50));
        assertThat(link.types()).containsExactly("session.created", "session.updated", "input_audio_buffer.cleared");
    }

    @Test
    void aClientThatHangsUpEndsItsSession() {
        FakeLink link = open(settings(), new Upgrade("/v1/realtime", MODEL, KEY, List.of()));
        link.text("{\"type\":\"response.create\"}");
        timeline.runWhile(() -> !link.types().contains("response.created"));
        link.hangUp();
        timeline.advance(Duration.ofMinutes(61));
        assertThat(link.types()).doesNotContain("response.done", "error");
        assertThat(link.closes).isEmpty();
    }

    private EmulatorSettings settings() {
        return VirtualCall.settings(brain);
    }

    private static Map<String, String> query(String model) {
        return model.isEmpty() ? Map.of() : Map.of("model", model);
    }

    private FakeLink open(EmulatorSettings settings, Upgrade upgrade) {
        return open(settings, upgrade, "ga");
    }

    private FakeLink open(EmulatorSettings settings, Upgrade upgrade, String dialect) {
        SharedProtocol.assumePresent();
        Decision decision = new EmulatorEndpoint(settings, () -> timeline).onUpgrade(upgrade);
        assertThat(decision).isInstanceOf(Decision.Accept.class);
        FakeLink link = new FakeLink(dialect);
        link.attach((Decision.Accept) decision);
        timeline.runUntilIdle();
        return link;
    }

    /** A link in memory. */
    private static final class FakeLink implements WebSocketLink {
        private final FrameContract contract;
        final List<JsonNode> events = new ArrayList<>();
        final List<String> closes = new ArrayList<>();
        boolean full;
        private Optional<WebSocketListener> listener = Optional.empty();

        FakeLink(String dialect) {
            this.contract = new FrameContract(dialect);
        }

        void attach(Decision.Accept accept) {
            WebSocketListener attached = accept.attach().attach(this);
            listener = Optional.of(attached);
            attached.onOpen(accept.subprotocol());
        }

        void text(String json) {
            listener.orElseThrow().onText(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
        }

        void hangUp() {
            listener.orElseThrow().onClosed(1006, "");
        }

        List<String> types() {
            return events.stream().map(event -> event.path("type").asString("")).toList();
        }

        @Override
        public boolean sendBinary(ByteBuffer content) {
            return false;
        }

        @Override
        public boolean send(ByteBuffer utf8) {
            if (!full) {
                events.add(contract.check(StandardCharsets.UTF_8.decode(utf8).toString()));
            }
            return !full;
        }

        @Override
        public void close(int code, String reason) {
            closes.add((code + " " + reason).strip());
        }

        @Override
        public void breakDown(Breakdown how) {
            closes.add("broken " + how);
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public int queued() {
            return 0;
        }
    }
}
