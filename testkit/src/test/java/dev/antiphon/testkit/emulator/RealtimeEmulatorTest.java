package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.JsonValue;
import com.openai.core.http.WebSocketWriteNotAttempted;
import com.openai.helpers.RealtimeConnection;
import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.ConversationItem;
import com.openai.models.realtime.ConversationItemCreateEvent;
import com.openai.models.realtime.InputAudioBufferAppendEvent;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeConversationItemFunctionCall;
import com.openai.models.realtime.RealtimeConversationItemFunctionCallOutput;
import com.openai.models.realtime.RealtimeConversationItemUserMessage;
import com.openai.models.realtime.RealtimeFunctionTool;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import com.openai.models.realtime.ResponseCreateEvent;
import com.openai.models.realtime.SessionUpdateEvent;
import dev.antiphon.testkit.speech.SpeechRecognizer;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The emulator over real sockets: the official client holds conversations with it. */
@Timeout(30)
class RealtimeEmulatorTest {
    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();

    private final HttpClient http = HttpClient.newHttpClient();

    /** Not closed in order: that waits for ever for a WebSocket whose line broke and which nobody aborted. */
    @AfterEach
    void shutDownTheClient() {
        http.shutdownNow();
    }

    @Test
    void theOfficialClientHoldsATextTurn() {
        brain.says("Hello to you.");
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings());
                RealtimeConnection client = connect(emulator)) {
            send(
                    client,
                    RealtimeClientEvent.ofSessionUpdate(SessionUpdateEvent.builder()
                            .session(RealtimeSessionCreateRequest.builder()
                                    .addOutputModality(RealtimeSessionCreateRequest.OutputModality.TEXT)
                                    .build())
                            .build()));
            until(client, RealtimeServerEvent::isSessionUpdated);
            send(client, userSays("hi"));
            until(client, RealtimeServerEvent::isConversationItemDone);
            send(client, respond());
            List<RealtimeServerEvent> events = until(client, RealtimeServerEvent::isResponseDone);
            String text = events.stream()
                    .flatMap(event -> event.responseOutputTextDelta().stream())
                    .map(event -> event.delta())
                    .reduce("", String::concat);
            assertThat(text).isEqualTo("Hello to you.");
            assertThat(events.getLast().asResponseDone().response().usage()).isPresent();
        }
    }

    @Test
    void theOfficialClientHoldsAFunctionCall() {
        brain.then(new Brain.Output.CallTool("get_weather", SharedProtocol.MAPPER.readTree("{\"city\":\"Paris\"}")))
                .says("It is 18 degrees.");
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings());
                RealtimeConnection client = connect(emulator)) {
            send(
                    client,
                    RealtimeClientEvent.ofSessionUpdate(SessionUpdateEvent.builder()
                            .session(RealtimeSessionCreateRequest.builder()
                                    .addTool(RealtimeFunctionTool.builder()
                                            .type(RealtimeFunctionTool.Type.FUNCTION)
                                            .name("get_weather")
                                            .description("Weather for a city")
                                            .parameters(JsonValue.from(Map.of("type", "object")))
                                            .build())
                                    .build())
                            .build()));
            until(client, RealtimeServerEvent::isSessionUpdated);
            send(client, userSays("Weather in Paris?"));
            until(client, RealtimeServerEvent::isConversationItemDone);
            send(client, respond());
            List<RealtimeServerEvent> first = until(client, RealtimeServerEvent::isResponseDone);
            RealtimeConversationItemFunctionCall call = first.getLast()
                    .asResponseDone()
                    .response()
                    .output()
                    .orElseThrow()
                    .getFirst()
                    .asFunctionCall();
            assertThat(call.arguments()).isEqualTo("{\"city\":\"Paris\"}");
            send(
                    client,
                    RealtimeClientEvent.ofConversationItemCreate(ConversationItemCreateEvent.builder()
                            .item(ConversationItem.ofFunctionCallOutput(
                                    RealtimeConversationItemFunctionCallOutput.builder()
                                            .callId(call.callId().orElseThrow())
                                            .output("{\"c\":18}")
                                            .build()))
                            .build()));
            until(client, RealtimeServerEvent::isConversationItemDone);
            send(client, respond());
            until(client, RealtimeServerEvent::isResponseDone);
            assertThat(brain.lastTurn().history())
                    .last()
                    .isEqualTo(new Brain.Entry.ToolAnswered(call.callId().orElseThrow(), "{\"c\":18}"));
        }
    }

    @Test
    void aSpokenTurnIsHeardAndAnsweredInSpeech() {
        brain.says("I heard you well.");
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings());
                RealtimeConnection client = connect(emulator)) {
            byte[] audio = AudioCodec.bytes(Doubles.join(Doubles.tone(600, 8_000), Doubles.silence(500)));
            send(
                    client,
                    RealtimeClientEvent.ofInputAudioBufferAppend(InputAudioBufferAppendEvent.builder()
                            .audio(Base64.getEncoder().encodeToString(audio))
                            .build()));
            List<RealtimeServerEvent> events = until(client, RealtimeServerEvent::isResponseDone);
            int bytes = events.stream()
                    .flatMap(event -> event.responseOutputAudioDelta().stream())
                    .mapToInt(event -> Base64.getDecoder().decode(event.delta()).length)
                    .sum();
            assertThat(bytes).isEqualTo(17 * 50 * 48);
            assertThat(brain.lastTurn().history()).containsExactly(new Brain.Entry.UserSaid("hello there", true));
        }
    }

    @Test
    void manySessionsAtOnceAreServedEachForItself() {
        Brain echo =
                turn -> List.of(new Brain.Output.Speak(turn.history().getLast().toString()));
        EmulatorSettings settings = VirtualCall.settings(echo).withProfile(EmulatorProfile.instant());
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(raw(emulator.wsUri() + "?model=gpt-realtime"));
            }
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i)
                        .send("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
                                + "\"content\":[{\"type\":\"input_text\",\"text\":\"caller " + i + "\"}]}}")
                        .send("{\"type\":\"response.create\"}");
            }
            for (int i = 0; i < clients.size(); i++) {
                String done = clients.get(i).await("\"response.done\"");
                assertThat(done).contains("text=caller " + i + ",");
            }
            assertThat(emulator.sessions()).isEqualTo(100);
        }
    }

    @Test
    void aWrongKeyIsToldByAnErrorAndACloseCode() {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings().withAcceptedKeys("sk-good"::equals))) {
            RawClient client = raw(emulator.wsUri() + "?model=gpt-realtime");
            assertThat(client.closed()).isEqualTo("3000 invalid_request_error.invalid_api_key");
            assertThat(client.frames).singleElement().asString().contains("invalid_api_key");
        }
    }

    /** Over a bare socket: the JDK's client now and then does not notice an end that comes with the first frame. */
    @Test
    void aBrokenLineHasNoCloseFrame() throws Exception {
        try (RealtimeEmulator emulator =
                        RealtimeEmulator.start(settings().withFaults(FaultScript.of(new Fault.DropAfter(1))));
                Socket socket = new Socket(emulator.wsUri().getHost(), emulator.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /v1/realtime?model=gpt-realtime HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                    + "Authorization: Bearer sk-test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] all = socket.getInputStream().readAllBytes();
            int frame = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
            ByteBuffer head = ByteBuffer.wrap(all, frame, 4);
            assertThat(head.get()).as("one whole text frame").isEqualTo((byte) 0x81);
            assertThat(head.get()).as("of two bytes' length").isEqualTo((byte) 126);
            assertThat(frame + 4 + head.getShort()).as("and nothing behind it").isEqualTo(all.length);
        }
    }

    @Test
    void faultsAreChangedWhileItRuns() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            URI control = emulator.httpUri().resolve("/emulator/faults");
            assertThat(send(HttpRequest.newBuilder(control)
                                    .PUT(BodyPublishers.ofString("[{\"fault\":\"refuse-upgrade\",\"http-status\":503,"
                                            + "\"body\":\"simulated\"}]")))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(http.newWebSocketBuilder()
                            .header("Authorization", "Bearer sk-test")
                            .buildAsync(URI.create(emulator.wsUri() + "?model=gpt-realtime"), new RawClient()))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingRootCause()
                    .withMessageContaining("503");
            assertThat(send(HttpRequest.newBuilder(control)).body()).isEqualTo("{\"given\":{\"refuse-upgrade\":1}}");

            HttpResponse<String> bad =
                    send(HttpRequest.newBuilder(control).PUT(BodyPublishers.ofString("- {fault: x}")));
            assertThat(bad.statusCode()).isEqualTo(400);
            assertThat(bad.body()).contains("'fault' must be one of");

            send(HttpRequest.newBuilder(control).DELETE());
            assertThat(raw(emulator.wsUri() + "?model=gpt-realtime").await("session.created"))
                    .isNotEmpty();
        }
    }

    @Test
    void sessionsAreCountedAnewWhenTheFaultsAreChanged() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            URI control = emulator.httpUri().resolve("/emulator/faults");
            String address = emulator.wsUri() + "?model=gpt-realtime";
            raw(address).await("session.created");
            String second =
                    "[{\"fault\":\"close-after\",\"events\":1,\"code\":4001,\"reason\":\"x\",\"sessions\":[2]}]";
            for (int change = 0; change < 2; change++) {
                send(HttpRequest.newBuilder(control).PUT(BodyPublishers.ofString(second)));
                assertThat(send(HttpRequest.newBuilder(control)).body()).isEqualTo("{\"given\":{}}");
                raw(address).await("session.created");
                assertThat(send(HttpRequest.newBuilder(control)).body()).isEqualTo("{\"given\":{}}");
                raw(address).await("session.created");
                assertThat(send(HttpRequest.newBuilder(control)).body()).isEqualTo("{\"given\":{\"close-after\":1}}");
            }
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aBinaryFrameIsAnsweredWithAnError() {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            RawClient client = raw(emulator.wsUri() + "?model=gpt-realtime");
            arrived(arrived(client.socket).sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true));
            assertThat(client.await("invalid_event")).contains("binary frames are not supported");
        }
    }

    @Test
    void aBrowserGetsItsSubprotocol() {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            RawClient client = new RawClient();
            WebSocket socket = arrived(http.newWebSocketBuilder()
                    .subprotocols("realtime", "openai-insecure-api-key.sk-browser")
                    .buildAsync(URI.create(emulator.wsUri() + "?model=gpt-realtime"), client));
            assertThat(socket.getSubprotocol()).isEqualTo("realtime");
            assertThat(client.await("session.created")).isNotEmpty();
        }
    }

    @Test
    void callersInOtherProcessesRegisterTheirWords() throws Exception {
        List<String> registered = new CopyOnWriteArrayList<>();
        List<Boolean> onWorker = new CopyOnWriteArrayList<>();
        SpeechRecognizer ears = new SpeechRecognizer() {
            @Override
            public void register(String text) {
                registered.add(text);
                onWorker.add(Thread.currentThread().isVirtual());
            }

            @Override
            public Optional<String> recognize(byte[] pcm24kHz) {
                return Optional.empty();
            }
        };
        try (RealtimeEmulator emulator = RealtimeEmulator.start(EmulatorSettings.of(brain, Doubles.tones(), ears))) {
            assertThat(post(emulator, "{\"text\":\"Next Tuesday, please.\"}")).isEqualTo(204);
            assertThat(post(emulator, "{\"words\":1}")).isEqualTo(400);
            assertThat(post(emulator, "no json")).isEqualTo(400);
            assertThat(registered).containsExactly("Next Tuesday, please.");
            assertThat(onWorker).as("not on a thread of the server").containsExactly(true);
        }
    }

    @Test
    void closingTheEmulatorClosesItsSessions() {
        RawClient client;
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            client = raw(emulator.wsUri() + "?model=gpt-realtime");
            client.await("session.created");
        }
        assertThat(client.closed()).isEqualTo("1001 The emulator is shutting down.");
    }

    @Test
    void aTakenPortIsOneClearError() {
        try (RealtimeEmulator first = RealtimeEmulator.start(settings())) {
            assertThatThrownBy(() -> RealtimeEmulator.start(settings().withPort(first.port())))
                    .isInstanceOf(EmulatorStartFailure.class)
                    .hasMessageContaining("127.0.0.1:" + first.port())
                    .hasMessageContaining("Choose another port");
        }
    }

    private EmulatorSettings settings() {
        return VirtualCall.settings(brain);
    }

    private int post(RealtimeEmulator emulator, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(emulator.httpUri() + "/emulator/speech"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private RawClient raw(String uri) {
        RawClient client = new RawClient();
        arrived(http.newWebSocketBuilder()
                .header("Authorization", "Bearer sk-test")
                .buildAsync(URI.create(uri), client));
        return client;
    }

    private static <T> T arrived(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The caller closes what it gets. */
    @SuppressWarnings("MustBeClosedChecker")
    private static RealtimeConnection connect(RealtimeEmulator emulator) {
        ClientOptions options = ClientOptions.builder()
                .apiKey("sk-test")
                .baseUrl(emulator.httpUri() + "/v1")
                .httpClient(OkHttpClient.builder().build())
                .build();
        return RealtimeConnection.connect(
                options,
                RealtimeWebSocketOptions.builder().model("gpt-realtime").build());
    }

    /** Takes events until the one that is waited for; the official client sends one frame at a time. */
    private static List<RealtimeServerEvent> until(RealtimeConnection client, Predicate<RealtimeServerEvent> isLast) {
        List<RealtimeServerEvent> events = new ArrayList<>();
        do {
            events.add(client.receive().validate());
        } while (!isLast.test(events.getLast()));
        assertThat(events).noneMatch(RealtimeServerEvent::isError);
        return events;
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

    private static RealtimeClientEvent userSays(String text) {
        return RealtimeClientEvent.ofConversationItemCreate(ConversationItemCreateEvent.builder()
                .item(ConversationItem.ofRealtimeConversationItemUserMessage(
                        RealtimeConversationItemUserMessage.builder()
                                .addContent(RealtimeConversationItemUserMessage.Content.builder()
                                        .type(RealtimeConversationItemUserMessage.Content.Type.INPUT_TEXT)
                                        .text(text)
                                        .build())
                                .build()))
                .build());
    }

    private static RealtimeClientEvent respond() {
        return RealtimeClientEvent.ofResponseCreate(
                ResponseCreateEvent.builder().build());
    }

    /** A client of the JDK that keeps everything it gets. */
    private static final class RawClient implements WebSocket.Listener {
        final List<String> frames = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        final CompletableFuture<WebSocket> socket = new CompletableFuture<>();

        @Override
        public void onOpen(WebSocket webSocket) {
            socket.complete(webSocket);
            webSocket.request(1);
        }

        RawClient send(String json) {
            arrived(arrived(socket).sendText(json, true));
            return this;
        }

        String closed() {
            return end.orTimeout(10, TimeUnit.SECONDS).join();
        }

        /** The first frame that contains {@code part}. */
        String await(String part) {
            synchronized (frames) {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
                while (frames.stream().noneMatch(frame -> frame.contains(part))) {
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    assertThat(left)
                            .as("waiting for " + part + " in " + frames.size() + " frames")
                            .isPositive();
                    waitFor(left);
                }
            }
            return frames.stream()
                    .filter(frame -> frame.contains(part))
                    .findFirst()
                    .orElseThrow();
        }

        private void waitFor(long millis) {
            try {
                frames.wait(millis);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                synchronized (frames) {
                    frames.add(partial.toString());
                    frames.notifyAll();
                }
                partial.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            end.complete(statusCode + " " + reason);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            webSocket.abort();
            end.complete("1006 " + error);
        }
    }
}
