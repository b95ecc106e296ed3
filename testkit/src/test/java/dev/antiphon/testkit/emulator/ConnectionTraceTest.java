package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.ConnectFailure;
import dev.antiphon.model.WireDialect;
import dev.antiphon.realtime.ServerEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The traces with the framework's own connection as the client: of the emulator, and of a server that does what the trace says. */
class ConnectionTraceTest {
    private static final Map<String, String> KEY = Map.of("Authorization", "Bearer sk-test");
    private static final Map<String, String> BETA =
            Map.of("Authorization", "Bearer sk-test", "OpenAI-Beta", "realtime=v1");

    static Stream<Arguments> conversations() {
        return Stream.of("ga", "beta")
                .flatMap(dialect -> SharedProtocol.traces(dialect).stream()
                        .filter(name -> !name.startsWith("rejected"))
                        .map(name -> Arguments.of(dialect, name)));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void theEmulatorAndOurConnectionReplayTheTrace(String dialect, String name) {
        List<JsonNode> trace = SharedProtocol.trace(dialect, name);
        URI uri = URI.create("ws://model/v1/realtime"
                + (name.startsWith("transcription") ? "?intent=transcription" : "?model=gpt-realtime"));
        EmulatorSettings settings = VirtualCall.settings(TraceReplay.brain(trace))
                .withDialects(ServedDialects.AS_ASKED)
                .withMcp(TraceReplay.servers(trace))
                .withFaults(TraceReplay.faults(trace));
        try (ConnectedCall call = new ConnectedCall(
                wire(dialect),
                dialect.equals("beta") ? BETA : KEY,
                uri,
                timeline -> new EmulatorEndpoint(settings, () -> timeline))) {
            TraceReplay replay = new TraceReplay(trace, call);
            if (name.equals("session-expired")) {
                call.advance(Duration.ofMinutes(61));
            }
            replay.run();
            assertThat(shape(dialect, call.types())).isEqualTo(shape(dialect, replay.serverTypes()));
            assertThat(call.received()).noneMatch(ServerEvent.Unknown.class::isInstance);
            assertThat(call.ends()).isEqualTo(closes(trace));
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void ourConnectionHearsAServerOfTheTraceAndSaysWhatItsClientSaid(String dialect, String name) {
        List<JsonNode> trace = SharedProtocol.trace(dialect, name);
        TraceServer server = new TraceServer(trace);
        URI uri = URI.create("ws://model/v1/realtime?model=gpt-realtime");
        try (ConnectedCall call = new ConnectedCall(wire(dialect), KEY, uri, timeline -> server)) {
            call.read(server.clientEvents()).forEach(event -> {
                call.send(event);
                call.runWhile(() -> true);
            });
            assertThat(call.types()).isEqualTo(server.sentTypes());
            assertThat(call.received()).noneMatch(ServerEvent.Unknown.class::isInstance);
            assertThat(call.read(server.heard())).isEqualTo(call.read(server.clientEvents()));
            assertThat(call.ends()).isEqualTo(closes(trace));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rejected-invalid-api-key, BadCredentials",
        "rejected-invalid-model, UnknownModel",
        "rejected-beta-header, Refused"
    })
    void ourConnectionKnowsWhyAServerOfTheTraceTurnsItAway(String name, String failure) {
        TraceServer server = new TraceServer(SharedProtocol.trace("ga", name));
        URI uri = URI.create("ws://model/v1/realtime?model=gpt-realtime");
        try (ConnectedCall call = new ConnectedCall(WireDialect.GA, KEY, uri, timeline -> server)) {
            assertThat(call.refusal().getClass().getSimpleName()).isEqualTo(failure);
        }
    }

    @Test
    void ourConnectionKnowsWhyTheEmulatorTurnsItAway() {
        assertThat(refusal(Map.of("Authorization", "Bearer sk-bad"), "gpt-realtime"))
                .isInstanceOf(ConnectFailure.BadCredentials.class);
        assertThat(refusal(KEY, "nope")).isInstanceOf(ConnectFailure.UnknownModel.class);
        assertThat(refusal(BETA, "gpt-realtime"))
                .isInstanceOfSatisfying(
                        ConnectFailure.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("beta_api_shape_disabled"));
    }

    private static ConnectFailure refusal(Map<String, String> headers, String model) {
        EmulatorSettings settings =
                VirtualCall.settings(new Doubles.ScriptedBrain()).withAcceptedKeys(Set.of("sk-test")::contains);
        URI uri = URI.create("ws://model/v1/realtime?model=" + model);
        try (ConnectedCall call = new ConnectedCall(
                WireDialect.GA, headers, uri, timeline -> new EmulatorEndpoint(settings, () -> timeline))) {
            return call.refusal();
        }
    }

    /** Rate limits of the beta came where the service of the time sent them, which changed twice (protocol section 6). */
    private static List<String> shape(String dialect, List<String> types) {
        return dialect.equals("beta") ? TraceReplayTest.withoutLimits(types) : TraceReplay.shape(types);
    }

    private static WireDialect wire(String dialect) {
        return dialect.equals("beta") ? WireDialect.BETA : WireDialect.GA;
    }

    private static List<String> closes(List<JsonNode> trace) {
        return trace.stream()
                .flatMap(line -> Optional.of(line.path("close")).filter(JsonNode::isObject).stream())
                .map(close ->
                        close.path("code").asInt() + " " + close.path("reason").asString())
                .toList();
    }
}
