package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.gateway.AccessPolicy;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.TransientFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ToolsViewTest {
    record Number(int value) {}

    private static final SessionId CALL = new SessionId("sess_view");

    private final CountDownLatch open = new CountDownLatch(1);
    private final CompletableFuture<ToolInvoker> pool = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<AntiphonServer> server = Optional.empty();

    @AfterEach
    void close() {
        open.countDown();
        server.ifPresent(AntiphonServer::close);
        http.close();
    }

    @Test
    void operatorsSeeWhatRunsWhatWaitsAndWhatBecameOfCalls() throws Exception {
        start(settings -> settings);
        List<CompletableFuture<ToolOutcome>> calls =
                List.of(invoke("slow", "1"), invoke("slow", "2"), invoke("slow", "2"), invoke("slow", "3"));

        JsonNode tool = tool("slow");
        assertThat(tool.path("running").asInt()).isEqualTo(1);
        assertThat(tool.path("may_run").asInt()).isEqualTo(1);
        assertThat(tool.path("waiting").asInt()).isEqualTo(2);
        assertThat(tool.path("may_wait").asInt()).isEqualTo(5);
        assertThat(tool.path("breaker").asString()).isEqualTo("none");
        assertThat(tool.path("counts").path("joined").asInt()).isEqualTo(1);
        assertThat(metrics())
                .contains(
                        "voice_tool_running{tool=\"slow\"} 1.0",
                        "voice_tool_waiting{tool=\"slow\"} 2.0",
                        "voice_tool_joined_total{tool=\"slow\"} 1.0",
                        "voice_effect_running 0.0");

        open.countDown();
        calls.forEach(CompletableFuture::join);
        assertThat(tool("slow").path("counts").path("ok").asInt()).isEqualTo(4);
    }

    @Test
    void aBreakerThatOpenedIsSeen() throws Exception {
        start(settings -> settings);
        assertThat(tool("broken").path("breaker").asString()).isEqualTo("closed");
        assertThat(metrics()).contains("voice_tool_breaker{tool=\"broken\"} 0.0");

        assertThat(invoke("broken", "1").join()).isInstanceOf(ToolOutcome.Failed.class);

        assertThat(tool("broken").path("breaker").asString()).isEqualTo("open");
        assertThat(tool("broken").path("counts").path("failed").asInt()).isEqualTo(1);
        assertThat(metrics())
                .contains("voice_tool_breaker{tool=\"broken\"} 2.0")
                .noneMatch(line -> line.startsWith("voice_tool_breaker{tool=\"slow\"}"));
    }

    @Test
    void thePoolWantsAKeyWhenTheServerHasKeys() throws Exception {
        start(settings -> settings.withAccess(AccessPolicy.withKeys(Set.of("sk-right"))));
        assertThat(get("/v1/tools").statusCode()).isEqualTo(401);
        assertThat(get("/v1/tools?api-key=sk-right").statusCode()).isEqualTo(200);
    }

    @Test
    void aBotWithoutAPoolHasNothingToShow() throws Exception {
        server = Optional.of(AntiphonServer.start(settings(), prompt()));
        assertThat(get("/v1/tools").body()).isEqualTo("{\"tools\":[]}");
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    private void start(UnaryOperator<ServerSettings> changes) {
        List<Tool<?, ?>> tools = List.of(
                Tool.of("slow", "Waits.", Number.class, number -> {
                            open.await();
                            return number.value();
                        })
                        .with(policy -> policy.readOnly().bulkhead(1, 5)),
                Tool.of("broken", "Breaks.", Number.class, number -> {
                            throw new TransientFailure("away");
                        })
                        .with(policy ->
                                policy.readOnly().breaker(new ToolPolicy.Breaker(50, 1, 1, Duration.ofMinutes(5), 1))));
        Bot bot = prompt().withTools(system -> {
            ToolInvoker started = ToolDispatcher.start(system, tools);
            pool.complete(started);
            return started;
        });
        server = Optional.of(AntiphonServer.start(changes.apply(settings()), bot));
    }

    private static Bot prompt() {
        return Bot.of("desk", "Counts.", () -> new PromptConversation("desk", "Count.", Optional.empty()));
    }

    /** No call is made, so nothing connects to it. */
    private static ServerSettings settings() {
        URI nowhere = URI.create("ws://127.0.0.1:1/v1/realtime");
        return ServerSettings.defaults(new TierLadder(List.of(new Tier(
                "mini",
                new ModelEndpoint("none", "gpt-realtime-mini", nowhere, Map.of(), List.of("realtime")),
                PriceCard.of("0.6", "0.06", "2.4", "10", "0.3", "20", "0.8", "0.08")))));
    }

    private CompletableFuture<ToolOutcome> invoke(String tool, String value) {
        CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
        pool.join()
                .invoke(
                        new Invocation.ModelCall(CALL, "call_" + tool, tool, "{\"value\":" + value + "}"),
                        settled::complete);
        return settled;
    }

    private JsonNode tool(String name) throws IOException, InterruptedException {
        for (JsonNode tool :
                JsonMapper.shared().readTree(get("/v1/tools").body()).path("tools")) {
            if (tool.path("name").asString().equals(name)) {
                return tool;
            }
        }
        throw new AssertionError("the server shows no tool " + name);
    }

    private List<String> metrics() throws IOException, InterruptedException {
        return get("/metrics").body().lines().toList();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.orElseThrow().httpUri().resolve(path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
