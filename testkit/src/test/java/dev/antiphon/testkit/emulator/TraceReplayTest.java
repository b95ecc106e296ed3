package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The client's side of each trace, replayed against the emulator, must give the server's side of it. */
class TraceReplayTest {
    private static final String TRANSCRIPTION = "conversation.item.input_audio_transcription";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text-turn",
                "audio-turn-server-vad",
                "audio-turn-push-to-talk",
                "audio-turn-semantic-vad-with-transcription",
                "function-call-turn",
                "client-cancel",
                "barge-in-websocket",
                "errors-non-fatal",
                "out-of-band-response",
                "failed-rate-limit",
                "idle-timeout",
                "image-input",
                "mcp-approval"
            })
    void emitsTheSameOrderOfEventsAsTheTrace(String name) {
        List<JsonNode> trace = SharedProtocol.trace("ga", name);
        VirtualCall call = VirtualCall.open(
                TraceReplay.brain(trace),
                settings -> settings.withMcp(TraceReplay.servers(trace)),
                TraceReplay.faults(trace));
        TraceReplay replay = new TraceReplay(trace, call.client());
        replay.run();
        assertThat(TraceReplay.shape(call.types())).isEqualTo(TraceReplay.shape(replay.serverTypes()));
        if (name.contains("transcription")) {
            assertThat(call.types()).contains(TRANSCRIPTION + ".delta", TRANSCRIPTION + ".completed");
        }
    }

    /** Rate limits come where the service of the time sent them, which changed twice (protocol section 6). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text-turn",
                "audio-turn-server-vad",
                "audio-turn-push-to-talk",
                "audio-turn-semantic-vad-with-transcription",
                "function-call-turn",
                "client-cancel",
                "barge-in-websocket",
                "out-of-band-response",
                "failed-rate-limit"
            })
    void emitsTheSameOrderOfEventsInTheBetaDialect(String name) {
        List<JsonNode> trace = SharedProtocol.trace("beta", name);
        VirtualCall call = VirtualCall.openBeta(TraceReplay.brain(trace), TraceReplay.faults(trace));
        TraceReplay replay = new TraceReplay(trace, call.client());
        replay.run();
        assertThat(withoutLimits(call.types())).isEqualTo(withoutLimits(replay.serverTypes()));
    }

    static List<String> withoutLimits(List<String> types) {
        return TraceReplay.shape(types.stream()
                .filter(type -> !type.equals("rate_limits.updated"))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-expired"})
    void endsAsTheTraceEnds(String name) {
        List<JsonNode> trace = SharedProtocol.trace("ga", name);
        VirtualCall call = VirtualCall.open(new Doubles.ScriptedBrain());
        call.timeline.advance(Duration.ofMinutes(61));
        JsonNode close = trace.getLast().path("close");
        assertThat(call.types()).isEqualTo(new TraceReplay(trace, call.client()).serverTypes());
        assertThat(call.ends)
                .containsExactly(
                        close.path("code").asInt(0) + " " + close.path("reason").asString(""));
    }
}
