package dev.antiphon.tool.mcp;

import static dev.antiphon.tool.mcp.DeskServer.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.TransientFailure;
import dev.antiphon.tool.UnknownOutcome;
import dev.antiphon.tool.UnusableToolSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What can go wrong with a server, with one that does it on request. */
class McpFaultsTest {
    private static final String CANARY = "canary-77c1-key";

    private final List<McpTools> open = new ArrayList<>();
    private final LinkedBlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Level level = root.getLevel();

    @BeforeEach
    void listen() {
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.DEBUG);
    }

    @AfterEach
    void closeAndLookForCanaries() {
        open.forEach(McpTools::close);
        root.detachAppender(logged);
        root.setLevel(level);
        assertThat(List.copyOf(logged.list))
                .noneSatisfy(event -> assertThat(event.getFormattedMessage()
                                + (event.getThrowableProxy() == null
                                        ? ""
                                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                        .contains(CANARY));
    }

    private McpTools start(String conduct, UnaryOperator<McpOptions> choose) {
        McpTools tools = McpTools.stdio(
                "desk",
                DeskServer.command(conduct),
                options -> choose.apply(options.environment("DESK_KEY", Secret.of(CANARY))
                        .pauses(Duration.ofMillis(20), Duration.ofMillis(50))));
        tools.onChange(() -> changes.add(String.join(" ", names(tools))));
        open.add(tools);
        return tools;
    }

    private static List<String> names(McpTools tools) {
        return tools.tools().stream().map(tool -> tool.name()).sorted().toList();
    }

    private static ProcessHandle process(McpTools tools) throws Exception {
        return ProcessHandle.of(Long.parseLong(call(tools, "pid").toString())).orElseThrow();
    }

    private String change() throws InterruptedException {
        String change = changes.poll(20, TimeUnit.SECONDS);
        assertThat(change).as("a change").isNotNull();
        return change == null ? "" : change;
    }

    @Test
    void whatTheServerCallsAnErrorIsAFailureInItsWords() {
        McpTools tools = start("well", options -> options.allow("fail"));
        assertThatThrownBy(() -> call(tools, "fail"))
                .isInstanceOf(ToolFailure.class)
                .hasMessage("we are closed on Sundays; ask for another day");
    }

    @Test
    void toolsThatComeLaterAreTakenOnlyWhenTheyAreAllowed() throws Exception {
        McpTools tools = start("well", options -> options.allow("grow", "d*"));
        assertThat(names(tools)).containsExactly("die", "grow");
        assertThat(call(tools, "grow")).isEqualTo("grown");
        String change = change();
        while (!change.contains("desk_new")) {
            change = change();
        }
        assertThat(change).isEqualTo("desk_new die grow");
        assertThat(call(tools, "desk_new")).isEqualTo("new");
    }

    @Test
    void aServerThatDiesFailsItsCallsAtOnceAndIsStartedAgain() throws Exception {
        McpTools tools = start("well", options -> options.allow("pid", "die", "hang"));
        ProcessHandle first = process(tools);
        CompletableFuture<Throwable> hanging = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                call(tools, "hang");
            } catch (Exception e) {
                hanging.complete(e);
            }
        });
        assertThatThrownBy(() -> call(tools, "die"))
                .isInstanceOf(ToolFailure.class)
                .isNotInstanceOf(TransientFailure.class)
                .hasMessageContaining("was lost while it worked; it is not known whether it was done");
        assertThat(hanging.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(ToolFailure.class);
        assertThat(change()).isEqualTo("die hang pid");
        ProcessHandle second = process(tools);
        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(first.isAlive()).isFalse();
        tools.close();
        second.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        assertThatThrownBy(() -> call(tools, "pid"))
                .isInstanceOf(ToolFailure.class)
                .isNotInstanceOf(TransientFailure.class)
                .hasMessage("the source of this tool is closed; nothing was done");
    }

    @Test
    void closingEndsTheProcessAndCallsUnderWay() throws Exception {
        McpTools tools = start("well", options -> options.allow("pid", "hang"));
        ProcessHandle process = process(tools);
        CompletableFuture<Throwable> hanging = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                call(tools, "hang");
            } catch (Exception e) {
                hanging.complete(e);
            }
        });
        tools.close();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(hanging.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(ToolFailure.class);
        tools.close();
    }

    @Test
    void aProcessThatDoesNotWantToEndIsEnded() throws Exception {
        McpTools tools = start("stubborn", options -> options.allow("pid"));
        ProcessHandle process = process(tools);
        tools.close();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void whatOnlyLooksIsSaidByTheServerOrTheOptions() {
        McpTools tools = start("well", options -> options.allow("*").readOnly("p*"));
        assertThat(tools.tools())
                .filteredOn(tool -> tool.policy().access() == ToolPolicy.Access.READS)
                .extracting(tool -> tool.name())
                .containsExactlyInAnyOrder("pid", "talk");
    }

    @Test
    void aVeryLongAnswerIsHandedOnAsItCameForThePoolToMeasure() throws Exception {
        McpTools tools = start("well", options -> options.allow("talk"));
        assertThat(call(tools, "talk").toString()).startsWith("[\"word word").hasSize(2_000_004);
    }

    @Test
    void anInterruptedCallEndsAtOnceAndOthersGoOn() throws Exception {
        McpTools tools = start("well", options -> options.allow("pid", "hang"));
        CompletableFuture<Throwable> hanging = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                call(tools, "hang");
            } catch (Exception e) {
                hanging.complete(e);
            }
        });
        assertThat(process(tools).isAlive()).isTrue();
        thread.interrupt();
        assertThat(hanging.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(InterruptedException.class);
        assertThat(process(tools).isAlive()).isTrue();
    }

    @Test
    void whatCannotStartSaysWhy() {
        assertThatThrownBy(() -> McpTools.stdio("desk", List.of("no-such-program"), options -> options.allow("*")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("the MCP server 'desk' did not start: ")
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("check its command or address");
        assertThatThrownBy(() -> start("broken", options -> options.allow("*")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining(
                        "its process ended with status 7; its last words: cannot open the desk with key ***");
        assertThatThrownBy(() -> start("silent", options -> options.allow("*").startTimeout(Duration.ofSeconds(2))))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("it did not answer within 2 s");
        assertThatThrownBy(() -> start("odd", options -> options.allow("odd")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining(
                        "a tool that no model can be given: tool 'odd': its JSON Schema cannot be used: 'oneOf'")
                .hasMessageContaining("leave it out of the allow list");
        assertThatThrownBy(() -> start("well", options -> options))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("'desk' needs an allow list");
        assertThatThrownBy(() -> McpTools.http(
                        "desk",
                        URI.create("http://127.0.0.1:1/mcp"),
                        options -> options.allow("*").bearer(Secret.of(CANARY))))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("the MCP server 'desk' did not start")
                .hasMessageNotContaining(CANARY);
        assertThatThrownBy(() -> McpTools.http("desk", URI.create("ftp://x/mcp"), options -> options.allow("*")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("must be an http or https address");
    }

    @Test
    void credentialsDoNotGoToAnotherMachineInClear() {
        assertThatThrownBy(() -> McpTools.http(
                        "desk",
                        URI.create("http://desk.example/mcp"),
                        options -> options.allow("*").bearer(Secret.of(CANARY))))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessage("with credentials, the MCP server 'desk's address must be https (or http of this machine)"
                        + " without user info; correct it, or connect without headers");
    }

    @Test
    void aToolThatNoModelCanBeGivenCanBeLeftOut() {
        Map<String, String> leftOut = new HashMap<>();
        McpTools tools = start("odd", options -> options.allow("odd", "pid").leavingOut(leftOut::put));
        assertThat(names(tools)).containsExactly("pid");
        assertThat(leftOut).containsOnlyKeys("odd");
        assertThat(leftOut.get("odd")).contains("its JSON Schema cannot be used: 'oneOf'");
    }

    @Test
    void aCallBeyondItsTimeIsToldWithWhatIsNotKnown() {
        McpTools tools = start("well", options -> options.allow("hang").callTimeout(Duration.ofMillis(300)));
        assertThat(tools.tools()).allSatisfy(tool -> assertThat(tool.limit()).isEqualTo(Duration.ofMillis(300)));
        assertThatThrownBy(() -> call(tools, "hang"))
                .isInstanceOf(UnknownOutcome.class)
                .hasMessage("the tool's server did not answer within 300 ms; it is not known whether it was done,"
                        + " so do not try again before that is clear");
        McpTools looking =
                start("well", options -> options.allow("hang").readOnly("*").callTimeout(Duration.ofMillis(300)));
        assertThatThrownBy(() -> call(looking, "hang"))
                .isExactlyInstanceOf(ToolFailure.class)
                .hasMessage("the tool's server did not answer within 300 ms");
    }

    @Test
    void aServerThatBreaksDownInACallLeavesItsOutcomeOpen() {
        McpTools tools = start("well", options -> options.allow("crash"));
        assertThatThrownBy(() -> call(tools, "crash"))
                .isInstanceOf(UnknownOutcome.class)
                .hasMessageMatching("the tool's server failed: .*; it is not known whether it was done,"
                        + " so do not try again before that is clear");
    }

    @Test
    void tlsWhereNoneIsSpokenAndTheReverseAreToldInWords() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServerSocket tls = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAll(plain, "HTTP/1.1 400 Bad Request\r\n\r\n"));
            Thread.ofVirtual().start(() -> answerAll(tls, "\u0015\u0003\u0003\u0000\u0002\u0002\u0050"));
            assertThatThrownBy(() -> McpTools.http(
                            "desk",
                            URI.create("https://127.0.0.1:" + plain.getLocalPort()),
                            options -> options.allow("*")))
                    .isInstanceOf(UnusableToolSource.class)
                    .hasMessageContaining("did not start: the server answers without TLS; use http:// in the address");
            assertThatThrownBy(() -> McpTools.http(
                            "desk",
                            URI.create("http://127.0.0.1:" + tls.getLocalPort()),
                            options -> options.allow("*")))
                    .isInstanceOf(UnusableToolSource.class)
                    .hasMessageContaining("did not start: the server speaks TLS; use https:// in the address");
        }
    }

    private static void answerAll(ServerSocket server, String text) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read();
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client, or the test, has gone.
            }
        }
    }
}
