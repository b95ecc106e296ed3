package dev.antiphon.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.testkit.junit.NodeServer;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPool;
import dev.antiphon.tool.UnusableToolSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official reference server as a source of tools, over both transports. */
class EverythingServerTest {
    enum Transport {
        STDIO,
        HTTP
    }

    private static final ActorTestKit KIT = ActorTestKit.create();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void need() {
        EverythingServer.need();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private McpTools start(Transport transport, UnaryOperator<McpOptions> choose) throws Exception {
        McpTools tools = switch (transport) {
            case STDIO -> McpTools.stdio("everything", EverythingServer.command(), choose);
            case HTTP -> {
                NodeServer server = EverythingServer.overHttp();
                open.add(server);
                yield McpTools.http("everything", EverythingServer.addressOf(server), choose);
            }
        };
        open.add(tools);
        return tools;
    }

    private static ToolOutcome call(McpTools tools, String tool, String arguments) {
        ToolPool pool = ToolDispatcher.start(KIT.system(), tools.tools());
        CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
        pool.invoke(new Invocation.ModelCall(new SessionId("sess_a"), "call_1", tool, arguments), settled::complete);
        return settled.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @EnumSource
    void allowedToolsAreOfferedAndCalled(Transport transport) throws Exception {
        McpTools tools = start(
                transport,
                options -> options.allow("echo", "get-s*", "get-tiny-image", "get-resource-links")
                        .prefix("ref_"));
        assertThat(tools.tools())
                .extracting(tool -> tool.name())
                .containsExactlyInAnyOrder(
                        "ref_echo",
                        "ref_get-sum",
                        "ref_get-structured-content",
                        "ref_get-tiny-image",
                        "ref_get-resource-links");
        assertThat(call(tools, "ref_echo", "{\"message\":\"hello\"}")).isEqualTo(new ToolOutcome.Ok("\"Echo: hello\""));
        assertThat(call(tools, "ref_get-sum", "{\"a\":1}")).isEqualTo(new ToolOutcome.Rejected("'b' is missing"));
        assertThat(call(tools, "ref_get-sum", "{\"a\":1,\"b\":\"two\"}"))
                .isEqualTo(new ToolOutcome.Rejected("'b' must be a number, but was 'two'"));
        assertThat(call(tools, "ref_get-sum", "{\"a\":1,\"b\":2}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Ok.class,
                        ok -> assertThat(ok.value().toString()).contains("3"));
        assertThat(call(tools, "ref_get-structured-content", "{\"location\":\"Chicago\"}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Ok.class,
                        ok -> assertThat(ok.value().toString()).contains("\"temperature\":"));
        assertThat(call(tools, "ref_get-tiny-image", "{}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Ok.class,
                        ok -> assertThat(ok.value().toString())
                                .contains("[a picture (image/png), not shown]")
                                .hasSizeLessThan(500));
        assertThat(call(tools, "ref_get-resource-links", "{\"count\":2}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Ok.class,
                        ok -> assertThat(ok.value().toString()).contains("demo://resource/"));
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatTheServerDoesNotHaveIsAnErrorAtTheStart(Transport transport) {
        assertThatThrownBy(() -> start(transport, options -> options.allow("echo", "book_table")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("the MCP server 'everything' has no tool named 'book_table'; it has 'echo', ")
                .hasMessageContaining("correct the allow list");
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatTakesTooLongFailsWithWords(Transport transport) throws Exception {
        McpTools tools = start(
                transport,
                options -> options.allow("trigger-long-running-operation").callTimeout(Duration.ofMillis(300)));
        assertThat(call(tools, "trigger-long-running-operation", "{\"duration\":30,\"steps\":2}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains("did not answer")
                                .doesNotContain("it is not known whether it was done"));
    }

    @Test
    void theProcessGetsOnlyWhatItIsGiven() throws Exception {
        McpTools tools =
                start(Transport.STDIO, options -> options.allow("get-env").environment("DESK_KEY", Secret.of("k-123")));
        assertThat(call(tools, "get-env", "{}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Ok.class,
                        ok -> assertThat(ok.value().toString())
                                .contains("DESK_KEY")
                                .contains("\"PATH\"")
                                .doesNotContain("JAVA_HOME")
                                .doesNotContain("MAVEN"));
    }

    @Test
    void aServerOverHttpThatDiesWhileItWorksFailsTheCall() throws Exception {
        NodeServer server = EverythingServer.overHttp();
        open.add(server);
        McpTools tools = McpTools.http(
                "everything",
                EverythingServer.addressOf(server),
                options ->
                        options.allow("trigger-long-running-operation", "echo").callTimeout(Duration.ofSeconds(60)));
        open.add(tools);
        ToolPool pool = ToolDispatcher.start(KIT.system(), tools.tools());
        CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
        pool.invoke(
                new Invocation.ModelCall(
                        new SessionId("sess_a"),
                        "call_1",
                        "trigger-long-running-operation",
                        "{\"duration\":60,\"steps\":60}"),
                settled::complete);
        assertThat(call(tools, "echo", "{\"message\":\"x\"}")).isInstanceOf(ToolOutcome.Ok.class);
        server.close();
        assertThat(settled.orTimeout(9, TimeUnit.SECONDS).join())
                .isInstanceOfSatisfying(
                        ToolOutcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("the tool's server was lost while it worked"));
    }

    @Test
    void aServerOverHttpThatIsLostIsConnectedAgain() throws Exception {
        NodeServer first = EverythingServer.overHttp();
        open.add(first);
        McpTools tools = McpTools.http(
                "everything",
                EverythingServer.addressOf(first),
                options -> options.allow("echo").pauses(Duration.ofMillis(20), Duration.ofMillis(50)));
        open.add(tools);
        first.close();
        assertThat(call(tools, "echo", "{\"message\":\"x\"}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("the tool's server was lost while it worked"));
        assertThat(call(tools, "echo", "{\"message\":\"x\"}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains("is away and is being started again; nothing was done"));
        CompletableFuture<Void> again = new CompletableFuture<>();
        tools.onChange(() -> again.complete(null));
        open.add(EverythingServer.overHttp(first.port()));
        again.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(call(tools, "echo", "{\"message\":\"back\"}")).isEqualTo(new ToolOutcome.Ok("\"Echo: back\""));
    }
}
