package dev.antiphon.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ApiError;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientEventRulesTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** WebRTC's alone; of another kind of session; published with a field of the other dialect. */
    private static final Set<String> NOT_ON_A_WEBSOCKET = Set.of(
            "ga/output_audio_buffer.clear.json",
            "beta/output_audio_buffer.clear.json",
            "ga/transcription_session.update.json",
            "beta/response.create.2.json");

    static Stream<Arguments> examples() {
        return Stream.of(Dialect.ga(), Dialect.beta())
                .flatMap(dialect -> SharedProtocol.files("examples/" + dialect.name() + "/client", ".json").stream()
                        .filter(file -> !NOT_ON_A_WEBSOCKET.contains(dialect.name() + "/" + file.getFileName()))
                        .map(file -> Arguments.of(dialect, file)));
    }

    @Test
    void whatIsRefusedIsNotNamedAsSupported() {
        String message = ClientEventRules.of(Dialect.ga())
                .broken(JsonMapper.shared().readTree("{\"type\":\"session.close\"}"))
                .orElseThrow()
                .message();
        assertThat(message).startsWith("Invalid value: 'session.close'.").contains("'session.update'");
        assertThat(message).containsOnlyOnce("session.close");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theProvidersExamplesBreakNoRule(Dialect dialect, Path file) {
        assertThat(ClientEventRules.of(dialect).broken(JSON.readTree(SharedProtocol.text(file))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | invalid_event |
            [] | invalid_event |
            {"type":"dance"} | invalid_value | type
            {"type":"session.update"} | missing_required_parameter | session
            {"type":"session.update","session":{"voice":"alloy"}} | missing_required_parameter | session.type
            {"type":"session.update","session":{"type":"realtime","voice":"alloy"}} | unknown_parameter | session.voice
            {"type":"session.update","session":{"type":"realtime","audio":{"output":{"speed":9}}}} | decimal_above_max_value | session.audio.output.speed
            {"type":"session.update","session":{"type":"realtime","tools":[{"type":"function","name":"a b"}]}} | invalid_value | session.tools[0].name
            {"type":"conversation.item.truncate","item_id":"a","content_index":0,"audio_end_ms":-1} | integer_below_min_value | audio_end_ms
            """)
    void aBrokenRuleIsNamedInGa(String event, String code, @Nullable String param) {
        assertBroken(Dialect.ga(), event, code, param);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"session.close"} | invalid_value | type
            {"type":"session.update","session":{"type":"realtime"}} | unknown_parameter | session.type
            {"type":"session.update","session":{"voice":"nobody"}} | invalid_value | session.voice
            {"type":"session.update","session":{"modalities":["audio"]}} | invalid_value | session.modalities
            {"type":"session.update","session":{"input_audio_format":"mp3"}} | invalid_value | session.input_audio_format
            {"type":"response.create","response":{"output_modalities":["text"]}} | unknown_parameter | response.output_modalities
            {"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"output_text"}]}} | invalid_value | item.content[0].type
            """)
    void aBrokenRuleIsNamedInBeta(String event, String code, @Nullable String param) {
        assertBroken(Dialect.beta(), event, code, param);
    }

    @Test
    void aSessionThatTranscribesTakesNoAnswersAndNoNewItems() {
        ClientEventRules rules = ClientEventRules.of(Dialect.ga()).ofTranscription();
        JsonNode answer = JSON.readTree("{\"type\":\"response.create\",\"event_id\":\"e1\"}");
        assertThat(rules.broken(answer).flatMap(ApiError::clientEventId)).contains("e1");
        assertThat(rules.broken(answer).orElseThrow().message()).doesNotContain("conversation.item.create");
        assertThat(rules.broken(JSON.readTree("{\"type\":\"input_audio_buffer.commit\"}")))
                .isEmpty();
    }

    private static void assertBroken(Dialect dialect, String event, String code, @Nullable String param) {
        ApiError error =
                ClientEventRules.of(dialect).broken(JSON.readTree(event)).orElseThrow();
        assertThat(error.code()).contains(code);
        assertThat(error.param()).isEqualTo(Optional.ofNullable(param));
    }
}
