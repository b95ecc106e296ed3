package dev.antiphon.tool.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolContext;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.ToolInput;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.ToolPool;
import dev.antiphon.tool.TransientFailure;
import dev.antiphon.tool.UnusableToolSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OpenApiToolsTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final String CANARY = "canary-5d1f-token";
    private static final String DOCUMENT = document();

    private final BookingService service = new BookingService();

    private static String document() {
        try (InputStream in = Objects.requireNonNull(OpenApiToolsTest.class.getResourceAsStream("/booking.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @AfterAll
    static void stopAll() {
        KIT.shutdownTestKit();
    }

    private OpenApiTools tools(UnaryOperator<OpenApiOptions> choose) {
        return OpenApiTools.of(
                DOCUMENT,
                options -> choose.apply(options.baseUrl(URI.create(service.address() + "/api/"))
                        .auth(HttpAuth.bearer(Secret.of(CANARY)))
                        .allow("listTables", "getTable", "changeTable", "bookings_create", "wish")));
    }

    private ToolOutcome call(String tool, String arguments) {
        return call(options -> options, tool, arguments);
    }

    private ToolOutcome call(UnaryOperator<OpenApiOptions> choose, String tool, String arguments) {
        try (OpenApiTools tools = tools(choose)) {
            ToolPool pool = ToolDispatcher.start(KIT.system(), tools.tools());
            CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
            pool.invoke(
                    new Invocation.ModelCall(new SessionId("sess_a"), "call_1", tool, arguments), settled::complete);
            return settled.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private static String words(ToolOutcome outcome) {
        return outcome instanceof ToolOutcome.Failed failed ? failed.message() : outcome.toString();
    }

    private String schemaOf(String name) {
        try (OpenApiTools tools = tools(options -> options)) {
            Tool<?, ?> tool = tools.tools().stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            return tool.input() instanceof ToolInput.OfSchema given
                    ? given.schema().text()
                    : "";
        }
    }

    @Test
    void allowedOperationsBecomeToolsWithValidNamesAndTheirDescriptions() {
        try (OpenApiTools tools =
                tools(options -> options.prefix("desk_").allow("desk_list*", "desk_bookings_create"))) {
            assertThat(tools.tools())
                    .extracting(tool -> tool.name() + ": " + tool.description())
                    .containsExactly(
                            "desk_listTables: Lists free tables.\nCall it before a table is offered.",
                            "desk_bookings_create: Books a table.");
        }
    }

    @Test
    void parametersMakeTheSchemaWithoutWhatIsNotTheModelsToSay() {
        assertThat(schemaOf("listTables"))
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"date\":{\"type\":\"string\",\"format\":\"date\",\"description\":\"the day wished for\"},"
                        + "\"people\":{\"maximum\":10,\"minimum\":1,\"type\":\"integer\"},"
                        + "\"area\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                        + "\"X-Trace\":{\"type\":\"string\"},\"api_key\":{\"type\":\"string\"}},"
                        + "\"required\":[\"date\"],\"additionalProperties\":false}");
    }

    @Test
    void theMembersOfTheBodyAreArgumentsAndSchemasReferToEachOther() {
        assertThat(schemaOf("bookings_create"))
                .doesNotContain("reference")
                .contains("\"required\":[\"date\",\"guest\"]")
                .contains("\"exclusiveMinimum\":0")
                .contains("\"guest\":{\"$ref\":\"#/$defs/Guest\"}")
                .contains("\"$defs\":{\"Guest\":");
    }

    @Test
    void clashingNamesAreToldApartByTheirPlace() {
        assertThat(schemaOf("changeTable")).contains("\"required\":[\"id_in_path\",\"id_in_body\"]");
        service.answers(200, "{\"ok\":true}");
        assertThat(call("changeTable", "{\"id_in_path\":\"t/1\",\"id_in_body\":7,\"note\":\"x\"}"))
                .isEqualTo(new ToolOutcome.Ok("{\"ok\":true}"));
        assertThat(service.asked().uri()).isEqualTo("/api/tables/t%2F1");
        assertThat(service.asked().body()).isEqualTo("{\"id\":7,\"note\":\"x\"}");
    }

    @Test
    void argumentsStandWhereTheDocumentSays() {
        service.answers(200, "[{\"id\":\"t1\"}]");
        assertThat(call("listTables", """
                        {"date":"2026-11-20","people":2,"area":["bar & grill","terrace"],"X-Trace":"t-1"}""")).isEqualTo(new ToolOutcome.Ok("[{\"id\":\"t1\"}]"));
        assertThat(service.asked().method()).isEqualTo("GET");
        assertThat(service.asked().uri())
                .isEqualTo("/api/tables?date=2026-11-20&people=2&area=bar%20%26%20grill&area=terrace");
        assertThat(service.asked().headers())
                .containsEntry("X-trace", "t-1")
                .containsEntry("Authorization", "Bearer " + CANARY);
    }

    @Test
    void onlyReadingIsReadOnlyAndTheKeyGoesAlongWithTheRest() throws Exception {
        try (OpenApiTools tools = tools(options -> options.idempotencyHeader("Idempotency-Key")
                .policy(ToolPolicy.of(policy -> policy.readOnly().cache(9, Duration.ofSeconds(9)))))) {
            assertThat(tools.tools())
                    .filteredOn(tool -> tool.policy().access() == ToolPolicy.Access.READS)
                    .extracting(tool -> tool.name())
                    .containsExactlyInAnyOrder("listTables", "getTable");
            service.answers(204, "");
            assertThat(handle(tools, "wish", "{\"body\":[]}")).hasToString("{\"done\":true}");
            assertThat(service.asked().headers()).containsEntry("Idempotency-Key", "key_1");
            assertThat(handle(tools, "getTable", "{\"id\":\"1\"}")).hasToString("{\"done\":true}");
            assertThat(service.asked().headers().keySet()).doesNotContain("Idempotency-Key", "Idempotency-key");
        }
    }

    @Test
    void anAnswerThatStallsIsLeftByWhatMustNotBeInterruptedToo() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                OpenApiTools tools =
                        tools(options -> options.baseUrl(URI.create("http://127.0.0.1:" + slow.getLocalPort()))
                                .timeout(Duration.ofMillis(500)))) {
            Thread.ofVirtual().start(() -> begin(slow, new CompletableFuture<>()));
            assertThatThrownBy(() -> handle(tools, "wish", "{\"body\":[]}"))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessageContaining("began to answer, but did not end within 500 ms; it is not known whether");
        }
    }

    @Test
    void aBodyThatIsNoObjectIsOneArgument() {
        service.answers(204, "");
        assertThat(call("wish", "{\"body\":[\"quiet\"]}")).isEqualTo(new ToolOutcome.Ok("{\"done\":true}"));
        assertThat(service.asked().body()).isEqualTo("[\"quiet\"]");
    }

    @Test
    void wrongArgumentsNeverReachTheService() {
        assertThat(call("listTables", "{\"date\":\"2026-11-20\",\"people\":11}"))
                .isEqualTo(new ToolOutcome.Rejected("'people' must be 10 or less, but was '11'"));
        assertThat(call(
                        "bookings_create",
                        "{\"date\":\"soon\",\"guest\":{\"name\":\"Ada\"},\"pin\":\"" + CANARY + "\"}"))
                .isEqualTo(new ToolOutcome.Rejected("'date' must be a date like 2026-11-20, but was 'soon'"));
        assertThat(service.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "  "})
    void aPathValueCannotLeadElsewhere(String value) {
        assertThat(words(call("getTable", "{\"id\":\"" + value + "\"}"))).contains("'id' must be a value");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void aHeaderValueCannotCarryAnotherHeader() {
        assertThat(words(call("listTables", "{\"date\":\"2026-11-20\",\"X-Trace\":\"a\\r\\nX-Evil: b\"}")))
                .isEqualTo("'X-Trace' must be plain text without line breaks");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"detail":"we open at noon"}    | the service does not accept these values; ask for others. The service says: we open at noon
            422 | {"message":"line one\\nline two"} | the service does not accept these values; ask for others
            401 | {"message":"bad key"}           | the service does not let this agent do that; say that it is not possible here
            404 | <html>nothing</html>            | the service has nothing under these values; check them with the caller
            409 | {"title":"table taken"}         | this is not possible as things stand; ask for something else. The service says: table taken
            418 | {}                              | the service did not do it (status 418)
            """)
    void anAnswerThatIsNoSuccessBecomesWordsForTheModel(int status, String body, String sentence) {
        service.answers(status, body);
        ToolOutcome outcome = call("bookings_create", "{\"date\":\"2026-11-20\",\"guest\":{\"name\":\"Ada\"}}");
        assertThat(words(outcome)).isEqualTo(sentence);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ToolOutcome.Failed.class,
                        failed -> assertThat(failed.cause()).isNotInstanceOf(TransientFailure.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aBusyServiceIsATransientFailureForReadingOnly(int status) throws Exception {
        service.answers(status, "{}");
        try (OpenApiTools tools = tools(options -> options)) {
            assertThatThrownBy(() -> handle(tools, "getTable", "{\"id\":\"1\"}"))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("busy just now");
            assertThatThrownBy(() -> handle(tools, "wish", "{\"body\":[]}"))
                    .isInstanceOf(ToolFailure.class)
                    .isNotInstanceOf(TransientFailure.class);
        }
        assertThat(service.requests()).hasSize(2);
    }

    @SuppressWarnings("unchecked")
    private static Object handle(OpenApiTools tools, String name, String arguments) throws Exception {
        Tool<ObjectNode, Object> tool = (Tool<ObjectNode, Object>) tools.tools().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
        return tool.handler()
                .handle(
                        (ObjectNode) JsonMapper.shared().readTree(arguments),
                        new ToolContext(new SessionId("sess_1"), "call_1", "key_1"));
    }

    @Test
    void aServiceThatIsNotThereIsATransientFailureForReadingOnly() {
        try (OpenApiTools tools = tools(options -> options)) {
            service.close();
            assertThatThrownBy(() -> handle(tools, "getTable", "{\"id\":\"1\"}"))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessage("the service cannot be reached just now");
            assertThatThrownBy(() -> handle(tools, "wish", "{\"body\":[]}"))
                    .isNotInstanceOf(TransientFailure.class)
                    .isInstanceOf(ToolFailure.class);
        }
    }

    @Test
    void aServiceThatDoesNotAnswerIsLeftInTime() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                OpenApiTools tools =
                        tools(options -> options.baseUrl(URI.create("http://127.0.0.1:" + deaf.getLocalPort()))
                                .timeout(Duration.ofMillis(200)))) {
            assertThatThrownBy(() -> handle(tools, "getTable", "{\"id\":\"1\"}"))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessage("the service did not answer within 200 ms");
            assertThatThrownBy(() -> handle(tools, "wish", "{\"body\":[]}"))
                    .hasMessageContaining("it is not known whether it was done");
        }
    }

    @Test
    void anAnswerThatNeverEndsIsLeftWhenTheCallsTimeIsOver() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                OpenApiTools tools =
                        tools(options -> options.baseUrl(URI.create("http://127.0.0.1:" + slow.getLocalPort()))
                                .policy(ToolPolicy.of(policy -> policy.timeout(Duration.ofMillis(500)))))) {
            CompletableFuture<Integer> left = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> begin(slow, left));
            ToolPool pool = ToolDispatcher.start(KIT.system(), tools.tools());
            CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
            pool.invoke(
                    new Invocation.ModelCall(new SessionId("sess_a"), "call_1", "getTable", "{\"id\":\"1\"}"),
                    settled::complete);
            assertThat(settled.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(left.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(-1);
        }
    }

    /** Begins an answer; {@code left} gets what is read once the other side has gone. */
    private static void begin(ServerSocket slow, CompletableFuture<Integer> left) {
        try (Socket socket = slow.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[1,"
                            .getBytes(StandardCharsets.UTF_8));
            int last = 0;
            while (last >= 0) {
                last = socket.getInputStream().read();
            }
            left.complete(last);
        } catch (IOException e) {
            left.complete(-1);
        }
    }

    @Test
    void longAnswersAreReadInPartOnly() {
        service.answers(200, "[" + "\"0123456789\",".repeat(100_000) + "\"end\"]");
        assertThat(call(options -> options.maxResponseBytes(2_000), "getTable", "{\"id\":\"1\"}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Ok.class,
                        ok -> assertThat(ok.value().toString())
                                .startsWith("{\"truncated\":true,\"next\":\"ask for less at once\"")
                                .hasSizeLessThan(4_000));
    }

    @Test
    void whatIsNotForTheModelIsLeftOutOfResults() {
        service.answers(200, "{\"name\":\"Ada\",\"cost\":7,\"rows\":[{\"cost\":8}]}");
        assertThat(call(options -> options.notForModel("cost"), "getTable", "{\"id\":\"1\"}"))
                .isEqualTo(new ToolOutcome.Ok("{\"name\":\"Ada\",\"rows\":[{}]}"));
    }

    @Test
    void textIsAResultAndOtherThingsAreNamed() {
        service.answers(200, "table one", Map.of("Content-Type", "text/plain"));
        assertThat(call("getTable", "{\"id\":\"1\"}")).isEqualTo(new ToolOutcome.Ok("\"table one\""));
        service.answers(200, "PNG", Map.of("Content-Type", "image/png"));
        assertThat(call("getTable", "{\"id\":\"1\"}"))
                .isEqualTo(new ToolOutcome.Ok("{\"done\":true,\"not_shown\":\"image/png\"}"));
    }

    @Test
    void aRedirectIsFollowedOnTheSameHostOnly() {
        service.answers(302, "", Map.of("Location", "/landed"));
        assertThat(call("getTable", "{\"id\":\"1\"}")).isEqualTo(new ToolOutcome.Ok("{\"landed\":true}"));
        try (BookingService other = new BookingService()) {
            service.answers(302, "", Map.of("Location", other.address() + "/landed"));
            assertThat(words(call("getTable", "{\"id\":\"1\"}"))).isEqualTo("the service did not do it (status 302)");
            assertThat(other.requests()).isEmpty();
        }
        service.answers(307, "", Map.of("Location", "/landed"));
        int before = service.requests().size();
        assertThat(words(call("wish", "{\"body\":[]}"))).isEqualTo("the service did not do it (status 307)");
        assertThat(service.requests()).hasSize(before + 1);
    }

    @Test
    void everyKindOfCredentialIsSentAndNeverSeen() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        root.addAppender(logged);
        Level level = root.getLevel();
        root.setLevel(Level.TRACE);
        try {
            Secret secret = Secret.of(CANARY);
            List<HttpAuth> kinds = List.of(
                    HttpAuth.bearer(secret),
                    HttpAuth.basic("ada", secret),
                    HttpAuth.headerKey("X-Key", secret),
                    HttpAuth.queryKey("api_key", secret));
            for (HttpAuth auth : kinds) {
                for (int status : List.of(200, 400, 500)) {
                    service.answers(
                            status, "{\"message\":\"you sent " + CANARY + " and YWRhOmNhbmFyeS01ZDFmLXRva2Vu\"}");
                    ToolOutcome outcome =
                            call(options -> options.auth(auth), "listTables", "{\"date\":\"2026-11-20\"}");
                    assertThat(everythingOf(outcome) + auth)
                            .doesNotContain(CANARY)
                            .satisfies(
                                    text -> assertThat(auth instanceof HttpAuth.Basic && text.contains("YWRhOmNhbmFye"))
                                            .isFalse());
                    assertThat(service.asked().uri() + service.asked().headers())
                            .containsAnyOf(CANARY, "YWRhOmNhbmFyeS01ZDFmLXRva2Vu");
                }
            }
            service.close();
            assertThat(everythingOf(
                            call(options -> options.auth(kinds.getLast()), "listTables", "{\"date\":\"2026-11-20\"}")))
                    .doesNotContain(CANARY);
        } finally {
            root.detachAppender(logged);
            root.setLevel(level);
        }
        assertThat(List.copyOf(logged.list))
                .noneSatisfy(event -> assertThat(event.getFormattedMessage()
                                + (event.getThrowableProxy() == null
                                        ? ""
                                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                        .contains(CANARY));
    }

    private static String everythingOf(ToolOutcome outcome) {
        StringWriter text = new StringWriter();
        text.append(outcome.toString());
        if (outcome instanceof ToolOutcome.Failed failed) {
            failed.cause().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    @Test
    void theModelIsNotAskedForTheKeyOfTheQuery() {
        try (OpenApiTools tools = tools(options -> options.auth(HttpAuth.queryKey("api_key", Secret.of(CANARY))))) {
            assertThat(tools.tools())
                    .allSatisfy(tool -> assertThat(tool.input().toString()).doesNotContain("api_key"));
        }
    }

    @Test
    void whatCannotStartSaysWhatToDo() {
        assertThatThrownBy(() -> OpenApiTools.of(DOCUMENT, options -> options.allow("*")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("needs the address of the service: baseUrl(URI)");
        assertThatThrownBy(() -> OpenApiTools.of(DOCUMENT, options -> options.baseUrl(service.address())))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("needs an allow list of operations");
        assertThatThrownBy(() -> tools(options -> options.allow("listTables", "drop*")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("has no tool named 'drop*'; it has 'bookings_create', 'changeTable'");
        assertThatThrownBy(() -> tools(options -> options.auth(HttpAuth.none())))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("'listTables' needs credentials (token); give them with auth(");
        assertThatThrownBy(() -> tools(options -> options.allow("upload")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("takes a body of image/png");
        assertThatThrownBy(() -> OpenApiTools.of(
                        "openapi: 3.0.0\ninfo: {}",
                        options -> options.baseUrl(service.address()).allow("*")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("the OpenAPI document cannot be used: ");
        assertThatThrownBy(() -> OpenApiTools.of(
                        "no document",
                        options -> options.baseUrl(service.address()).allow("*")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("it is no object at its top; OpenAPI 3.0 or 3.1 in YAML or JSON is needed");
        assertThatThrownBy(() -> OpenApiTools.of(
                        DOCUMENT.replace("\"#/components/schemas/Booking\"", "\"other.yaml#/Booking\""),
                        options -> options.baseUrl(service.address())
                                .auth(HttpAuth.bearer(Secret.of(CANARY)))
                                .allow("bookings_create")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("nothing is fetched: bundle it into one document");
        assertThatThrownBy(() -> Secret.ofEnvironment("ANTIPHON_NOT_SET"))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("ANTIPHON_NOT_SET is not set");
    }

    @Test
    void aDocumentThatIsNotQuiteRightIsUsed() {
        String document = DOCUMENT.replace("info: {title: Bookings, version: \"1\"}", "info: {colour: blue}");
        try (OpenApiTools tools = OpenApiTools.of(
                document, options -> options.baseUrl(service.address()).allow("getTable"))) {
            assertThat(tools.tools()).hasSize(1);
        }
    }

    @Test
    void aDocumentOfVersion31InJsonIsReadToo() {
        String document = """
                {"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
                 "paths": {"/echo": {"post": {"requestBody": {"required": true, "content": {"application/json": {"schema": {
                   "type": "object", "required": ["kind", "n"], "properties": {
                     "kind": {"const": "visit"}, "n": {"type": ["integer", "null"], "exclusiveMinimum": 3}}}}}},
                   "responses": {"200": {"description": "x"}}}}}}""";
        service.answers(200, "{}");
        try (OpenApiTools tools = OpenApiTools.of(
                document, options -> options.baseUrl(service.address()).allow("*"))) {
            assertThat(tools.tools()).singleElement().satisfies(tool -> {
                assertThat(tool.name()).isEqualTo("post_echo");
                assertThat(tool.description()).isEqualTo("POST /echo");
                assertThat(tool.input().toString())
                        .contains("\"const\":\"visit\"")
                        .contains("\"exclusiveMinimum\":3")
                        .contains("\"required\":[\"kind\",\"n\"]");
            });
        }
    }
}
