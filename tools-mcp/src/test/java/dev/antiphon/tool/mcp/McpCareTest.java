package dev.antiphon.tool.mcp;

import static dev.antiphon.tool.mcp.DeskServer.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.ToolFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What a server's process must not cost its owner: carriers of virtual threads, credentials, arguments in logs. */
class McpCareTest {
    private static final String CANARY = "canary-4e0b-key";

    private static McpTools start(String name, UnaryOperator<McpOptions> choose) {
        return McpTools.stdio(
                name,
                DeskServer.command("well"),
                options -> choose.apply(options.environment("DESK_KEY", Secret.of(CANARY))
                        .environment("DESK_SEATS", Secret.of("4"))
                        .pauses(Duration.ofMillis(20), Duration.ofMillis(50))));
    }

    @Test
    void whatReadsAndWritesItsPipesHoldsNoCarrier() throws Exception {
        try (McpTools tools = start("piped", options -> options.allow("pid"))) {
            call(tools, "pid");
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("mcp-piped-"))
                    .allMatch(Thread::isDaemon)
                    .extracting(Thread::getName)
                    .containsExactlyInAnyOrder("mcp-piped-err", "mcp-piped-in", "mcp-piped-out");
        }
    }

    @Test
    void credentialsThatAServerRepeatsAreHiddenFromTheModel() throws Exception {
        try (McpTools tools = start("leaky", options -> options.allow("leak*"))) {
            assertThat(call(tools, "leak").toString())
                    .contains("\"told\":[\"the key is ***\"]")
                    .contains("\"seats\":4");
            assertThat(call(tools, "leak_text")).isEqualTo("the key is ***");
            assertThat(call(tools, "leak_json")).hasToString("{\"told\":\"***\",\"seats\":4}");
            assertThatThrownBy(() -> call(tools, "leak_error"))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessageEndingWith(".***");
        }
    }

    @Test
    void theLastWordsOfAServerThatWasCalledAreNotLogged() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        root.addAppender(logged);
        try (McpTools tools = start("burning", options -> options.allow("die"))) {
            CompletableFuture<Void> again = new CompletableFuture<>();
            tools.onChange(() -> again.complete(null));
            assertThatThrownBy(() -> call(tools, "die")).isInstanceOf(ToolFailure.class);
            again.orTimeout(20, TimeUnit.SECONDS).join();
        } finally {
            root.detachAppender(logged);
        }
        assertThat(List.copyOf(logged.list))
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("MCP server 'burning' was lost: its process ended with status 3; it is started again")
                .noneMatch(message -> message.contains("on fire"));
    }

    @ParameterizedTest
    @CsvSource({"hang, ''", "pid, '; it is not known whether it was done, so do not try again before that is clear'"})
    void onlyAToolThatChangesSomethingIsInDoubtWhenItTakesTooLong(String looks, String doubt) throws Exception {
        try (McpTools tools = start(
                "slow", options -> options.allow("hang", "pid").readOnly(looks).callTimeout(Duration.ofMillis(200)))) {
            assertThatThrownBy(() -> call(tools, "hang"))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessage("the tool's server did not answer within 200 ms" + doubt);
        }
    }
}
