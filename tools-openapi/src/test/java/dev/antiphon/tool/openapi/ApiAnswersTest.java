package dev.antiphon.tool.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.session.SessionId;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolContext;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.TransientFailure;
import dev.antiphon.tool.UnknownOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is told of an answer, to one who only looks and to one who changes something. */
@Timeout(60)
class ApiAnswersTest {
    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Tables, version: "1"}
            paths:
              /tables:
                get: {operationId: look, responses: {"200": {description: tables}}}
                post: {operationId: make, responses: {"200": {description: made}}}
                put: {operationId: put, responses: {"200": {description: put}}}
                patch: {operationId: change, responses: {"200": {description: changed}}}
                delete: {operationId: drop, responses: {"200": {description: gone}}}
            """;
    private static final String UNKNOWN =
            "; it is not known whether it was done, so do not try again before that is clear";

    private final BookingService service = new BookingService();

    @AfterEach
    void stop() {
        service.close();
    }

    private Throwable failure(String tool) {
        return failure(tool, service.address(), Duration.ofSeconds(20));
    }

    private static Throwable failure(String tool, URI address, Duration timeout) {
        return catchThrowable(() -> call(tool, address, timeout));
    }

    @SuppressWarnings("unchecked")
    private static Object call(String name, URI address, Duration timeout) throws Exception {
        try (OpenApiTools tools = OpenApiTools.of(
                DOCUMENT, options -> options.baseUrl(address).timeout(timeout).allow("*"))) {
            Tool<ObjectNode, Object> tool = (Tool<ObjectNode, Object>) tools.tools().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            return tool.handler()
                    .handle(
                            JsonNodeFactory.instance.objectNode(),
                            new ToolContext(new SessionId("sess_1"), "call_1", "key_1"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | the service does not accept these values; ask for others. The service says: so it is
            404 | the service has nothing under these values; check them with the caller. The service says: so it is
            409 | this is not possible as things stand; ask for something else. The service says: so it is
            422 | the service does not accept these values; ask for others. The service says: so it is
            408 | the service did not do it (status 408)
            307 | the service did not do it (status 307)
            501 | the service has a problem of its own; say that it cannot be done now
            """)
    void whatWasNotDoneIsToldAlikeToThoseWhoLookAndThoseWhoChange(int status, String words) {
        service.answers(status, "{\"detail\":\"so it is\"}");
        for (String tool : new String[] {"look", "make"}) {
            assertThat(failure(tool)).isExactlyInstanceOf(ToolFailure.class).hasMessage(words);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aBusyServiceDidNothingAndIsAskedAgainOnlyByThoseWhoLook(int status) {
        service.answers(status, "{\"detail\":\"so it is\"}");
        assertThat(failure("look"))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("the service is busy just now; nothing was done");
        assertThat(failure("make"))
                .isExactlyInstanceOf(ToolFailure.class)
                .hasMessage("the service is busy just now; nothing was done");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504, 507, 520})
    void aBreakdownLeavesOpenWhetherSomethingWasChanged(int status) {
        service.answers(status, "{\"detail\":\"NullPointer at x\"}");
        assertThat(failure("look"))
                .isExactlyInstanceOf(ToolFailure.class)
                .hasMessage("the service has a problem of its own; say that it cannot be done now");
        for (String tool : new String[] {"make", "put", "change", "drop"}) {
            assertThat(failure(tool))
                    .isInstanceOf(UnknownOutcome.class)
                    .hasMessage("the service has a problem of its own" + UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void aRedirectThatIsNotFollowedLeavesItOpenToo(int status) {
        service.answers(status, "", Map.of("Location", "/tables/7"));
        assertThat(failure("make"))
                .isInstanceOf(UnknownOutcome.class)
                .hasMessage("the service pointed elsewhere (status " + status + ")" + UNKNOWN);
    }

    @Test
    void aSuccessThatCannotBeReadIsOneForThoseWhoChange() throws Exception {
        service.answers(200, "{\"reference\":");
        assertThat(call("make", service.address(), Duration.ofSeconds(20)))
                .hasToString("{\"done\":true,\"not_shown\":\"something that is not JSON\"}");
        assertThat(failure("look")).hasMessageContaining("not JSON; it cannot be used now");
    }

    @Test
    void peopleAreToldTheStatusThatTheModelIsNotTold() {
        service.answers(500, "{}");
        assertThat(failure("make")).cause().hasToString("POST /tables: status 500");
        service.answers(404, "{}");
        assertThat(failure("look")).cause().hasToString("GET /tables: status 404");
    }

    @ParameterizedTest
    @CsvSource({"look, ''", "make, " + "'" + UNKNOWN + "'"})
    void anAnswerThatBeginsAndDoesNotEndInTimeIsToldSo(String tool, String more) throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(slow, head("200 OK", 900) + "[1,"));
            assertThat(failure(tool, at("http", slow), Duration.ofMillis(500)))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessage("the service began to answer, but did not end within 500 ms" + more);
        }
    }

    @Test
    void whatIsToldInTheAnswerIsNoWarningInTheLogToo() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(ApiCalls.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.INFO);
        try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(failure("look", at("http", deaf), Duration.ofMillis(200)))
                    .hasMessage("the service did not answer within 200 ms");
            service.close();
            assertThat(failure("look")).hasMessage("the service cannot be reached just now");
        } finally {
            logger.detachAppender(logged);
            logger.setLevel(null);
        }
        assertThat(logged.list)
                .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                .containsExactly(
                        "INFO GET /tables: the service did not answer within 200 ms",
                        "INFO GET /tables: it cannot be reached (ConnectException)");
    }

    @Test
    void aStatusThatIsNoSuccessSaysEnoughWithoutTheEndOfItsText() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(slow, head("409 Conflict", 900) + "{"));
            assertThat(failure("make", at("http", slow), Duration.ofMillis(500)))
                    .hasMessage("this is not possible as things stand; ask for something else");
        }
    }

    @Test
    void theAnswersOfRedirectsShareOneLimit() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                answer(slow, "HTTP/1.1 302 Found\r\nLocation: /landed\r\nContent-Length: 0\r\n\r\n");
                answer(slow, head("200 OK", 900) + "[1,");
            });
            long begun = System.nanoTime();
            assertThat(failure("look", at("http", slow), Duration.ofSeconds(2)))
                    .hasMessage("the service began to answer, but did not end within 2 s");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(seconds(1.9), seconds(3.9));
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1_000));
    }

    @Test
    void anAddressWithTlsWhereNoneIsSpokenIsToldToPeople() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(plain, "HTTP/1.1 400 Bad Request\r\n\r\n"));
            assertThat(failure("make", at("https", plain), Duration.ofSeconds(20)))
                    .isExactlyInstanceOf(ToolFailure.class)
                    .hasMessage("the service cannot be reached just now")
                    .cause()
                    .hasToString("POST /tables: the server answers without TLS; use http:// in the address,"
                            + " or the port where it speaks TLS");
        }
    }

    @Test
    void anAddressWithoutTlsWhereItIsSpokenIsToldToPeople() throws Exception {
        try (ServerSocket tls = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(tls, "\u0015\u0003\u0003\u0000\u0002\u0002\u0050"));
            assertThat(failure("look", at("http", tls), Duration.ofSeconds(20)))
                    .isInstanceOf(TransientFailure.class)
                    .cause()
                    .hasToString("GET /tables: the server speaks TLS; use https:// in the address,"
                            + " or the port where it speaks none");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<center>The plain HTTP request was sent to HTTPS port</center>",
                "Client sent an HTTP request to an HTTPS server.",
                "Reason: You're speaking plain HTTP to an SSL-enabled server port."
            })
    void aServerThatSaysThatItExpectsTlsIsToldLikewise(String words) {
        service.answers(400, words, Map.of("Content-Type", "text/html"));
        assertThat(failure("make"))
                .hasMessage("the service cannot be reached just now")
                .cause()
                .hasMessageContaining("the server speaks TLS; use https:// in the address");
    }

    private static URI at(String scheme, ServerSocket server) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    private static String head(String status, int length) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** Says this to whoever asks, and no more; stays until the other side has gone, or says so itself when that is all it says. */
    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            if (!text.contains("Content-Length: 900")) {
                socket.shutdownOutput();
            }
            int last = 0;
            while (last >= 0) {
                last = socket.getInputStream().read();
            }
        } catch (IOException e) {
            // The other side has gone.
        }
    }
}
