package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ServedDialectsTest {
    private static final String KEY = "sk-test";

    private static EmulatorSettings settings(ServedDialects dialects) {
        return EmulatorSettings.of(new Doubles.ScriptedBrain(), Doubles.tones(), Doubles.deaf())
                .withProfile(EmulatorProfile.instant())
                .withAcceptedKeys(KEY::equals)
                .withDialects(dialects);
    }

    @ParameterizedTest
    @CsvSource({
        "STRICT_GA, gpt-realtime,            session.created, type",
        "GA,        gpt-realtime,            session.created, type",
        "AS_ASKED,  gpt-realtime,            session.created, modalities",
        "BETA,      gpt-4o-realtime-preview, session.created, modalities",
        "BETA,      gpt-realtime,            error,           ''",
        "GATEWAY,   gpt-realtime,            session.created, modalities",
        "GATEWAY,   qwen3-omni-flash,        session.created, modalities",
        "GATEWAY,   bad-model,               error,           ''",
        "GATEWAY,   '',                      error,           ''",
        "GA,        qwen3-omni-flash,        error,           ''"
    })
    void eachModeAnswersWithItsSpelling(ServedDialects mode, String model, String first, String key) throws Exception {
        String asks = mode == ServedDialects.GA || mode == ServedDialects.AS_ASKED ? "realtime=v1" : "no";
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings(mode));
                EventSocket socket =
                        EventSocket.open(URI.create(emulator.wsUri() + "?model=" + model), KEY, "OpenAI-Beta", asks)) {
            JsonNode event = socket.next();
            assertThat(event.path("type").asString("")).isEqualTo(first);
            if (!key.isEmpty()) {
                assertThat(event.path("session").propertyNames()).contains(key);
            }
        }
    }

    @Test
    void anIntentThatTheServiceDoesNotHaveIsRefused() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings(ServedDialects.GA));
                EventSocket socket = EventSocket.open(
                        URI.create(emulator.wsUri() + "?model=gpt-realtime&intent=gossip"), KEY, "X-None", "none")) {
            JsonNode error = socket.next().path("error");
            assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
            assertThat(error.path("param").asString("")).isEqualTo("intent");
            assertThat(socket.closeCode()).isEqualTo(4000);
        }
    }

    @Test
    void strictGaRefusesWhoAsksForTheBeta() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings(ServedDialects.STRICT_GA));
                EventSocket socket = EventSocket.open(
                        URI.create(emulator.wsUri() + "?model=gpt-realtime"), KEY, "OpenAI-Beta", "realtime=v1")) {
            assertThat(socket.next().at("/error/code").asString("")).isEqualTo("beta_api_shape_disabled");
            assertThat(socket.closeCode()).isEqualTo(4000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/v1/realtime?model=gpt-realtime, api-key, sk-test",
        "/openai/v1/realtime?model=gpt-realtime&api-key=sk-test, x-none, none",
        "/v1/realtime?model=gpt-realtime, Authorization, Bearer sk-test",
        "/openai/realtime?api-version=2025-04-01-preview&deployment=gpt-realtime, api-key, sk-test"
    })
    void theKeyIsTakenFromWhereverItIs(String address, String header, String value) throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings(ServedDialects.AS_ASKED));
                EventSocket socket = EventSocket.open(
                        URI.create("ws://127.0.0.1:" + emulator.port() + address), "", header, value)) {
            assertThat(socket.next().path("type").asString("")).isEqualTo("session.created");
        }
    }

    @Test
    void azureDoesNotOpenForADeploymentThatItLacks() {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings(ServedDialects.STRICT_GA))) {
            URI uri = URI.create("ws://127.0.0.1:" + emulator.port() + "/openai/v1/realtime?model=my-chat");
            assertThatThrownBy(() -> EventSocket.open(uri, "", "api-key", KEY))
                    .rootCause()
                    .hasMessageContaining("400");
        }
    }

    @Test
    void anObserverSeesTheSpellingOfTheClient() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        EmulatorSettings watched = settings(ServedDialects.GATEWAY)
                .withObserver((session, direction, frame) -> seen.add(direction + " " + frame));
        try (RealtimeEmulator emulator = RealtimeEmulator.start(watched);
                EventSocket socket = EventSocket.open(URI.create(emulator.wsUri() + "?model=gpt-realtime"), KEY)) {
            socket.next("conversation.created");
            socket.send("{\"type\":\"response.create\",\"response\":{\"modalities\":[\"text\"]}}");
            socket.next("response.done");
            assertThat(seen)
                    .anyMatch(frame -> frame.startsWith("OUT") && frame.contains("\"response.text.delta\""))
                    .anyMatch(frame -> frame.startsWith("IN") && frame.contains("\"modalities\""))
                    .noneMatch(frame -> frame.contains("response.output_text"));
        }
    }
}
