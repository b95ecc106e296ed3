package dev.antiphon.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.connection.RecordedListener.Heard;
import dev.antiphon.connection.WebSocketEndpoint.Decision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.concurrent.duration.FiniteDuration;

/** The requests that are no WebSockets, as bytes on the line; for WebSockets see {@link WebSocketTransportContract}. */
@Timeout(60)
class NettyServerTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final String END = "\r\n\r\n";
    private static final String HOST = "Host: localhost";

    private final BlockingQueue<HttpRequest> requests = new LinkedBlockingQueue<>();
    private Optional<NettyServer> server = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(running -> joined(running.terminate(Duration.ofSeconds(1))));
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void requestsOfOneConnectionAreAnsweredInTheirOrderThoughTheyComeAtOnce() throws Exception {
        serve(request -> answer(request.getUri().path() + " " + request.method().name()));
        try (Line line = line()) {
            line.say("GET /a?x=1 HTTP/1.1\r\n" + HOST + END + "PUT /b HTTP/1.1\r\n" + HOST
                    + "\r\nContent-Length: 2\r\n\r\nhiGET /c HTTP/1.1\r\n" + HOST + "\r\nConnection: close" + END);
            String said = line.hearAll();
            assertThat(said.indexOf("/a GET")).isPositive().isLessThan(said.indexOf("/b PUT"));
            assertThat(said.indexOf("/b PUT")).isLessThan(said.indexOf("/c GET"));
            assertThat(said.split("HTTP/1.1 200 OK")).hasSize(4);
        }
    }

    @Test
    void aHandlerSeesWhatWasSentAndThePeer() throws Exception {
        serve(
                settings -> settings.withRemoteAddressAttribute(true),
                request -> answer("fine").thenApply(fine -> fine.addHeader(RawHeader.create("X-Own", "mine"))));
        try (Line line = line()) {
            line.say("POST /v1/x?a=b%20c HTTP/1.1\r\nHost: antiphon.test:81\r\nX-One: 1\r\nX-One: 2\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
            assertThat(line.hearAll())
                    .startsWith("HTTP/1.1 200 OK")
                    .containsIgnoringCase("x-own: mine")
                    .containsIgnoringCase("content-type: text/plain; charset=UTF-8")
                    .containsIgnoringCase("content-length: 4")
                    .containsIgnoringCase("date: ")
                    .containsIgnoringCase("server: ")
                    .endsWith("fine");
            HttpRequest request = requests.take();
            assertThat(request.getUri().toString()).isEqualTo("http://antiphon.test:81/v1/x?a=b%20c");
            assertThat(request.entity().getContentType()).isEqualTo(ContentTypes.APPLICATION_JSON);
            assertThat(joined(request.toStrict(1_000, KIT.system())).entity().isStrict())
                    .isTrue();
            assertThat(request.getHeaders())
                    .filteredOn(header -> header.is("x-one"))
                    .hasSize(2);
            assertThat(request.getAttribute(AttributeKeys.remoteAddress)
                            .orElseThrow()
                            .getAddress())
                    .contains(InetAddress.getLoopbackAddress());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no HTTP at all                                  | 400
                    GET / HTTP/1.1                                  | 400
                    GET /%zz HTTP/1.1;Host: localhost               | 400
                    GET / HTTP/1.1;Host: localhost;Host: localhost  | 400
                    POST / HTTP/1.1;Host: l;Content-Type: a/b;Content-Type: a/c | 400
                    GET http://other.test/ HTTP/1.1;Host: localhost | 400
                    GET / HTTP/2.0;Host: localhost                  | 505
                    POST / HTTP/1.1;Host: l;Transfer-Encoding: gzip, chunked;;0 | 501
                    GET / HTTP/1.1;Host: l;x:{65}                   | 431
                    GET / HTTP/1.1;Host: l;x: {8193}                | 431
                    BREW / HTTP/1.1;Host: localhost                 | 501
                    POST / HTTP/1.1;Host: l;Content-Length: 9000000 | 413
                    """)
    void whatCannotBeHandledIsRefused(String head, int status) throws Exception {
        serve(request -> answer("never"));
        try (Line line = line()) {
            line.say(head.replace("{8193}", "x".repeat(8_193))
                            .replace("x:{65}", "x: y;".repeat(65) + "z: z")
                            .replace(";", "\r\n")
                    + END);
            assertThat(line.hearLine()).startsWith("HTTP/1.1 " + status + " ");
        }
        assertThat(requests).isEmpty();
    }

    /** A page could name the server's host in the path and its own in the header: the header is what counts. */
    @Test
    void aPathThatBeginsWithTwoSlashesNamesNoHost() throws Exception {
        serve(request -> answer("fine"));
        try (Line line = line()) {
            line.say(
                    "GET //127.0.0.1/calls HTTP/1.1\r\nHost: evil.test\r\nContent-Type: not a type\r\nConnection: close"
                            + END);
            assertThat(line.hearAll()).endsWith("fine");
            HttpRequest request = requests.take();
            assertThat(request.getUri().host().address()).isEqualTo("evil.test");
            assertThat(request.getUri().path()).isEqualTo("//127.0.0.1/calls");
            assertThat(request.entity().getContentType()).isEqualTo(ContentTypes.APPLICATION_OCTET_STREAM);
        }
    }

    @Test
    void aRefusalWaitsForTheAnswersBeforeIt() throws Exception {
        CompletableFuture<HttpResponse> first = new CompletableFuture<>();
        serve(request -> request.getUri().path().equals("/first") ? first : answer("second"));
        try (Line line = line()) {
            line.say("GET /first HTTP/1.1\r\n" + HOST + END + "GET /second HTTP/1.1\r\n" + HOST
                    + "\r\nExpect: something" + END + "POST /third HTTP/1.1\r\n" + HOST
                    + "\r\nExpect: 100-continue\r\nContent-Length: 99999999" + END);
            requests.take();
            first.complete(HttpResponse.create().withEntity("first"));
            assertThat(line.hearUntil("8388608 bytes."))
                    .containsSubsequence("200 OK", "first", "200 OK", "second", "413 ");
        }
    }

    @Test
    void aThousandRequestsAtOnceAreAnswered() throws Exception {
        serve(request -> answer(request.getUri().path()));
        try (Line line = line()) {
            line.say(("GET / HTTP/1.1\r\n" + HOST + END).repeat(999) + "GET /last HTTP/1.1\r\n" + HOST
                    + "\r\nConnection: close" + END);
            assertThat(line.hearAll().split("HTTP/1.1 200 OK")).hasSize(1_001);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST / HTTP/1.1;Connection: Upgrade;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    GET / HTTP/1.0;Connection: Upgrade;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    GET / HTTP/1.1;Connection: close;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    GET / HTTP/1.1;Connection: Upgrade;Sec-WebSocket-Key: dGhl
                    """)
    void anUpgradeThatIsNoneIsRefused(String head) throws Exception {
        PekkoHttpWebSockets sockets = PekkoHttpWebSockets.of(
                upgrade -> new Decision.Accept(Optional.empty(), link -> new RecordedListener()));
        serve(request -> CompletableFuture.completedFuture(sockets.handle(request)));
        try (Line line = line()) {
            line.say(head.replace(";", "\r\n") + "\r\n" + HOST + "\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                    + END);
            assertThat(line.hearLine()).startsWith("HTTP/1.1 400 ");
        }
    }

    /** What was accepted for a caller, for example one of a few places, is given back by who hears of the end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallerWhoGoesBeforeTheUpgradeIsAnsweredIsToldAsGone(boolean halfClosed) throws Exception {
        RecordedListener caller = new RecordedListener();
        PekkoHttpWebSockets sockets =
                PekkoHttpWebSockets.of(upgrade -> new Decision.Accept(Optional.empty(), link -> caller));
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        serve(request -> answer);
        try (Line line = line()) {
            line.say("GET / HTTP/1.1\r\n" + HOST + "\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" + END);
            HttpRequest request = requests.take();
            if (halfClosed) {
                line.socket.shutdownOutput();
            } else {
                line.close();
            }
            answer.complete(sockets.handle(request));
        }
        assertThat(caller.next()).isEqualTo(new Heard.Opened(Optional.empty()));
        assertThat(caller.next(Heard.Closed.class).code()).isEqualTo(1006);
    }

    @Test
    void whatIsTooLongIsRefused() throws Exception {
        serve(request -> answer("never"));
        try (Line line = line()) {
            line.say("GET /" + "x".repeat(3_000) + " HTTP/1.1\r\n" + HOST + END);
            assertThat(line.hearAll())
                    .startsWith("HTTP/1.1 414 ")
                    .contains("2048")
                    .containsIgnoringCase("connection: close");
        }
        try (Line line = line()) {
            String header = "\r\nX-Long: " + "x".repeat(8_000);
            line.say("GET / HTTP/1.1\r\n" + HOST + header.repeat(70) + END);
            assertThat(line.hearLine()).startsWith("HTTP/1.1 431 ");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void aHandlerThatFailsIsA500AndTheConnectionGoesOn() throws Exception {
        serve(request -> {
            if (request.getUri().path().equals("/throws")) {
                throw new IllegalStateException("at once");
            }
            return request.getUri().path().equals("/fails")
                    ? CompletableFuture.failedFuture(new IllegalStateException("later"))
                    : answer("still here");
        });
        try (Line line = line()) {
            line.say("GET /throws HTTP/1.1\r\n" + HOST + END + "GET /fails HTTP/1.1\r\n" + HOST + END
                    + "GET / HTTP/1.1\r\n" + HOST + "\r\nConnection: close" + END);
            String said = line.hearAll();
            assertThat(said.split("HTTP/1.1 500 Internal Server Error")).hasSize(3);
            assertThat(said).doesNotContain("at once", "later").endsWith("still here");
        }
    }

    @Test
    void aHandlerThatTakesTooLongIsA503() throws Exception {
        serve(
                settings -> settings.withTimeouts(
                        settings.getTimeouts().withRequestTimeout(FiniteDuration.create(50, TimeUnit.MILLISECONDS))),
                request -> new CompletableFuture<>());
        try (Line line = line()) {
            line.say("GET / HTTP/1.1\r\n" + HOST + END);
            assertThat(line.hearLine()).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        serve(
                settings -> settings.withTimeouts(
                        settings.getTimeouts().withIdleTimeout(FiniteDuration.create(50, TimeUnit.MILLISECONDS))),
                request -> answer("never"));
        try (Line line = line()) {
            assertThat(line.hearAll()).isEmpty();
        }
    }

    @Test
    void anAnswerOfUnknownLengthComesInChunksAndToAnOldClientUntilTheEnd() throws Exception {
        serve(request -> CompletableFuture.completedFuture(streaming(Source.from(List.of("one ", "two ", "three")))));
        try (Line line = line()) {
            line.say("GET / HTTP/1.1\r\n" + HOST + END + "HEAD / HTTP/1.1\r\n" + HOST + END + "GET / HTTP/1.0\r\n"
                    + HOST + END);
            String said = line.hearAll();
            assertThat(said)
                    .contains("\r\n4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\nHTTP/1.1 200 OK")
                    .endsWith("\r\n\r\none two three");
            assertThat(said.split("HTTP/1.1 200 OK")).hasSize(4);
        }
    }

    @Test
    void anEndlessAnswerEndsWhenThePeerGoes() throws Exception {
        CompletableFuture<Done> cancelled = new CompletableFuture<>();
        serve(request -> CompletableFuture.completedFuture(streaming(Source.from(List.of("first"))
                .concat(Source.maybe())
                .watchTermination((nothing, end) -> {
                    end.whenComplete((done, failure) -> cancelled.complete(Done.getInstance()));
                    return nothing;
                }))));
        try (Line line = line()) {
            line.say("GET / HTTP/1.1\r\n" + HOST + END);
            line.hearUntil("first");
            assertThat(cancelled).isNotDone();
        }
        joined(cancelled);
    }

    @Test
    void whoStopsSendingStillHearsTheAnswer() throws Exception {
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        serve(request -> answer);
        try (Line line = line()) {
            line.say(("GET / HTTP/1.1\r\n" + HOST + END).repeat(2));
            line.socket.shutdownOutput();
            requests.take();
            answer.complete(HttpResponse.create().withEntity("late"));
            assertThat(line.hearAll())
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("lateHTTP/1.1 200 OK")
                    .endsWith("late");
        }
    }

    @Test
    void connectionsBeyondTheLimitWaitUntilOneEnds() throws Exception {
        serve(settings -> settings.withMaxConnections(1), request -> answer("your turn"));
        Line first = line();
        first.say("GET / HTTP/1.1\r\n" + HOST + END);
        first.hearUntil("your turn");
        try (Line second = line()) {
            second.say("GET / HTTP/1.1\r\n" + HOST + END);
            first.say("GET / HTTP/1.1\r\n" + HOST + END);
            first.hearUntil("your turn");
            assertThat(second.socket.getInputStream().available()).isZero();
            first.close();
            second.hearUntil("your turn");
        }
    }

    @Test
    void terminatingEndsIdleConnectionsAtOnceAndOthersAfterTheirAnswer() throws Exception {
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        serve(request -> answer);
        try (Line idle = line();
                Line waiting = line()) {
            waiting.say("GET / HTTP/1.1\r\n" + HOST + END);
            requests.take();
            CompletionStage<Void> ended = server.orElseThrow().terminate(Duration.ofHours(1));
            assertThat(idle.hearAll()).isEmpty();
            assertThat(ended.toCompletableFuture()).isNotDone();
            answer.complete(HttpResponse.create().withEntity("the last word"));
            assertThat(waiting.hearAll()).endsWith("the last word");
            joined(ended);
        }
    }

    @Test
    void terminatingCutsWhatTakesTooLong() throws Exception {
        serve(request -> new CompletableFuture<>());
        try (Line waiting = line()) {
            waiting.say("GET / HTTP/1.1\r\n" + HOST + END);
            requests.take();
            joined(server.orElseThrow().terminate(Duration.ofMillis(10)));
            assertThat(waiting.hearAll()).isEmpty();
        }
    }

    @Test
    void anAddressThatCannotBeUsedIsTold() {
        serve(request -> answer("first"));
        int taken = server.orElseThrow().localAddress().getPort();
        assertThatThrownBy(() -> joined(bind("127.0.0.1", taken, settings -> settings, request -> answer("second"))))
                .hasRootCauseInstanceOf(IOException.class)
                .cause()
                .isInstanceOf(BindException.class)
                .hasMessage("Address already in use");
        assertThatThrownBy(() -> joined(bind("no.such.host.invalid", 0, settings -> settings, request -> answer("x"))))
                .cause()
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("no.such.host.invalid");
    }

    private static CompletionStage<HttpResponse> answer(String text) {
        return CompletableFuture.completedFuture(HttpResponse.create().withEntity(text));
    }

    private static HttpResponse streaming(Source<String, NotUsed> texts) {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, texts.map(ByteString::fromString)));
    }

    private void serve(Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        serve(settings -> settings, handler);
    }

    private void serve(
            UnaryOperator<ServerSettings> settings, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        server = Optional.of(joined(bind("127.0.0.1", 0, settings, handler)));
    }

    private CompletionStage<NettyServer> bind(
            String host,
            int port,
            UnaryOperator<ServerSettings> settings,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        return NettyServer.bind(
                KIT.system(),
                host,
                port,
                settings.apply(ServerSettings.create(KIT.system().settings().config())),
                request -> {
                    requests.add(request);
                    return handler.apply(request);
                });
    }

    private static <T> T joined(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private Line line() throws IOException {
        return new Line(new Socket(
                InetAddress.getLoopbackAddress(),
                server.orElseThrow().localAddress().getPort()));
    }

    /** A connection as bytes. */
    private static final class Line implements AutoCloseable {
        private final Socket socket;

        Line(Socket socket) {
            this.socket = socket;
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        }

        String hearLine() throws IOException {
            return hearUntil("\r\n");
        }

        String hearUntil(String words) throws IOException {
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            while (!heard.toString(US_ASCII).endsWith(words)) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new IOException("the line ended after: " + heard.toString(US_ASCII));
                }
                heard.write(next);
            }
            return heard.toString(US_ASCII);
        }

        String hearAll() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
