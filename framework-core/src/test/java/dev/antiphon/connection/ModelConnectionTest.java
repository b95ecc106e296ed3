package dev.antiphon.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.ModelConnection.Command;
import dev.antiphon.connection.ModelConnection.Event;
import dev.antiphon.connection.RecordedListener.Heard;
import dev.antiphon.connection.WebSocketEndpoint.Decision;
import dev.antiphon.connection.WebSocketEndpoint.Upgrade;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.WireDialect;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ModelConnectionTest {
    private static final String KEY = "sk-key-that-must-never-be-shown";
    private static final String CREATED =
            "{\"type\":\"session.created\",\"event_id\":\"e1\",\"session\":{\"type\":\"realtime\","
                    + "\"object\":\"realtime.session\",\"id\":\"sess_1\",\"model\":\"gpt-realtime-mini\"}}";
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final NettyTransport TRANSPORT = NettyTransport.create(KIT.system());
    private static final ConnectionSettings SETTINGS = ConnectionSettings.defaults();

    private final TestProbe<Event> owner = KIT.createTestProbe();
    private final Queue<ServerEvent> received = new ArrayDeque<>();
    private final BlockingQueue<Upgrade> upgrades = new LinkedBlockingQueue<>();
    private final BlockingQueue<WebSocketLink> accepted = new LinkedBlockingQueue<>();
    private final RecordedListener model = new RecordedListener();
    private Optional<LoopbackServer> server = Optional.empty();

    @AfterEach
    void stopServer() {
        server.ifPresent(LoopbackServer::close);
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void isReadyWithTheSessionTheModelCreated() throws Exception {
        ActorRef<Command> connection = connect(link -> link.send(utf8(CREATED)));
        Event.Ready ready = owner.expectMessageClass(Event.Ready.class);
        assertThat(ready.connection()).isEqualTo(connection);
        assertThat(ready.session().id()).isEqualTo("sess_1");
        assertThat(ready.session().model()).contains("gpt-realtime-mini");
        Upgrade upgrade = upgrades.take();
        assertThat(upgrade.headers()).containsEntry("authorization", "Bearer " + KEY);
        assertThat(upgrade.query()).containsEntry("model", "gpt-realtime-mini");
        assertThat(upgrade.subprotocols()).containsExactly("realtime");
    }

    @Test
    void eventsPassInOrderAndUnknownAndMalformedOnesDoNoHarm() throws Exception {
        connect(link -> link.send(utf8(CREATED)));
        Event.Ready ready = owner.expectMessageClass(Event.Ready.class);
        WebSocketLink link = accepted.take();
        link.send(utf8("{\"type\":\"input_audio_buffer.cleared\",\"event_id\":\"e2\"}"));
        link.send(utf8("{\"type\":\"brand.new\",\"event_id\":\"e3\",\"x\":[1,null]}"));
        link.send(utf8("{\"type\":\"response.done\" oops \u0007"));
        link.send(utf8("{\"type\":\"input_audio_buffer.cleared\",\"event_id\":\"e4\"}"));

        assertThat(received()).isEqualTo(new ServerEvent.AudioCleared("e2"));
        assertThat(received())
                .isInstanceOfSatisfying(
                        ServerEvent.Unknown.class,
                        unknown -> assertThat(unknown.type()).isEqualTo("brand.new"));
        assertThat(received()).isInstanceOfSatisfying(ServerEvent.Unknown.class, unknown -> {
            assertThat(unknown.type()).isEqualTo("malformed");
            assertThat(unknown.raw().text())
                    .startsWith("{\"type\":\"malformed\",\"text\":\"{\\u0022type")
                    .contains("oops \\u0007");
        });
        assertThat(received()).isEqualTo(new ServerEvent.AudioCleared("e4"));
        assertThat(ready.link().send(new ClientEvent.AudioClear(Optional.empty())))
                .isTrue();
        model.next(Heard.Opened.class);
        assertThat(model.next()).isEqualTo(new Heard.Text("{\"type\":\"input_audio_buffer.clear\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "GA,    {'type':'realtime'},     output_modalities",
        "BETA,  {'type':'realtime'},     modalities",
        "PROBE, {'type':'realtime'},     output_modalities",
        "PROBE, {'voice':'alloy'},       modalities",
        "PROBE, {},                      output_modalities"
    })
    void aServerIsSpokenToInItsDialect(WireDialect dialect, String session, String field) throws Exception {
        server = Optional.of(LoopbackServer.Kind.NETTY.start(
                KIT.system(),
                endpoint(link -> link.send(utf8(
                        ("{'type':'session.created','event_id':'e','session':" + session + "}").replace('\'', '"'))))));
        ModelEndpoint ga = endpoint(server.orElseThrow().uri("/v1/realtime"));
        ModelEndpoint endpoint =
                new ModelEndpoint(ga.provider(), ga.model(), ga.uri(), ga.headers(), ga.subprotocols(), dialect);
        KIT.spawn(ModelConnection.create(endpoint, SETTINGS, TRANSPORT, owner.ref()));
        Event.Ready ready = owner.expectMessageClass(Event.Ready.class);
        ready.link()
                .send(new ClientEvent.SessionUpdate(
                        Optional.empty(), SessionConfig.of(c -> c.outputModality(SessionConfig.Modality.TEXT))));

        model.next(Heard.Opened.class);
        assertThat(model.next(Heard.Text.class).text()).contains("\"" + field + "\":[\"text\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_api_key,            3000, BadCredentials",
        "invalid_model,              4000, UnknownModel",
        "missing_model,              4000, UnknownModel",
        "insufficient_quota,         4000, QuotaExceeded",
        "rate_limit_exceeded,        1008, RateLimited",
        "beta_api_shape_disabled,    4000, Refused",
        "session_expired,            1001, Refused",
    })
    void anErrorFollowedByACloseIsOneRefusal(String code, int closeCode, String kind) {
        ActorRef<Command> connection = connect(link -> {
            link.send(utf8("{\"type\":\"error\",\"event_id\":\"e1\",\"error\":{\"type\":\"invalid_request_error\","
                    + "\"code\":\"" + code + "\",\"message\":\"No good: " + KEY
                    + "\",\"param\":null,\"event_id\":null}}"));
            link.close(closeCode, "invalid_request_error." + code);
        });
        assertThat(refusal(connection)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "3000, invalid_request_error,               BadCredentials",
        "4000, invalid_request_error.invalid_model, UnknownModel",
        "1008, '',                                  BadCredentials",
        "1011, overloaded,                          Refused",
        "1006, '',                                  Refused",
    })
    void aCloseWithoutAnErrorIsOneRefusal(int closeCode, String reason, String kind) {
        assertThat(refusal(connect(link -> link.close(closeCode, reason)))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "401, bad key,                                       BadCredentials",
        "403, '',                                            BadCredentials",
        "404, no such model,                                 UnknownModel",
        "429, slow down,                                     RateLimited",
        "429, '{\"error\":{\"code\":\"insufficient_quota\"}}', QuotaExceeded",
        "503, busy,                                          Refused",
    })
    void anHttpErrorIsOneRefusal(int status, String body, String kind) {
        server = Optional.of(LoopbackServer.Kind.NETTY.start(
                KIT.system(), upgrade -> new Decision.Refuse(status, body.isEmpty() ? "key was " + KEY : body)));
        assertThat(refusal(spawn(SETTINGS))).isEqualTo(kind);
    }

    @Test
    void aServerThatDoesNotAnswerOrIsNotThereIsUnreachable() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("ws://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThat(refusal(spawn(uri, SETTINGS.withConnectTimeout(Duration.ofMillis(300)))))
                    .isEqualTo("Unreachable");
            silent.close();
            assertThat(refusal(spawn(uri, SETTINGS))).isEqualTo("Unreachable");
        }
    }

    @Test
    void anAddressThatCannotBeOneIsRefusedWithTheRule() {
        ActorRef<Command> connection = spawn(URI.create("https://api.example.com/v1"), SETTINGS);
        Event.Refused refused = owner.expectMessageClass(Event.Refused.class);
        assertThat(refused.failure().message()).contains("ws:// or wss://");
        terminated(connection);
    }

    @ParameterizedTest
    @CsvSource({"1001, going away", "4000, session ended", "1006, "})
    void aCloseAfterReadyIsLostOnce(int code, String reason) throws Exception {
        ActorRef<Command> connection = connect(link -> link.send(utf8(CREATED)));
        Event.Ready ready = owner.expectMessageClass(Event.Ready.class);
        accepted.take().close(code, Optional.ofNullable(reason).orElse(""));
        Event.Lost lost = owner.expectMessageClass(Event.Lost.class);
        assertThat(lost.code()).isEqualTo(code);
        Optional.ofNullable(reason).ifPresent(r -> assertThat(lost.reason()).isEqualTo(r));
        terminated(connection);
        assertThat(ready.link().send(new ClientEvent.AudioClear(Optional.empty())))
                .isFalse();
    }

    @Test
    void anOversizedMessageIsLostWith1009() throws Exception {
        ConnectionSettings small = new ConnectionSettings(
                Duration.ofSeconds(5),
                WebSocketLimits.defaults()
                        .withMaxFrameBytes(1024)
                        .withSendQueueFrames(16)
                        .withSendQueueBytes(16_000));
        server = Optional.of(LoopbackServer.Kind.NETTY.start(KIT.system(), endpoint(link -> link.send(utf8(CREATED)))));
        ActorRef<Command> connection = spawn(small);
        owner.expectMessageClass(Event.Ready.class);
        accepted.take().send(utf8("{\"type\":\"" + "x".repeat(2000) + "\"}"));
        assertThat(owner.expectMessageClass(Event.Lost.class).code()).isEqualTo(1009);
        terminated(connection);
        model.next(Heard.Opened.class);
        assertThat(model.next(Heard.Closed.class).code()).isEqualTo(1009);
    }

    @Test
    void stopClosesWith1000AndTheOwnerHearsNothingMore() {
        ActorRef<Command> connection = connect(link -> link.send(utf8(CREATED)));
        Event.Ready ready = owner.expectMessageClass(Event.Ready.class);
        connection.tell(new ModelConnection.Stop());
        terminated(connection);
        model.next(Heard.Opened.class);
        assertThat(model.next()).isEqualTo(new Heard.Closed(1000, ""));
        assertThat(ready.link().send(new ClientEvent.AudioClear(Optional.empty())))
                .isFalse();
        owner.expectNoMessage(Duration.ofMillis(50));
    }

    private ServerEvent received() {
        if (received.isEmpty()) {
            owner.expectMessageClass(Event.Received.class).inbox().take(received::add);
        }
        return received.remove();
    }

    /** The simple name of the one refusal's kind. */
    private String refusal(ActorRef<Command> connection) {
        Event.Refused refused = owner.expectMessageClass(Event.Refused.class, Duration.ofSeconds(8));
        assertThat(refused.connection()).isEqualTo(connection);
        assertThat(refused.failure().message()).doesNotContain(KEY).contains("testing at 127.0.0.1");
        terminated(connection);
        owner.expectNoMessage(Duration.ofMillis(20));
        return refused.failure().getClass().getSimpleName();
    }

    private void terminated(ActorRef<Command> connection) {
        owner.expectTerminated(connection, Duration.ofSeconds(5));
    }

    private ActorRef<Command> connect(Consumer<WebSocketLink> onAccept) {
        server = Optional.of(LoopbackServer.Kind.NETTY.start(KIT.system(), endpoint(onAccept)));
        return spawn(SETTINGS);
    }

    private ActorRef<Command> spawn(ConnectionSettings settings) {
        return spawn(server.orElseThrow().uri("/v1/realtime?model=gpt-realtime-mini"), settings);
    }

    private ActorRef<Command> spawn(URI uri, ConnectionSettings settings) {
        return KIT.spawn(ModelConnection.create(endpoint(uri), settings, TRANSPORT, owner.ref()));
    }

    private WebSocketEndpoint endpoint(Consumer<WebSocketLink> onAccept) {
        return upgrade -> {
            upgrades.add(upgrade);
            return new Decision.Accept(Optional.of("realtime"), link -> {
                accepted.add(link);
                onAccept.accept(link);
                return model;
            });
        };
    }

    private static ModelEndpoint endpoint(URI uri) {
        return new ModelEndpoint(
                "testing", "gpt-realtime-mini", uri, Map.of("Authorization", "Bearer " + KEY), List.of("realtime"));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
