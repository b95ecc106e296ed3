package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TranscriptionSessionTest {
    private static final String KEY = "sk-test";
    private static final String UPDATE =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"transcription\",\"audio\":"
                    + "{\"input\":{\"transcription\":{\"model\":\"gpt-4o-transcribe\",\"language\":\"en\"}}}}}";

    private static EmulatorSettings settings() {
        return EmulatorSettings.of(new Doubles.ScriptedBrain(), Doubles.tones(), Doubles.hearing("two teas please"))
                .withProfile(EmulatorProfile.instant())
                .withAcceptedKeys(KEY::equals);
    }

    private static EventSocket open(RealtimeEmulator emulator) throws Exception {
        return EventSocket.open(URI.create(emulator.wsUri() + "?intent=transcription"), KEY);
    }

    private static String append(short[] samples) {
        return "{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                + Base64.getEncoder().encodeToString(AudioCodec.bytes(samples)) + "\"}";
    }

    @Test
    void speechIsFoundAndTranscribedAndNeverAnswered() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings());
                EventSocket socket = open(emulator)) {
            JsonNode created = socket.next().path("session");
            assertThat(created.path("type").asString("")).isEqualTo("transcription");
            assertThat(created.path("object").asString("")).isEqualTo("realtime.transcription_session");
            assertThat(created.propertyNames()).doesNotContain("model", "instructions", "tools");
            assertThat(created.at("/audio/input/turn_detection").propertyNames())
                    .containsExactlyInAnyOrder("type", "threshold", "prefix_padding_ms", "silence_duration_ms");

            socket.send(UPDATE);
            JsonNode updated = socket.next("session.updated").path("session");
            assertThat(updated.at("/audio/input/transcription/language").asString(""))
                    .isEqualTo("en");

            socket.send(append(Doubles.tone(600, 8_000)));
            socket.send(append(new short[24 * 600]));
            assertThat(socket.next().path("type").asString("")).isEqualTo("input_audio_buffer.speech_started");
            socket.next("input_audio_buffer.committed");
            assertThat(socket.next("conversation.item.input_audio_transcription.completed")
                            .path("transcript")
                            .asString(""))
                    .isEqualTo("two teas please");
            socket.send("{\"type\":\"input_audio_buffer.clear\"}");
            assertThat(socket.next().path("type").asString(""))
                    .as("nothing was said in between: no response, no rate limits")
                    .isEqualTo("input_audio_buffer.cleared");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type":"response.create"}                                                                     | invalid_value
                    {"type":"session.update","session":{"type":"transcription","instructions":"Be kind."}}         | unknown_parameter
                    {"type":"session.update","session":{"type":"transcription","audio":{"output":{"speed":1}}}}    | unknown_parameter
                    {"type":"session.update","session":{"type":"realtime"}}                                        | invalid_value
                    {"type":"session.update","session":{"type":"transcription","audio":{"input":{"transcription":{"model":"gpt-realtime-whisper"}}}}} | invalid_value
                    """)
    void whatTranscribesOnlyRefusesTheRest(String event, String code) throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings());
                EventSocket socket = open(emulator)) {
            socket.next("session.created");
            socket.send(event);
            assertThat(socket.next().at("/error/code").asString("")).isEqualTo(code);
        }
    }

    @Test
    void aSecretForTranscriptionOpensASessionThatTranscribes() throws Exception {
        ClientSecrets.Answer answer = new ClientSecrets(java.time.InstantSource.system(), settings())
                .make(SharedProtocol.MAPPER.readTree("{\"session\":{\"type\":\"transcription\"}}"));
        assertThat(answer).isInstanceOf(ClientSecrets.Answer.Made.class);
        JsonNode shown = ((ClientSecrets.Answer.Made) answer).body().path("session");
        assertThat(shown.path("type").asString("")).isEqualTo("transcription");
        assertThat(Optional.of(shown.path("model").isMissingNode())).contains(true);
    }
}
