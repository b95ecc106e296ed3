package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.http.WebSocketWriteNotAttempted;
import com.openai.helpers.RealtimeConnection;
import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.ConversationItem;
import com.openai.models.realtime.ConversationItemCreateEvent;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeConversationItemUserMessage;
import com.openai.models.realtime.RealtimeResponse;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import com.openai.models.realtime.ResponseCreateEvent;
import com.openai.models.realtime.SessionUpdateEvent;
import dev.antiphon.connection.ConnectFailure;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.server.gateway.AccessPolicy;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AntiphonServerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final RealtimeWebSocketOptions MODEL =
            RealtimeWebSocketOptions.builder().model("gpt-realtime").build();

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"intent=transcription", "call_id=rtc_1"})
    void aBotHasNoTranscriptionSessionsAndNoCallsToFollow(String query) {
        try (OrderDesk desk = OrderDesk.open();
                HttpClient http = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> http.newWebSocketBuilder()
                            .buildAsync(URI.create(desk.realtime() + "?" + query), new WebSocket.Listener() {})
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(400));
        }
    }

    @Test
    void theOfficialJavaClientOrdersThroughTheGateway() throws Exception {
        try (OrderDesk desk = OrderDesk.open();
                RealtimeConnection client = RealtimeConnection.connect(options(desk, "sk-any"), MODEL)) {
            send(client, textOnly());
            assertThat(answer(client)).containsIgnoringCase("coffee or tea");
            String session = json(get(desk.http("/v1/calls")))
                    .path("calls")
                    .path(0)
                    .path("session")
                    .asString();
            say(client, "I would like a tea please");
            assertThat(answer(client)).containsIgnoringCase("name");
            say(client, "My name is Ada Lovelace");
            assertThat(answer(client)).containsIgnoringCase("shall i order it");
            say(client, "Yes, please");
            assertThat(answer(client)).containsIgnoringCase("number 1");
            assertThat(desk.orders).hasValue(1);

            List<JsonNode> facts = feed(desk, session);
            assertThat(facts.get(facts.size() - 1).path("type").asString()).isEqualTo("session_ended");
            assertThat(facts.get(facts.size() - 1).path("outcome").path("name").asString())
                    .isEqualTo("completed");
            assertThat(facts).anyMatch(f -> f.path("type").asString().equals("dialog_moved"));

            JsonNode summary = json(get(desk.http("/v1/calls/" + session)));
            assertThat(summary.path("state").asString()).isEqualTo("ended");
            assertThat(summary.path("turns").asInt()).isEqualTo(3);
            assertThat(summary.path("cost_usd").asDouble()).isPositive();
            assertThat(summary.path("timelines").size()).isEqualTo(3);
            assertThat(json(get(desk.http("/v1/calls"))).path("calls").size()).isEqualTo(1);
            assertThat(get(desk.http("/metrics")).body()).contains("voice_session_duration_seconds_count");
        }
    }

    @Test
    void healthTellsWhichServicesAreSickAndUntilWhen() throws Exception {
        Endpoints endpoints = new Endpoints(new SplittableRandom(1));
        List<ModelEndpoint> places = new ArrayList<>();
        try (OrderDesk desk = OrderDesk.open(settings -> {
            places.addAll(settings.ladder().endpoints());
            return settings.withEndpoints(endpoints);
        })) {
            assertThat(json(get(desk.http("/health")))
                            .path("endpoints")
                            .path(0)
                            .path("state")
                            .asString())
                    .isEqualTo("well");

            endpoints.refused(places.getFirst(), new ConnectFailure.QuotaExceeded("no credit"), Instant.now());
            String body = get(desk.http("/health")).body();
            JsonNode health = JSON.readTree(body);
            JsonNode sick = health.path("endpoints").path(0);

            assertThat(health.path("status").asString()).isEqualTo("degraded");
            assertThat(sick.path("model").asString()).isEqualTo("gpt-realtime-mini");
            assertThat(sick.path("tiers").path(0).asString()).isEqualTo("mini");
            assertThat(sick.path("state").asString()).isEqualTo("cooling_down");
            assertThat(sick.path("reason").asString()).isEqualTo("the account has no quota left");
            assertThat(Instant.parse(sick.path("until").asString()))
                    .isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(301));
            assertThat(health.path("endpoints").path(1).path("state").asString())
                    .isEqualTo("well");
            assertThat(body).doesNotContain("Bearer");
        }
    }

    @Test
    void healthAndBotDescribeTheServer() throws Exception {
        try (OrderDesk desk = OrderDesk.open()) {
            JsonNode health = json(get(desk.http("/health")));
            assertThat(health.path("status").asString()).isEqualTo("up");
            assertThat(health.path("active_sessions").asInt()).isZero();
            assertThat(health.path("tiers").path(1).path("model").asString()).isEqualTo("gpt-realtime");
            JsonNode bot = json(get(desk.http("/v1/bot")));
            assertThat(bot.path("svg").asString()).contains("step-drink");
            assertThat(bot.path("mermaid").asString()).startsWith("flowchart");
            assertThat(bot.path("undrawn").asString()).isEmpty();
            assertThat(bot.path("simulated_speech").asBoolean()).isTrue();
        }
    }

    @Test
    void thePageComesWithAPolicyAgainstForeignScripts() throws Exception {
        try (OrderDesk desk = OrderDesk.open()) {
            HttpResponse<String> page = get(desk.http("/"));
            assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'self'");
            for (String file : List.of(
                    "app.js",
                    "audio.js",
                    "capture.js",
                    "caller.js",
                    "feed.js",
                    "realtime.js",
                    "view.js",
                    "style.css",
                    "service.js",
                    "icon.svg")) {
                assertThat(get(desk.http("/page/" + file)).statusCode())
                        .as(file)
                        .isEqualTo(200);
            }
            assertThat(get(desk.http("/page/../Bot.class")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void simulatedSpeechIsRegisteredAndSpoken() throws Exception {
        try (OrderDesk desk = OrderDesk.open()) {
            HttpRequest register = HttpRequest.newBuilder(desk.http("/v1/simulated-speech"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"a tea\"}"))
                    .build();
            assertThat(http.send(register, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThat(desk.speech.registered).isEqualTo("a tea");
            HttpResponse<byte[]> wav = http.send(
                    HttpRequest.newBuilder(desk.http("/v1/simulated-speech?text=a%20tea"))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(wav.body()).startsWith('R', 'I', 'F', 'F').hasSize(44 + 5 * 480);
            assertThat(get(desk.http("/v1/simulated-speech")).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void whatIsNotThereIsSaidSo() throws Exception {
        try (OrderDesk desk = OrderDesk.open()) {
            assertThat(get(desk.http("/v1/calls/sess_nobody")).statusCode()).isEqualTo(404);
            assertThat(get(desk.http("/v1/calls/sess_nobody/events")).statusCode())
                    .isEqualTo(404);
            assertThat(get(desk.http("/nothing")).body()).contains("There is nothing at /nothing");
            assertThat(get(desk.http("/v1/realtime")).statusCode()).isEqualTo(426);
        }
    }

    @Test
    void aTakenPortSaysWhatToDo() {
        try (OrderDesk desk = OrderDesk.open()) {
            assertThatThrownBy(() -> OrderDesk.open(settings -> settings.withAddress("127.0.0.1", desk.port())))
                    .isInstanceOf(BindFailed.class)
                    .hasMessageContaining("127.0.0.1:" + desk.port())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void aWrongKeyIsRefusedAsTheServiceRefusesIt() {
        try (OrderDesk desk = OrderDesk.open(s -> s.withAccess(AccessPolicy.withKeys(Set.of("sk-right"))))) {
            try (RealtimeConnection client = RealtimeConnection.connect(options(desk, "sk-wrong"), MODEL)) {
                RealtimeServerEvent first = client.receive();
                assertThat(first.asError().error().code()).contains("invalid_api_key");
            }
            try (RealtimeConnection client = RealtimeConnection.connect(options(desk, "sk-right"), MODEL)) {
                assertThat(client.receive().isSessionCreated()).isTrue();
            }
        }
    }

    @Test
    void aNameThatPointsHereIsRefusedForThePageAndForCalls() throws Exception {
        try (OrderDesk desk = OrderDesk.open()) {
            assertThat(statusOf(desk, "/v1/bot", "rebound.example")).contains(" 403 ");
            assertThat(statusOf(desk, "/v1/realtime", "rebound.example")).contains(" 403 ");
            assertThat(statusOf(desk, "/v1/realtime", "localhost")).contains(" 101 ");
        }
    }

    /** The status line of an upgrade that a page of that host, on the server's port, asks for. */
    private static String statusOf(OrderDesk desk, String path, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", desk.port())) {
            socket.setSoTimeout(10_000);
            String authority = host + ":" + desk.port();
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nOrigin: http://" + authority
                                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void aServerThatStopsEndsItsCallsAndTellsEverybody() throws Exception {
        List<SessionEvent.SessionEnded> ended = new CopyOnWriteArrayList<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        CountDownLatch greeted = new CountDownLatch(1);
        try (OrderDesk desk = OrderDesk.open(s -> s.withObserver(event -> {
            if (event instanceof SessionEvent.SessionEnded end) {
                ended.add(end);
            }
        }))) {
            http.newWebSocketBuilder()
                    .buildAsync(desk.realtime(), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                            if (text.toString().contains("response.created")) {
                                greeted.countDown();
                            }
                            return WebSocket.Listener.super.onText(socket, text, last);
                        }

                        @Override
                        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                            closed.complete(code);
                            return CompletableFuture.completedFuture(reason);
                        }
                    })
                    .join();
            assertThat(greeted.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(1001);
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).outcome()).isEqualTo(new Outcome.Abandoned("the server is stopping"));
    }

    @Test
    void theListOfCallsWantsAKeyWhenTheServerHasKeys() throws Exception {
        try (OrderDesk desk = OrderDesk.open(s -> s.withAccess(AccessPolicy.withKeys(Set.of("sk-right"))))) {
            assertThat(get(desk.http("/v1/calls")).statusCode()).isEqualTo(401);
            assertThat(get(desk.http("/v1/calls?api-key=sk-right")).statusCode())
                    .isEqualTo(200);
        }
    }

    private static ClientOptions options(OrderDesk desk, String key) {
        return ClientOptions.builder()
                .apiKey(key)
                .baseUrl(desk.http("/v1").toString())
                .httpClient(OkHttpClient.builder().build())
                .build();
    }

    private static RealtimeClientEvent textOnly() {
        return RealtimeClientEvent.ofSessionUpdate(SessionUpdateEvent.builder()
                .session(RealtimeSessionCreateRequest.builder()
                        .addOutputModality(RealtimeSessionCreateRequest.OutputModality.TEXT)
                        .build())
                .build());
    }

    /**
     * Sends one event. The client has room for a single frame, and frees it a moment after the frame has left, so that an
     * answer can be here before; what it does not take, it says, and wants to be given again.
     */
    private static void send(RealtimeConnection client, RealtimeClientEvent event) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                client.send(event);
                return;
            } catch (WebSocketWriteNotAttempted.Busy busy) {
                if (System.nanoTime() - deadline > 0) {
                    throw busy;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** The client's send buffer takes one event at a time, so the first one's answer is awaited. */
    private static void say(RealtimeConnection client, String text) {
        send(
                client,
                RealtimeClientEvent.ofConversationItemCreate(ConversationItemCreateEvent.builder()
                        .item(ConversationItem.ofRealtimeConversationItemUserMessage(
                                RealtimeConversationItemUserMessage.builder()
                                        .addContent(RealtimeConversationItemUserMessage.Content.builder()
                                                .type(RealtimeConversationItemUserMessage.Content.Type.INPUT_TEXT)
                                                .text(text)
                                                .build())
                                        .build()))
                        .build()));
        awaitEvent(client, RealtimeServerEvent::isConversationItemDone);
        send(
                client,
                RealtimeClientEvent.ofResponseCreate(
                        ResponseCreateEvent.builder().build()));
    }

    /** The words of the next response that was not cut short. */
    private static String answer(RealtimeConnection client) {
        StringBuilder words = new StringBuilder();
        awaitEvent(client, event -> {
            if (event.isResponseOutputTextDone()) {
                words.append(event.asResponseOutputTextDone().text()).append(' ');
            }
            // The greeting is spoken when it begins before the client's choice of text has arrived.
            if (event.isResponseOutputAudioTranscriptDone()) {
                words.append(event.asResponseOutputAudioTranscriptDone().transcript())
                        .append(' ');
            }
            return event.isResponseDone()
                    && event.asResponseDone()
                            .response()
                            .status()
                            .filter(RealtimeResponse.Status.COMPLETED::equals)
                            .isPresent();
        });
        return words.toString();
    }

    private static RealtimeServerEvent awaitEvent(RealtimeConnection client, Predicate<RealtimeServerEvent> wanted) {
        while (true) {
            RealtimeServerEvent event = client.receive();
            assertThat(event.isError()).as(event.toString()).isFalse();
            event.validate();
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    private List<JsonNode> feed(OrderDesk desk, String session) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(desk.http("/v1/calls/" + session + "/events"))
                .timeout(Duration.ofSeconds(30))
                .build();
        List<JsonNode> facts = new ArrayList<>();
        http.send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> facts.add(JSON.readTree(line.substring("data: ".length()))));
        return facts;
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
