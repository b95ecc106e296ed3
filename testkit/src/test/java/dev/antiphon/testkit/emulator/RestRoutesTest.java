package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RestRoutesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static EmulatorSettings settings() {
        return EmulatorSettings.of(new Doubles.ScriptedBrain(), Doubles.tones(), Doubles.deaf())
                .withAcceptedKeys("sk-test"::equals);
    }

    @Test
    void theModelsOfTheCatalogueAreListedWithTheirEnd() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            JsonNode list = JSON.readTree(
                    send(emulator, "/v1/models", Optional.empty(), "sk-test").body());
            assertThat(list.path("object").asString("")).isEqualTo("list");
            assertThat(list.path("data")
                            .valueStream()
                            .map(model -> model.path("id").asString("")))
                    .contains("gpt-realtime", "gpt-realtime-mini");

            JsonNode one = JSON.readTree(send(emulator, "/v1/models/gpt-realtime", Optional.empty(), "sk-test")
                    .body());
            assertThat(one.path("shutdown_date").asString("")).isEqualTo("2027-01-20");

            HttpResponse<String> none = send(emulator, "/v1/models/gpt-9", Optional.empty(), "sk-test");
            assertThat(none.statusCode()).isEqualTo(404);
            assertThat(none.body()).contains("model_not_found");
            assertThat(send(emulator, "/v1/models", Optional.empty(), "sk-wrong")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aClientSecretOpensSessionsWithItsConfiguration() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            String request = "{\"session\":{\"type\":\"realtime\",\"model\":\"gpt-realtime-mini\","
                    + "\"instructions\":\"Sell tea.\",\"output_modalities\":[\"text\"]}}";
            JsonNode secret =
                    JSON.readTree(send(emulator, "/v1/realtime/client_secrets", Optional.of(request), "sk-test")
                            .body());
            String key = secret.path("value").asString("");
            assertThat(key).startsWith("ek_");
            assertThat(secret.at("/session/instructions").asString("")).isEqualTo("Sell tea.");

            JsonNode created = firstEvent(emulator, key);
            assertThat(created.path("type").asString("")).isEqualTo("session.created");
            assertThat(created.at("/session/model").asString("")).isEqualTo("gpt-realtime-mini");
            assertThat(created.at("/session/instructions").asString("")).isEqualTo("Sell tea.");
            assertThat(created.at("/session/output_modalities/0").asString("")).isEqualTo("text");

            assertThat(firstEvent(emulator, "ek_nobody_made_this")
                            .at("/error/code")
                            .asString(""))
                    .isEqualTo("invalid_api_key");
        }
    }

    @Test
    void aClientSecretMakesNoClientSecrets() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            JsonNode secret = JSON.readTree(send(emulator, "/v1/realtime/client_secrets", Optional.of("{}"), "sk-test")
                    .body());
            HttpResponse<String> refused = send(
                    emulator,
                    "/v1/realtime/client_secrets",
                    Optional.of("{}"),
                    secret.path("value").asString(""));
            assertThat(refused.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aPathThatIsNotServedIsNotFound() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            HttpResponse<String> answer = send(emulator, "/v1/nope", Optional.empty(), "sk-test");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("/v1/nope");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"expires_after":{"anchor":"created_at","seconds":9}}     | expires_after.seconds
                    {"expires_after":{"anchor":"created_at","seconds":7201}}  | integer_above_max_value
                    {"expires_after":{"anchor":"created_at","seconds":"60"}}  | invalid_type
                    {"session":{"type":"realtime","voice":"alloy"}}           | unknown_parameter
                    {"session":{"type":"realtime","model":"nope"}}            | invalid_model
                    {"colour":"red"}                                          | unknown_parameter
                    nonsense                                                  | invalid_json
                    """)
    void aBadRequestForASecretIsTold(String body, String told) throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            HttpResponse<String> answer = send(emulator, "/v1/realtime/client_secrets", Optional.of(body), "sk-test");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(told);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/realtime/client_secrets, POST",
        "/v1/realtime/calls, POST",
        "/emulator/speech, POST",
        "/emulator/calls/rtc_1, DELETE"
    })
    void aMethodThatIsNotServedIsAnsweredWithTheOnesThatAre(String path, String allowed) throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            HttpResponse<String> answer = send(emulator, path, Optional.empty(), "sk-test");
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains(allowed);
            assertThat(answer.body()).contains("Use " + allowed);
        }
    }

    @Test
    void anExpiryThatCountsFromElsewhereIsRefused() {
        ClientSecrets secrets = new ClientSecrets(() -> NOON, settings());
        assertThat(secrets.make(JSON.readTree("{\"expires_after\":{\"anchor\":\"first_use\"}}")))
                .isInstanceOfSatisfying(
                        ClientSecrets.Answer.Refused.class,
                        refused -> assertThat(refused.problem().param()).contains("expires_after.anchor"));
        assertThat(secrets.make(JSON.readTree("{\"expires_after\":{\"anchor\":\"created_at\",\"seconds\":60}}")))
                .isInstanceOf(ClientSecrets.Answer.Made.class);
    }

    @Test
    void aSecretIsGoodUntilItExpires() {
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        ClientSecrets secrets = new ClientSecrets(now::get, settings());
        ClientSecrets.Answer answer = secrets.make(JSON.readTree("{\"expires_after\":{\"seconds\":60}}"));
        String key = ((ClientSecrets.Answer.Made) answer).body().path("value").asString("");

        now.set(NOON.plusSeconds(59));
        assertThat(secrets.find(key)).isPresent();
        now.set(NOON.plusSeconds(60));
        assertThat(secrets.find(key)).isEmpty();
    }

    @Test
    void itListensWithTlsToo() throws Exception {
        TlsIdentity identity = TlsIdentity.selfSigned();
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings().withTls(Optional.of(identity)));
                HttpClient http = HttpClient.newBuilder()
                        .sslContext(identity.sslContext())
                        .build()) {
            URI base = emulator.httpsUri().orElseThrow();
            HttpResponse<String> models = http.send(
                    HttpRequest.newBuilder(base.resolve("/v1/models"))
                            .header("Authorization", "Bearer sk-test")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(models.statusCode()).isEqualTo(200);
            assertThat(first(
                                    http,
                                    URI.create(
                                            "wss" + base.toString().substring(5) + "/v1/realtime?model=gpt-realtime"),
                                    "sk-test")
                            .path("type")
                            .asString(""))
                    .isEqualTo("session.created");
            assertThat(identity.certificatePem())
                    .startsWith("-----BEGIN CERTIFICATE-----")
                    .endsWith("CERTIFICATE-----\n");
        }
    }

    private static HttpResponse<String> send(RealtimeEmulator emulator, String path, Optional<String> body, String key)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(emulator.httpUri().resolve(path)).header("Authorization", "Bearer " + key);
        body.ifPresent(text -> request.POST(BodyPublishers.ofString(text)));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode firstEvent(RealtimeEmulator emulator, String key) throws Exception {
        return first(HttpClient.newHttpClient(), emulator.wsUri(), key);
    }

    private static JsonNode first(HttpClient http, URI uri, String key) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        StringBuilder text = new StringBuilder();
        WebSocket socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + key)
                .buildAsync(uri, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            first.complete(text.toString());
                        }
                        from.request(1);
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .get(10, TimeUnit.SECONDS);
        JsonNode event = JSON.readTree(first.get(10, TimeUnit.SECONDS));
        socket.abort();
        return event;
    }
}
