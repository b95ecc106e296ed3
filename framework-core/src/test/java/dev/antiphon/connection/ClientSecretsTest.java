package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.realtime.NoiseReduction;
import dev.antiphon.realtime.SessionConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.SystemMaterializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientSecretsTest {
    private static final String KEY = "sk-very-secret-key";
    private static final SessionConfig SESSION =
            SessionConfig.of(c -> c.model("gpt-realtime").voice("marin").noiseReduction(NoiseReduction.NEAR_FIELD));

    private final ActorTestKit kit = ActorTestKit.create();
    private final AtomicReference<HttpRequest> asked = new AtomicReference<>();
    private final AtomicReference<JsonNode> body = new AtomicReference<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private ModelEndpoint serviceAnswering(int status, String json) {
        ServerBinding binding = Http.get(kit.system())
                .newServerAt("127.0.0.1", 0)
                .bind((Function<HttpRequest, CompletionStage<HttpResponse>>) request -> {
                    asked.set(request);
                    return request.entity()
                            .toStrict(
                                    5_000, SystemMaterializer.get(kit.system()).materializer())
                            .thenApply(strict -> {
                                body.set(JsonMapper.shared()
                                        .readTree(strict.getData().utf8String()));
                                return HttpResponse.create()
                                        .withStatus(status)
                                        .withEntity(ContentTypes.APPLICATION_JSON, json);
                            });
                })
                .toCompletableFuture()
                .join();
        return endpoint(binding.localAddress().getPort());
    }

    private static ModelEndpoint endpoint(int port) {
        return new ModelEndpoint(
                "test",
                "gpt-realtime",
                URI.create("ws://127.0.0.1:" + port + "/v1/realtime?model=gpt-realtime"),
                Map.of("Authorization", "Bearer " + KEY),
                List.of());
    }

    private static ClientSecrets.Answer ask(ModelEndpoint endpoint) {
        return ClientSecrets.over(HttpClient.newHttpClient())
                .create(endpoint, SESSION, Duration.ofMinutes(5))
                .toCompletableFuture()
                .join();
    }

    @Test
    void aBrowsersKeyIsAskedForWithTheServersKey() {
        ModelEndpoint service = serviceAnswering(
                200,
                "{\"value\":\"ek_abc\",\"expires_at\":1800000000,\"session\":{\"type\":\"realtime\",\"id\":\"sess_1\","
                        + "\"object\":\"realtime.session\",\"model\":\"gpt-realtime\","
                        + "\"audio\":{\"output\":{\"voice\":\"marin\"}}}}");

        ClientSecrets.Answer answer = ask(service);

        assertThat(answer).isInstanceOfSatisfying(ClientSecrets.Answer.Made.class, made -> {
            assertThat(made.secret().value()).isEqualTo("ek_abc");
            assertThat(made.secret().expiresAt()).isEqualTo(Instant.ofEpochSecond(1_800_000_000L));
            assertThat(made.secret().session().config().voice()).contains("marin");
            assertThat(made.secret().toString()).doesNotContain("ek_abc");
        });
        assertThat(asked.get().getUri().path()).isEqualTo("/v1/realtime/client_secrets");
        assertThat(asked.get().getHeader("Authorization").orElseThrow().value()).isEqualTo("Bearer " + KEY);
        assertThat(body.get().at("/expires_after/anchor").asString()).isEqualTo("created_at");
        assertThat(body.get().at("/expires_after/seconds").asInt()).isEqualTo(300);
        assertThat(body.get().at("/session/type").asString()).isEqualTo("realtime");
        assertThat(body.get().at("/session/model").asString()).isEqualTo("gpt-realtime");
        assertThat(body.get().at("/session/audio/input/noise_reduction/type").asString())
                .isEqualTo("near_field");
    }

    @Test
    void aRefusalSaysWhyWithoutTheKey() {
        ModelEndpoint service =
                serviceAnswering(401, "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + ".\"}}");

        assertThat(ask(service)).isInstanceOfSatisfying(ClientSecrets.Answer.NotMade.class, refused -> {
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.message()).contains("Incorrect API key").doesNotContain(KEY);
        });
    }

    @Test
    void anAnswerWithoutAKeyIsNone() {
        assertThat(ask(serviceAnswering(200, "{\"id\":\"sess_1\"}")))
                .isEqualTo(new ClientSecrets.Answer.NotMade(200, "the answer holds no client secret"));
        assertThat(ask(serviceAnswering(200, "<html>")))
                .isEqualTo(new ClientSecrets.Answer.NotMade(200, "the answer holds no client secret"));
    }

    @Test
    void aServiceThatIsNotThereIsNoException() {
        assertThat(ask(endpoint(1)))
                .isInstanceOfSatisfying(
                        ClientSecrets.Answer.NotMade.class,
                        failed -> assertThat(failed.message()).contains("127.0.0.1:1"));
    }

    @Test
    void aLifeOutOfBoundsAndASessionWithoutAModelAreTheProgrammersMistake() {
        ClientSecrets secrets = ClientSecrets.over(HttpClient.newHttpClient());

        assertThatThrownBy(() -> secrets.create(endpoint(1), SESSION, Duration.ofSeconds(9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT9S");
        assertThatThrownBy(() ->
                        secrets.create(endpoint(1), SessionConfig.of(c -> c.voice("marin")), Duration.ofMinutes(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model");
    }
}
