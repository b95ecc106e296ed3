package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SessionLimitsTest {
    private static EventSocket open(RealtimeEmulator emulator, String model) throws Exception {
        EventSocket socket = EventSocket.open(URI.create(emulator.wsUri() + "?model=" + model), "sk-any");
        socket.next("session.created");
        return socket;
    }

    private static RealtimeEmulator start() {
        return RealtimeEmulator.start(EmulatorSettings.of(new Doubles.ScriptedBrain(), Doubles.tones(), Doubles.deaf())
                .withProfile(EmulatorProfile.instant()));
    }

    @Test
    void anAnswerLongerThanTheModelCanGiveIsRefused() throws Exception {
        String update = "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"max_output_tokens\":4097}}";
        try (RealtimeEmulator emulator = start();
                EventSocket small = open(emulator, "gpt-realtime");
                EventSocket large = open(emulator, "gpt-realtime-2.1")) {
            small.send(update);
            assertThat(small.next().at("/error/code").asString("")).isEqualTo("integer_above_max_value");
            small.send("{\"type\":\"response.create\",\"response\":{\"max_output_tokens\":4097}}");
            assertThat(small.next().at("/error/param").asString("")).isEqualTo("response.max_output_tokens");
            large.send(update);
            assertThat(large.next("session.updated")
                            .at("/session/max_output_tokens")
                            .asInt(0))
                    .isEqualTo(4097);
        }
    }

    @Test
    void speedTracingAndPromptAreKeptAndTracingStays() throws Exception {
        try (RealtimeEmulator emulator = start();
                EventSocket socket = open(emulator, "gpt-realtime")) {
            socket.send("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"tracing\":\"auto\","
                    + "\"prompt\":{\"id\":\"pmpt_1\",\"version\":\"2\"},\"audio\":{\"output\":{\"speed\":1.2}}}}");
            JsonNode session = socket.next("session.updated").path("session");
            assertThat(session.path("tracing").asString("")).isEqualTo("auto");
            assertThat(session.at("/prompt/id").asString("")).isEqualTo("pmpt_1");
            assertThat(session.at("/audio/output/speed").asDouble(0)).isEqualTo(1.2);

            socket.send("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"tracing\":null}}");
            assertThat(socket.next().at("/error/param").asString("")).isEqualTo("session.tracing");
        }
    }

    @Test
    void anImageIsCountedAndCachedTheSecondTime() throws Exception {
        try (RealtimeEmulator emulator = start();
                EventSocket socket = open(emulator, "gpt-realtime")) {
            socket.send("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
                    + "\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,AAAA\"}]}}");
            socket.send("{\"type\":\"response.create\"}");
            JsonNode first = socket.next("response.done").at("/response/usage");
            long image = first.at("/input_token_details/image_tokens").asLong(0);
            assertThat(image).isPositive();
            assertThat(first.path("input_tokens").asLong(0))
                    .isEqualTo(image
                            + first.at("/input_token_details/text_tokens").asLong(0)
                            + first.at("/input_token_details/audio_tokens").asLong(0));

            socket.send("{\"type\":\"response.create\"}");
            assertThat(socket.next("response.done")
                            .at("/response/usage/input_token_details/cached_tokens_details/image_tokens")
                            .asLong(0))
                    .isPositive();
        }
    }

    @Test
    void latenciesAreReadFromAFile() {
        EmulatorProfile profile = ProfileFile.parse("latencies.yaml", """
                        others: instant
                        models:
                          gpt-realtime-mini: {like: mini, to-first-output: 150ms, delivery-speed: 2}
                        """);
        assertThat(profile.forModel("gpt-realtime")).isEqualTo(TierProfile.instant());
        TierProfile mini = profile.forModel("gpt-realtime-mini");
        assertThat(mini.toFirstOutput()).isEqualTo(Duration.ofMillis(150));
        assertThat(mini.deliverySpeed()).isEqualTo(2);
        assertThat(mini.jitter()).isEqualTo(TierProfile.simulatedMini().jitter());
        assertThatThrownBy(() -> ProfileFile.parse("f", "others: {jitter: soon}"))
                .hasMessageContaining("f, others: 'jitter' must be");
        assertThatThrownBy(() -> ProfileFile.parse("f", "others: fast")).hasMessageContaining("but was 'fast'");
    }
}
