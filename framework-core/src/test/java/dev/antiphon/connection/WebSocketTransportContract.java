package dev.antiphon.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.connection.RecordedListener.Heard;
import dev.antiphon.connection.WebSocketEndpoint.Decision;
import dev.antiphon.connection.WebSocketEndpoint.Upgrade;
import dev.antiphon.connection.WebSocketTransport.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every {@link WebSocketTransport} and of every server. */
@Timeout(60)
abstract class WebSocketTransportContract {
    private final ActorSystem<?> system;
    private final LoopbackServer.Kind kind;
    private final Function<ActorSystem<?>, WebSocketTransport> transports;
    private final WebSocketTransport transport;
    private final BlockingQueue<WebSocketLink> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<Upgrade> upgrades = new LinkedBlockingQueue<>();
    private final RecordedListener atServer = new RecordedListener();
    private final RecordedListener atClient = new RecordedListener();

    WebSocketTransportContract(
            ActorSystem<?> system, LoopbackServer.Kind kind, Function<ActorSystem<?>, WebSocketTransport> transports) {
        this.kind = kind;
        this.system = system;
        this.transports = transports;
        this.transport = transports.apply(system);
    }

    @Test
    void textsTravelBothWaysWholeAndInOrder() throws Exception {
        try (LoopbackServer listening = kind.start(system, accepting(Optional.empty()))) {
            WebSocketLink client = transport.connect(request(listening.uri("/v1/realtime?model=m&x=a%20b")), atClient);
            String large = "ä".repeat(70_000);
            assertThat(client.send(utf8("sent before the link was open"))).isTrue();
            assertThat(client.send(utf8(large))).isTrue();

            Upgrade upgrade = upgrades.take();
            assertThat(upgrade.path()).isEqualTo("/v1/realtime");
            assertThat(upgrade.query()).containsEntry("model", "m").containsEntry("x", "a b");
            assertThat(upgrade.headers()).containsEntry("authorization", "Bearer sk-secret-of-the-test");
            assertThat(atServer.next()).isEqualTo(new Heard.Opened(Optional.empty()));
            assertThat(atServer.next()).isEqualTo(new Heard.Text("sent before the link was open"));
            assertThat(atServer.next()).isEqualTo(new Heard.Text(large));

            WebSocketLink back = accepted.take();
            for (int i = 0; i < 200; i++) {
                assertThat(back.send(utf8("n" + i))).isTrue();
            }
            assertThat(atClient.next()).isEqualTo(new Heard.Opened(Optional.empty()));
            for (int i = 0; i < 200; i++) {
                assertThat(atClient.next()).isEqualTo(new Heard.Text("n" + i));
            }
        }
    }

    @Test
    void theServerChoosesASubprotocol() throws Exception {
        try (LoopbackServer listening = kind.start(system, accepting(Optional.of("realtime")))) {
            Request offering = new Request(
                    listening.uri("/"),
                    Map.of(),
                    List.of("realtime", "openai-insecure-api-key.sk-secret"),
                    Duration.ofSeconds(5),
                    limits(Duration.ofSeconds(15), 1024, 16));
            transport.connect(offering, atClient);
            assertThat(upgrades.take().subprotocols()).containsExactly("realtime", "openai-insecure-api-key.sk-secret");
            assertThat(atClient.next()).isEqualTo(new Heard.Opened(Optional.of("realtime")));
            assertThat(atServer.next()).isEqualTo(new Heard.Opened(Optional.of("realtime")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1008, 3000, 4000})
    void closeCodesAndReasonsOfTheServerReachTheClientAfterWhatWasQueued(int code) throws Exception {
        try (LoopbackServer listening = kind.start(system, accepting(Optional.empty()))) {
            transport.connect(request(listening.uri("/")), atClient);
            WebSocketLink link = accepted.take();
            link.send(utf8("the error"));
            link.close(code, "invalid_request_error.invalid_model");
            link.close(1000, "a second close does nothing");
            assertThat(link.send(utf8("too late"))).isFalse();

            atClient.next(Heard.Opened.class);
            assertThat(atClient.next()).isEqualTo(new Heard.Text("the error"));
            assertThat(atClient.next()).isEqualTo(new Heard.Closed(code, "invalid_request_error.invalid_model"));
            atServer.next(Heard.Opened.class);
            assertThat(atServer.next(Heard.Closed.class).code()).isEqualTo(code);
        }
    }

    @Test
    void aTornLineEndsWithinAFrameAfterWhatWasQueued() throws Exception {
        try (LoopbackServer listening = kind.start(system, accepting(Optional.empty()))) {
            transport.connect(request(listening.uri("/")), atClient);
            WebSocketLink link = accepted.take();
            link.send(utf8("whole"));
            link.breakDown(WebSocketLink.Breakdown.TORN);
            assertThat(link.send(utf8("too late"))).isFalse();

            atClient.next(Heard.Opened.class);
            assertThat(atClient.next()).isEqualTo(new Heard.Text("whole"));
            assertThat(atClient.next(Heard.Closed.class).code()).isEqualTo(1006);
            atServer.next(Heard.Opened.class);
            assertThat(atServer.next(Heard.Closed.class).code()).isEqualTo(1006);
        }
    }

    @Test
    void aDeadLineAnswersNoPingAndIsGivenUpByThePeer() throws Exception {
        try (LoopbackServer listening = kind.start(system, accepting(Optional.empty()))) {
            Request impatient = new Request(
                    listening.uri("/"),
                    Map.of(),
                    List.of(),
                    Duration.ofSeconds(5),
                    limits(Duration.ofMillis(200), 1024, 16));
            WebSocketLink client = transport.connect(impatient, atClient);
            accepted.take().breakDown(WebSocketLink.Breakdown.DEAD);

            atServer.next(Heard.Opened.class);
            assertThat(atServer.next(Heard.Closed.class).code()).isEqualTo(1006);
            atClient.next(Heard.Opened.class);
            assertThat(client.send(utf8("into the void"))).isTrue();
            assertThat(atClient.next()).isEqualTo(new Heard.Closed(1006, "the peer did not answer pings"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 3000, 4999})
    void closeCodesAndReasonsOfTheClientReachTheServer(int code) throws Exception {
        try (LoopbackServer listening = kind.start(system, accepting(Optional.empty()))) {
            WebSocketLink client = transport.connect(request(listening.uri("/")), atClient);
            client.send(utf8("last words"));
            client.close(code, "gründlich");
            atServer.next(Heard.Opened.class);
            assertThat(atServer.next()).isEqualTo(new Heard.Text("last words"));
            assertThat(atServer.next()).isEqualTo(new Heard.Closed(code, "gründlich"));
            atClient.next(Heard.Opened.class);
            assertThat(atClient.next(Heard.Closed.class).code()).isEqualTo(code);
        }
    }

    @Test
    void closingWith1006DropsTheConnectionWithoutACloseFrame() throws Exception {
        try (LoopbackServer listening = kind.start(system, accepting(Optional.empty()))) {
            transport.connect(request(listening.uri("/")), atClient);
            WebSocketLink link = accepted.take();
            link.send(utf8("half a sen"));
            link.close(1006, "cable cut");
            atClient.next(Heard.Opened.class);
            assertThat(atClient.next()).isEqualTo(new Heard.Text("half a sen"));
            assertThat(atClient.next(Heard.Closed.class).code()).isEqualTo(1006);
            atServer.next(Heard.Opened.class);
            assertThat(atServer.next()).isEqualTo(new Heard.Closed(1006, "cable cut"));
        }
    }

    @Test
    void aMessageThatIsTooLargeClosesWith1009OnBothEnds() throws Exception {
        WebSocketLimits small = WebSocketLimits.defaults().withMaxFrameBytes(1000);
        try (LoopbackServer listening = kind.start(system, accepting(Optional.empty()), small)) {
            WebSocketLink client = transport.connect(request(listening.uri("/")), atClient);
            client.send(utf8("x".repeat(1000)));
            client.send(utf8("x".repeat(1001)));
            atServer.next(Heard.Opened.class);
            assertThat(atServer.next()).isEqualTo(new Heard.Text("x".repeat(1000)));
            Heard.Closed atEnd = new Heard.Closed(1009, "a message must have at most 1000 bytes");
            assertThat(atServer.next()).isEqualTo(atEnd);
            atClient.next(Heard.Opened.class);
            assertThat(atClient.next()).isEqualTo(atEnd);
        }
    }

    @Test
    void aRefusalCarriesStatusAndBodyButNoSecret() throws Exception {
        WebSocketEndpoint refusing =
                upgrade -> new Decision.Refuse(401, "{\"error\":\"bad key sk-secret-of-the-test\"}");
        try (LoopbackServer listening = kind.start(system, refusing)) {
            WebSocketLink link = transport.connect(request(listening.uri("/")), atClient);
            assertThat(atClient.next()).isEqualTo(new Heard.Refused(Optional.of(401), "{\"error\":\"bad key ***\"}"));
            assertThat(link.send(utf8("anything"))).isFalse();
        }
    }

    @Test
    void anAddressWhereNothingListensIsRefusedWithoutAStatus() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        transport.connect(request(URI.create("ws://127.0.0.1:" + free + "/")), atClient);
        Heard.Refused refused = atClient.next(Heard.Refused.class);
        assertThat(refused.status()).isEmpty();
        assertThat(refused.detail()).isEqualTo("ConnectException: Connection refused");
    }

    @Test
    void aServerThatNeverAnswersTheUpgradeIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Request hasty = new Request(
                    URI.create("ws://127.0.0.1:" + silent.getLocalPort() + "/"),
                    Map.of(),
                    List.of(),
                    Duration.ofMillis(200),
                    limits(Duration.ofSeconds(15), 1024, 16));
            transport.connect(hasty, atClient);
            assertThat(atClient.next())
                    .isEqualTo(new Heard.Refused(Optional.empty(), "the server did not answer within 200 ms"));
        }
    }

    @Test
    void aServerThatSpeaksTlsWhereNoneIsExpectedIsToldApart() throws Exception {
        try (ServerSocket tls = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            transport.connect(request(URI.create("ws://127.0.0.1:" + tls.getLocalPort() + "/")), atClient);
            try (Socket socket = tls.accept()) {
                assertThat(socket.getInputStream().read()).isPositive();
                socket.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, 2, 80});
                socket.shutdownOutput();
                assertThat(atClient.next(Heard.Refused.class).detail())
                        .isEqualTo(
                                "the server speaks TLS; use wss:// in the address, or the port where it speaks none");
            }
        }
    }

    @Test
    void aServerThatDoesNotSpeakHttpIsToldApart() throws Exception {
        try (ServerSocket odd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            transport.connect(request(URI.create("ws://127.0.0.1:" + odd.getLocalPort() + "/")), atClient);
            try (Socket socket = odd.accept()) {
                socket.getOutputStream().write("SSH-2.0-OpenSSH\r\n\r\n".getBytes(UTF_8));
                assertThat(atClient.next(Heard.Refused.class).detail()).contains("not HTTP");
            }
        }
    }

    @Test
    void theSendQueueIsBounded() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            WebSocketLink link =
                    transport.connect(request(URI.create("ws://127.0.0.1:" + deaf.getLocalPort() + "/")), atClient);
            for (int i = 0; i < 64; i++) {
                assertThat(link.send(utf8("waits"))).isTrue();
            }
            assertThat(link.queued()).isEqualTo(64);
            assertThat(link.send(utf8("one too many"))).isFalse();
            assertThat(link.queued()).isEqualTo(64);
        }
    }

    @Test
    void aPeerThatAnswersNoPingsIsGivenUp() throws Exception {
        try (ServerSocket dead = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Request watchful = new Request(
                    URI.create("ws://127.0.0.1:" + dead.getLocalPort() + "/"),
                    Map.of(),
                    List.of(),
                    Duration.ofSeconds(5),
                    limits(Duration.ofMillis(50), 1024, 16));
            transport.connect(watchful, atClient);
            try (Socket socket = dead.accept()) {
                upgradeByHand(socket);
                atClient.next(Heard.Opened.class);
                assertThat(atClient.next()).isEqualTo(new Heard.Closed(1006, "the peer did not answer pings"));
            }
        }
    }

    @Test
    void anIdleLinkWhosePeerAnswersPingsStaysOpen() throws Exception {
        try (ServerSocket quiet = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Request watchful = new Request(
                    URI.create("ws://127.0.0.1:" + quiet.getLocalPort() + "/"),
                    Map.of(),
                    List.of(),
                    Duration.ofSeconds(5),
                    limits(Duration.ofMillis(200), 1024, 16));
            transport.connect(watchful, atClient);
            try (Socket socket = quiet.accept()) {
                upgradeByHand(socket);
                byte[] pong = {(byte) 0x8A, 0};
                byte[] hello = {(byte) 0x81, 2, 'h', 'i'};
                for (int pings = 0; pings < 5; pings++) {
                    assertThat(socket.getInputStream().readNBytes(6)[0]).isEqualTo((byte) 0x89);
                    socket.getOutputStream().write(pong);
                }
                socket.getOutputStream().write(hello);
                atClient.next(Heard.Opened.class);
                assertThat(atClient.next()).isEqualTo(new Heard.Text("hi"));
            }
        }
    }

    @Test
    void connectionsEndWithTheirActorSystem() throws Exception {
        ActorTestKit other = ActorTestKit.create();
        try (LoopbackServer listening = kind.start(system, accepting(Optional.empty()))) {
            WebSocketLink link = transports.apply(other.system()).connect(request(listening.uri("/")), atClient);
            atClient.next(Heard.Opened.class);
            other.shutdownTestKit();
            assertThat(atClient.next(Heard.Closed.class).code()).isEqualTo(1006);
            atServer.next(Heard.Opened.class);
            assertThat(atServer.next(Heard.Closed.class).code()).isEqualTo(1006);
            assertThat(link.send(utf8("too late"))).isFalse();
        }
    }

    @Test
    void theJdkClientAndOurServerUnderstandEachOther() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        try (LoopbackServer listening = kind.start(system, accepting(Optional.empty()))) {
            CompletableFuture<String> closed = new CompletableFuture<>();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(listening.uri("/x"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                            closed.complete(code + " " + reason);
                            return CompletableFuture.completedStage(null);
                        }
                    })
                    .join();
            socket.sendText("in ", false).join();
            socket.sendText("three ", false).join();
            socket.sendPing(ByteBuffer.allocate(4)).join();
            socket.sendText("parts", true).join();
            socket.sendBinary(ByteBuffer.allocate(5), true).join();
            atServer.next(Heard.Opened.class);
            assertThat(atServer.next()).isEqualTo(new Heard.Text("in three parts"));
            assertThat(atServer.next()).isEqualTo(new Heard.Binary(5));
            accepted.take().close(3000, "invalid_request_error.invalid_api_key");
            assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo("3000 invalid_request_error.invalid_api_key");
        } finally {
            http.shutdownNow();
        }
    }

    @Test
    void ourClientAndPekkoHttpsOwnServerUnderstandEachOther() throws Exception {
        Flow<Message, Message, ?> echo = Flow.<Message>create()
                .map(message -> TextMessage.create(
                        Source.from(List.of("echo ", message.asTextMessage().getStrictText()))));
        ServerBinding binding = Http.get(system)
                .newServerAt("127.0.0.1", 0)
                .bindSync(request -> request.getAttribute(AttributeKeys.webSocketUpgrade)
                        .orElseThrow()
                        .handleMessagesWith(echo))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        URI uri = URI.create("ws://127.0.0.1:" + binding.localAddress().getPort() + "/");
        WebSocketLink link = transport.connect(request(uri), atClient);
        link.send(utf8("hello"));
        atClient.next(Heard.Opened.class);
        assertThat(atClient.next()).isEqualTo(new Heard.Text("echo hello"));
        link.close(1000, "bye");
        assertThat(atClient.next(Heard.Closed.class).code()).isEqualTo(1000);
        binding.terminate(Duration.ofSeconds(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aHeaderOfTwoLinesIsAProgrammersMistakeAndItsValueIsNotShown() {
        Request broken = new Request(
                URI.create("ws://127.0.0.1:1/"),
                Map.of("Authorization", "Bearer sk-secret\n"),
                List.of(),
                Duration.ofSeconds(1),
                limits(Duration.ofSeconds(1), 1024, 16));
        assertThatThrownBy(() -> transport.connect(broken, atClient))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Authorization")
                .hasMessageNotContaining("sk-secret");
    }

    private WebSocketEndpoint accepting(Optional<String> subprotocol) {
        return upgrade -> {
            upgrades.add(upgrade);
            return new Decision.Accept(subprotocol, link -> {
                accepted.add(link);
                return atServer;
            });
        };
    }

    private static Request request(URI uri) {
        return new Request(
                uri,
                Map.of("Authorization", "Bearer sk-secret-of-the-test"),
                List.of(),
                Duration.ofSeconds(5),
                limits(Duration.ofSeconds(15), 1 << 20, 64));
    }

    private static WebSocketLimits limits(Duration keepAlive, int maxFrameBytes, int sendQueueFrames) {
        return WebSocketLimits.defaults()
                .withKeepAlive(keepAlive)
                .withMaxFrameBytes(maxFrameBytes)
                .withSendQueueFrames(sendQueueFrames);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    /** Answers an upgrade and then nothing any more. */
    private static void upgradeByHand(Socket socket) throws IOException {
        byte[] bytes = new byte[4096];
        int read = socket.getInputStream().read(bytes);
        String key = new String(bytes, 0, read, UTF_8)
                .lines()
                .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                .map(line -> line.substring("Sec-WebSocket-Key: ".length()))
                .findFirst()
                .orElseThrow();
        socket.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + ClientHandshake.accept(key) + "\r\n\r\n")
                        .getBytes(UTF_8));
    }
}
