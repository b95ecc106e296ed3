package dev.antiphon.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.McpTool;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.LineOptions;
import dev.antiphon.session.McpApproval;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.emulator.McpServer;
import dev.antiphon.testkit.emulator.McpServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls whose model has remote tools, which the emulator plays (protocol section 13). */
class RemoteToolsTest {
    private static final PromptConversation PROMPT = new PromptConversation("prompt", "Be kind.", Optional.empty());
    private static final JsonNode CITY = JsonMapper.shared()
            .readTree("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}");

    private final AtomicInteger made = new AtomicInteger();
    private McpServer.Tool forecast = McpServer.Tool.of("forecast", "Weather forecast of a city", CITY, this::sunny);

    private McpServer.Result sunny(JsonNode arguments) {
        made.incrementAndGet();
        return new McpServer.Result.Answered(
                "It is sunny in " + arguments.path("city").asString("") + ".");
    }

    private EmulatedCall call(McpTool.Approval rule, McpApproval approval) {
        LineOptions line = LineOptions.of(o -> o.mcpServers(List.of(
                        McpTool.at("weather", "https://weather.example/mcp").withApproval(rule)))
                .mcpApproval(approval));
        return new EmulatedCall(
                SessionSettings.defaults().withLine(line),
                PROMPT,
                new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings()),
                "What is the weather forecast in Berlin?",
                emulator -> emulator.withMcp(McpServers.of(Map.of("weather", McpServer.of(forecast)))));
    }

    private static String answer(EmulatedCall call) throws InterruptedException {
        call.speaks(Duration.ofMillis(500), Duration.ofMillis(700));
        return call.hears(Signal.UtteranceEnded.class).text();
    }

    @Test
    void aRemoteToolIsCalledAndItsResultIsSpoken() throws Exception {
        try (EmulatedCall call = call(new McpTool.Approval.Never(), McpApproval.denyAll())) {
            assertThat(answer(call)).isEqualTo("It is sunny in Berlin.");

            SessionEvent.McpToolCalled called = call.fact(SessionEvent.McpToolCalled.class);
            assertThat(called.server()).isEqualTo("weather");
            assertThat(called.tool()).isEqualTo("forecast");
            assertThat(called.error()).isEmpty();
            assertThat(made).hasValue(1);
        }
    }

    @Test
    void aCallThatTheBotApprovesIsMade() throws Exception {
        McpApproval berlinOnly = (server, tool, arguments) -> arguments.contains("Berlin");
        try (EmulatedCall call = call(new McpTool.Approval.Always(), berlinOnly)) {
            assertThat(answer(call)).isEqualTo("It is sunny in Berlin.");

            assertThat(call.fact(SessionEvent.McpApprovalAnswered.class).approved())
                    .isTrue();
            assertThat(call.fact(SessionEvent.McpToolCalled.class).error()).isEmpty();
            assertThat(made).hasValue(1);
        }
    }

    @Test
    void aCallThatTheBotRefusesIsNotMadeAndTheCallerIsTold() throws Exception {
        try (EmulatedCall call = call(new McpTool.Approval.Always(), McpApproval.denyAll())) {
            assertThat(answer(call))
                    .isEqualTo("I'm sorry, that did not work: the call was not approved, not allowed by this bot.");

            assertThat(call.fact(SessionEvent.McpApprovalAnswered.class).approved())
                    .isFalse();
            assertThat(made).hasValue(0);
        }
    }

    @Test
    void aRemoteToolThatFailsIsAFactAndTheCallerIsTold() throws Exception {
        forecast = McpServer.Tool.of(
                "forecast",
                "Weather forecast of a city",
                CITY,
                arguments -> new McpServer.Result.HttpFailed(503, "The weather service is down."));
        try (EmulatedCall call = call(new McpTool.Approval.Never(), McpApproval.denyAll())) {
            assertThat(answer(call)).isEqualTo("I'm sorry, that did not work: The weather service is down.");

            assertThat(call.fact(SessionEvent.McpToolCalled.class).error()).contains("The weather service is down.");
        }
    }

    @Test
    void aListingThatFailsIsAFactAndTheCallGoesOnWithoutTheTools() throws Exception {
        LineOptions line =
                LineOptions.of(o -> o.mcpServers(List.of(McpTool.at("nowhere", "https://nowhere.example/mcp"))));
        try (EmulatedCall call =
                new EmulatedCall(SessionSettings.defaults().withLine(line), PROMPT, new SchemaBrain(), "Hello there")) {
            SessionEvent.ServiceProblem problem = call.fact(SessionEvent.ServiceProblem.class);
            assertThat(problem.session()).isEqualTo(new SessionId("call"));
            assertThat(problem.code()).isEqualTo("mcp_list_tools_failed");
            assertThat(answer(call)).isEqualTo("This is a simulated model without tools. I heard: Hello there");
        }
    }

    @Test
    void aCallerWhoSpeaksWhileARemoteToolIsAtWorkIsAnswered() throws Exception {
        forecast = forecast.taking(Duration.ofMinutes(5));
        try (EmulatedCall call = call(new McpTool.Approval.Never(), McpApproval.denyAll())) {
            call.speaks(Duration.ofMillis(500), Duration.ofMillis(700));
            call.received("response.mcp_call.in_progress");

            call.speaks(Duration.ofMillis(500), Duration.ofMillis(700));

            call.received("response.mcp_call.failed");
            assertThat(call.fact(SessionEvent.McpToolCalled.class).error())
                    .contains("The call was cancelled before the server had answered.");
            call.received("response.mcp_call.in_progress");
            assertThat(made).hasValue(0);
        }
    }
}
