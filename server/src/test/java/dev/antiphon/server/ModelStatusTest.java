package dev.antiphon.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.StatusFormat;
import dev.antiphon.model.StatusPage;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that says itself that its model is under maintenance, over HTTP. */
class ModelStatusTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Endpoints endpoints = new Endpoints(new SplittableRandom(1));
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private final HttpServer service = service();
    private volatile String status = "maintenance";

    private static HttpServer service() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void startTheService() {
        service.createContext("/v1/models", this::answer);
        service.start();
    }

    @AfterEach
    void stopTheService() {
        service.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        keys.add(String.join(", ", exchange.getRequestHeaders().getOrDefault("Authorization", List.of())));
        byte[] body = ("{\"data\": [{\"id\": \"house-mini\", \"status\": \"" + status + "\"}]}").getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The ladder with its lowest tier at a house service first, at which nobody listens for calls. */
    private ServerSettings atTheHouseFirst(ServerSettings settings) {
        Tier usual = settings.ladder().lowest();
        ModelEndpoint house = new ModelEndpoint(
                "house",
                "house-mini",
                URI.create("ws://127.0.0.1:1/v1/realtime?model=house-mini"),
                Map.of(),
                List.of(),
                usual.endpoint().dialect(),
                Optional.empty(),
                Optional.of(new StatusPage(
                        URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/v1/models"),
                        Map.of("Authorization", "Bearer house-key"),
                        new StatusFormat("/models", "/data", "/id", "/status", List.of("maintenance")))));
        Tier first = new Tier(usual.name(), house, usual.prices()).orElse(usual);
        return settings.withLadder(new TierLadder(List.of(first)))
                .withEndpoints(endpoints)
                .withStatusInterval(Duration.ofMillis(50));
    }

    /** The next poll comes after the answer of the one before has been taken in. */
    private void waitForAPollToBeTakenIn() throws InterruptedException {
        keys.clear();
        for (int i = 0; i < 2; i++) {
            assertThat(keys.poll(20, TimeUnit.SECONDS)).isEqualTo("Bearer house-key");
        }
    }

    private JsonNode health(OrderDesk desk) throws Exception {
        String body = http.send(
                        HttpRequest.newBuilder(desk.http("/health")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(body).doesNotContain("house-key");
        return JsonMapper.shared().readTree(body);
    }

    @Test
    void callsGoElsewhereWhileTheServiceSaysThatItIsUnderMaintenance() throws Exception {
        try (OrderDesk desk = OrderDesk.open(this::atTheHouseFirst)) {
            waitForAPollToBeTakenIn();
            JsonNode sick = health(desk).path("endpoints").path(0);
            assertThat(sick.path("state").asString()).isEqualTo("unavailable");
            assertThat(sick.path("reason").asString()).isEqualTo("its service says: maintenance");
            assertThat(health(desk).path("status").asString()).isEqualTo("up");

            try (RealtimeClient caller = RealtimeClient.connect(desk.realtime())) {
                assertThat(caller.next("response.done").toString()).contains("offee");
            }
            assertThat(endpoints.unwell()).isEmpty();

            status = "active";
            waitForAPollToBeTakenIn();
            assertThat(health(desk).path("endpoints").path(0).path("state").asString())
                    .isEqualTo("well");
        }
    }
}
