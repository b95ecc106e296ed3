package dev.antiphon.server.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.emulator.EmulatorProfile;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.RealtimeEmulator;
import dev.antiphon.testkit.speech.SpeechRecognizer;
import dev.antiphon.testkit.speech.SpeechSynthesizer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A telephone call at the emulated provider is sent elsewhere. */
class ReferDeskTest {
    private static final String KEY = "sk-canary-4711";
    private static final String TARGET = "tel:+14155552671";

    private final HttpClient http = HttpClient.newHttpClient();
    private final RealtimeEmulator emulator = RealtimeEmulator.start(
            EmulatorSettings.of(new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings()), silent(), deaf())
                    .withProfile(EmulatorProfile.instant())
                    .withAcceptedKeys(KEY::equals));

    @AfterEach
    void stop() {
        emulator.close();
        http.shutdownNow();
    }

    private static SpeechSynthesizer silent() {
        return text -> new byte[0];
    }

    private static SpeechRecognizer deaf() {
        return new SpeechRecognizer() {
            @Override
            public void register(String text) {}

            @Override
            public Optional<String> recognize(byte[] pcm24kHz) {
                return Optional.empty();
            }
        };
    }

    private ReferDesk desk(String key, String target) {
        return ReferDesk.to(
                new ModelEndpoint(
                        "emulator",
                        "gpt-realtime",
                        URI.create(emulator.wsUri() + "?model=gpt-realtime"),
                        Map.of("Authorization", "Bearer " + key),
                        List.of()),
                target);
    }

    private static HandoverResult refer(ReferDesk desk, Optional<String> call) throws Exception {
        return desk.ask(Packets.of("s1:1", Duration.ofSeconds(20), call))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private JsonNode send(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(emulator.httpUri().resolve(path))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JsonMapper.shared().readTree(answer.isEmpty() ? "{}" : answer);
    }

    /** A telephone call that the provider has accepted; its id. */
    private String accepted() throws Exception {
        String id = send("/emulator/calls", "{\"from\":\"sip:ann@example.com\"}")
                .path("call_id")
                .asString();
        send("/v1/realtime/calls/" + id + "/accept", "{\"type\":\"realtime\",\"model\":\"gpt-realtime\"}");
        assertThat(stateOf(id)).isEqualTo("active");
        return id;
    }

    private String stateOf(String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(emulator.httpUri().resolve("/emulator/calls"))
                .header("Authorization", "Bearer " + KEY)
                .build();
        return JsonMapper.shared()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .path("calls")
                .valueStream()
                .filter(call -> call.path("call_id").asString().equals(id))
                .map(call -> call.path("state").asString())
                .findFirst()
                .orElse("");
    }

    @Test
    void theCallIsReferredThere() throws Exception {
        String id = accepted();
        assertThat(refer(desk(KEY, TARGET), Optional.of(id))).isEqualTo(new HandoverResult.Accepted(TARGET));
        assertThat(stateOf(id)).isEqualTo("ended: referred to " + TARGET);
        assertThat(refer(desk(KEY, TARGET), Optional.of(id)))
                .as("it is gone")
                .isEqualTo(new HandoverResult.Failed("the provider answered with status 409"));
    }

    @Test
    void aCallThatTheProviderDoesNotKnowIsNotReferred() throws Exception {
        assertThat(refer(desk(KEY, TARGET), Optional.of("rtc_unknown")))
                .isEqualTo(new HandoverResult.Failed("the provider answered with status 404"));
    }

    @Test
    void aWrongKeyIsSaidWithoutTheKey() throws Exception {
        ReferDesk desk = desk("sk-wrong-canary", TARGET);
        HandoverResult result = refer(desk, Optional.of(accepted()));
        assertThat(result).isEqualTo(new HandoverResult.Failed("the provider answered with status 401"));
        assertThat(desk.toString()).doesNotContain("canary");
    }

    @Test
    void aProviderThatIsNotThereIsSaid() throws Exception {
        String id = accepted();
        ReferDesk desk = desk(KEY, TARGET);
        emulator.close();
        assertThat(refer(desk, Optional.of(id)))
                .isEqualTo(new HandoverResult.Failed("the provider could not be asked"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../hangup", "rtc_1/hangup", "rtc 1", "rtc_1?x=y"})
    void whatIsNoIdOfACallIsNotSent(String id) throws Exception {
        assertThat(refer(desk(KEY, TARGET), Optional.of(id)))
                .isEqualTo(new HandoverResult.Failed("the provider's id of the telephone call is not known"));
    }

    @Test
    void aCallOfAnotherKindIsNotReferred() throws Exception {
        assertThat(refer(desk(KEY, TARGET), Optional.empty())).isInstanceOf(HandoverResult.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+14155552671", "tel:", "tel:abc", "https://example.com", "sip:a b@example.com"})
    void aTargetIsATelephoneOrASipAddress(String target) {
        assertThatThrownBy(() -> desk(KEY, target)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tel:+14155552671", "tel:030-123.45", "sip:desk@example.com", "sips:desk@example.com;a=b"})
    void bothKindsAreTaken(String target) {
        assertThat(ReferDesk.checked(target)).isEqualTo(target);
    }
}
