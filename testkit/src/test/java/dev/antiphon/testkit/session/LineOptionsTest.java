package dev.antiphon.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.McpTool;
import dev.antiphon.realtime.NoiseReduction;
import dev.antiphon.realtime.Tracing;
import dev.antiphon.realtime.Truncation;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.session.LineOptions;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.testkit.emulator.Brain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LineOptionsTest {
    private static final PromptConversation PROMPT = new PromptConversation("prompt", "Be kind.", Optional.empty());

    private static JsonNode configured(SessionSettings settings) throws InterruptedException {
        try (EmulatedCall call =
                new EmulatedCall(settings, PROMPT, turn -> List.of(new Brain.Output.Speak("Okay.")), "hello")) {
            return call.received("session.updated").path("session");
        }
    }

    @Test
    void everyOptionIsInEffectOnTheServicesSide() throws Exception {
        LineOptions options = LineOptions.of(o -> o.noiseReduction(NoiseReduction.FAR_FIELD)
                .speed(1.25)
                .truncation(new Truncation.RetentionRatio(0.8, Optional.of(20_000)))
                .reasoningEffort("low")
                .parallelToolCalls(false)
                .maxOutputTokens(2_000)
                .tracing(new Tracing.Workflow(Optional.of("booking"), Optional.of("tests"), Optional.empty()))
                .mcpServers(List.of(McpTool.at("weather", "https://weather.example/mcp"))));

        JsonNode session =
                configured(SessionSettings.defaults().withVoice("cedar").withLine(options));

        assertThat(session.at("/audio/input/noise_reduction/type").asString()).isEqualTo("far_field");
        assertThat(session.at("/audio/output/speed").asDouble()).isEqualTo(1.25);
        assertThat(session.at("/audio/output/voice").asString()).isEqualTo("cedar");
        assertThat(session.at("/truncation/retention_ratio").asDouble()).isEqualTo(0.8);
        assertThat(session.at("/truncation/token_limits/post_instructions").asInt())
                .isEqualTo(20_000);
        assertThat(session.at("/reasoning/effort").asString()).isEqualTo("low");
        assertThat(session.path("parallel_tool_calls").asBoolean(true)).isFalse();
        assertThat(session.path("max_output_tokens").asInt()).isEqualTo(2_000);
        assertThat(session.at("/tracing/workflow_name").asString()).isEqualTo("booking");
        assertThat(session.at("/tools/0/server_label").asString()).isEqualTo("weather");
    }

    @Test
    void whatIsNotSetStaysAsTheServiceHasIt() throws Exception {
        JsonNode session = configured(SessionSettings.defaults());

        assertThat(session.at("/audio/input/noise_reduction").isNull()).isTrue();
        assertThat(session.at("/audio/output/speed").asDouble()).isEqualTo(1.0);
        assertThat(session.path("truncation").asString()).isEqualTo("auto");
        assertThat(session.has("reasoning")).isFalse();
        assertThat(session.has("parallel_tool_calls")).isFalse();
    }

    @Test
    void theServiceNeverPromptsASilentCallerByItself() throws Exception {
        TurnDetection.ServerVad vad = new TurnDetection.ServerVad(
                0.5, Duration.ofMillis(300), Duration.ofMillis(500), Optional.of(Duration.ofSeconds(6)), true, true);

        JsonNode detection =
                configured(SessionSettings.defaults().withTurnDetection(vad)).at("/audio/input/turn_detection");

        assertThat(detection.path("idle_timeout_ms").isNull()).isTrue();
        assertThat(detection.path("create_response").asBoolean(true)).isFalse();
        assertThat(detection.path("interrupt_response").asBoolean(true)).isFalse();
    }
}
