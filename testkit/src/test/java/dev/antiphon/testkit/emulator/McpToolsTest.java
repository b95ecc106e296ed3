package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.testkit.emulator.McpServer.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Remote tools at the emulator (protocol section 13). Every frame passes the contract as well: see {@link VirtualCall}. */
class McpToolsTest {
    private static final JsonNode CITY = SharedProtocol.MAPPER.readTree(
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}");
    private static final JsonNode BERLIN = SharedProtocol.MAPPER.readTree("{\"city\":\"Berlin\"}");
    private static final Brain.Output FORECAST = new Brain.Output.CallTool("forecast", BERLIN);

    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();
    private final List<JsonNode> made = new ArrayList<>();
    private McpServer.Tool forecast = McpServer.Tool.of("forecast", "The weather of a city", CITY, this::sunny)
            .readOnly();

    private Result sunny(JsonNode arguments) {
        made.add(arguments);
        return new Result.Answered("Sunny in " + arguments.path("city").asString(""));
    }

    private VirtualCall open() {
        McpServer.Tool alarm =
                McpServer.Tool.of("alarm", "Warns", CITY, arguments -> new Result.ToolFailed("No siren."));
        return open(McpServer.of(forecast, alarm));
    }

    private VirtualCall open(McpServer weather) {
        return VirtualCall.open(
                brain, settings -> settings.withMcp(McpServers.of(Map.of("weather", weather))), FaultScript.none());
    }

    private EmulatorSettings withWeather(EmulatorSettings settings) {
        return settings.withMcp(McpServers.of(Map.of("weather", McpServer.of(forecast))));
    }

    private static String tool(String label, String more) {
        return "{'type':'mcp','server_label':'" + label + "','server_url':'https://mcp.example/" + label + "'" + more
                + "}";
    }

    private static String update(String tools) {
        return "{'type':'session.update','session':{'type':'realtime','tools':[" + tools + "]}}";
    }

    private static String approval(String requestId, boolean approve) {
        return "{'type':'conversation.item.create','item':{'id':'mcpa_1','type':'mcp_approval_response',"
                + "'approval_request_id':'" + requestId + "','approve':" + approve + ",'reason':'too far'}}";
    }

    private VirtualCall withoutApproval() {
        VirtualCall call = open().send(update(tool("weather", ",'require_approval':'never'")))
                .run();
        call.forget();
        return call;
    }

    private static List<String> names(JsonNode item) {
        return item.path("tools")
                .valueStream()
                .map(tool -> tool.path("name").asString(""))
                .toList();
    }

    @Test
    void toolsOfAServerAreListedOnceTheSessionHasIt() {
        VirtualCall call = open().send(update(tool("weather", ""))).run();

        assertThat(call.types())
                .containsExactly(
                        "session.created",
                        "session.updated",
                        "conversation.item.added",
                        "mcp_list_tools.in_progress",
                        "mcp_list_tools.completed",
                        "conversation.item.done");
        JsonNode item = call.last().path("item");
        assertThat(names(item)).containsExactly("forecast", "alarm");
        assertThat(item.at("/tools/0/input_schema")).isEqualTo(CITY);
        assertThat(item.at("/tools/0/annotations/readOnlyHint").asBoolean(false))
                .isTrue();
        assertThat(call.all("conversation.item.added").getLast().at("/item/tools"))
                .isEmpty();
    }

    @Test
    void aServerIsListedAgainOnlyWhenItOrItsAllowedToolsChange() {
        VirtualCall call = open().send(update(tool("weather", ""))).run();
        call.send(update(tool("weather", ",'require_approval':'never'"))).run();
        assertThat(call.all("mcp_list_tools.completed")).hasSize(1);

        call.send(update(tool("weather", ",'allowed_tools':['alarm']"))).run();

        assertThat(call.all("mcp_list_tools.completed")).hasSize(2);
        assertThat(names(call.last().path("item"))).containsExactly("alarm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "['forecast'] | forecast",
                "{'tool_names':['alarm']} | alarm",
                "{'read_only':true} | forecast",
                "{'read_only':false} | alarm"
            })
    void onlyAllowedToolsAreListed(String allowed, String expected) {
        VirtualCall call = open().send(update(tool("weather", ",'allowed_tools':" + allowed)))
                .run();
        assertThat(names(call.last().path("item"))).containsExactly(expected);
    }

    @Test
    void aServerThatNobodyPlaysCannotBeListed() {
        VirtualCall call = open().send(update(tool("nowhere", ""))).run();

        assertThat(call.types().subList(2, call.types().size()))
                .containsExactly(
                        "conversation.item.added",
                        "mcp_list_tools.in_progress",
                        "mcp_list_tools.failed",
                        "conversation.item.done");
        call.userSays("hi").respond().run();
        assertThat(brain.lastTurn().tools()).isEmpty();
    }

    @Test
    void toolsOfASlowListingAreOfferedWhenItHasEnded() {
        VirtualCall call = open(McpServer.of(forecast).withListingTaking(Duration.ofSeconds(3)))
                .send(update(tool("weather", "")));
        call.respond().timeline.advance(Duration.ofSeconds(1));
        assertThat(brain.lastTurn().tools()).isEmpty();
        assertThat(call.types()).contains("mcp_list_tools.in_progress").doesNotContain("mcp_list_tools.completed");

        call.run().respond().run();

        assertThat(brain.lastTurn().tools()).extracting(Brain.ToolSpec::name).containsExactly("forecast");
    }

    @Test
    void aCallWithoutApprovalRunsWithinItsResponse() {
        forecast = forecast.taking(Duration.ofSeconds(2));
        VirtualCall call = withoutApproval();
        brain.then(FORECAST).says("It is sunny.");
        call.userSays("How is the weather?").respond().run();

        assertThat(call.types().stream().distinct().skip(2))
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "response.mcp_call_arguments.delta",
                        "response.mcp_call_arguments.done",
                        "response.mcp_call.in_progress",
                        "response.mcp_call.completed",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        assertThat(made).containsExactly(BERLIN);
        JsonNode item = call.last("response.done").at("/response/output/0");
        assertThat(item.path("output").asString("")).isEqualTo("Sunny in Berlin");
        assertThat(item.path("arguments").asString("")).isEqualTo("{\"city\":\"Berlin\"}");
        assertThat(item.path("error").isNull()).isTrue();
        assertThat(call.last("conversation.item.done").path("item")).isEqualTo(item);

        call.respond().run();
        String callId = item.path("id").asString("");
        assertThat(brain.lastTurn().history())
                .containsExactly(
                        new Brain.Entry.UserSaid("How is the weather?", false),
                        new Brain.Entry.ToolCalled(callId, "forecast", BERLIN),
                        new Brain.Entry.ToolAnswered(callId, "Sunny in Berlin"));
    }

    @Test
    void anApprovedCallIsMadeByTheNextResponseAndNarratedByTheOneAfter() {
        VirtualCall call = open().send(update(tool("weather", ""))).run();
        brain.then(FORECAST).says("It is sunny.");
        call.userSays("How is the weather?").respond().run();
        assertThat(made).isEmpty();
        String request = call.last("response.done").at("/response/output/0/id").asString("");

        call.send(approval(request, true)).respond().run();

        assertThat(made).containsExactly(BERLIN);
        assertThat(call.last("response.done")
                        .at("/response/output/0/approval_request_id")
                        .asString(""))
                .isEqualTo(request);
        call.respond().run();
        assertThat(call.last("response.done").at("/response/output/0/type").asString(""))
                .isEqualTo("message");
        assertThat(brain.lastTurn().history())
                .endsWith(
                        new Brain.Entry.ToolCalled(request, "forecast", BERLIN),
                        new Brain.Entry.ToolAnswered(request, "Sunny in Berlin"));
        assertThat(made).hasSize(1);
    }

    @Test
    void aCallThatWasApprovedIsMadeOnceThoughItsItemsAreDeleted() {
        VirtualCall call = open().send(update(tool("weather", ""))).run();
        brain.then(FORECAST);
        call.respond().run();
        String request = call.last("response.done").at("/response/output/0/id").asString("");
        call.send(approval(request, true)).respond().run();
        String callItem = call.last("response.done").at("/response/output/0/id").asString("");

        call.send("{'type':'conversation.item.delete','item_id':'" + callItem + "'}")
                .respond()
                .run();
        call.send("{'type':'conversation.item.delete','item_id':'mcpa_1'}").send(approval(request, true));

        assertThat(call.lastError().path("message").asString("")).contains("answered already");
        assertThat(made).hasSize(1);
    }

    @Test
    void anApprovedCallWhoseResponseIsCancelledBeforeItIsLeftToTheNext() {
        VirtualCall call = open().send(update(tool("weather", ""))).run();
        brain.then(FORECAST);
        call.respond().run();
        String request = call.last("response.done").at("/response/output/0/id").asString("");

        call.send(approval(request, true))
                .respond()
                .send("{'type':'response.cancel'}")
                .run();
        assertThat(call.last("response.done").at("/response/output")).isEmpty();
        assertThat(made).isEmpty();

        call.respond().run();
        assertThat(made).hasSize(1);
    }

    @Test
    void aRefusedCallIsNotMadeAndTheModelIsToldWhy() {
        VirtualCall call = open().send(update(tool("weather", ""))).run();
        brain.then(FORECAST).says("Then not.");
        call.respond().run();
        String request = call.last("response.done").at("/response/output/0/id").asString("");

        call.send(approval(request, false)).respond().run();

        assertThat(made).isEmpty();
        assertThat(call.types()).doesNotContain("response.mcp_call.in_progress");
        assertThat(brain.lastTurn().history())
                .endsWith(new Brain.Entry.ToolAnswered(request, "{\"error\":\"the call was not approved, too far\"}"));
    }

    @Test
    void aResponseThatMayCallNothingLeavesAnApprovedCallToTheNext() {
        VirtualCall call = open().send(update(tool("weather", ""))).run();
        brain.then(FORECAST).says("One moment.");
        call.respond().run();
        String request = call.last("response.done").at("/response/output/0/id").asString("");
        call.send(approval(request, true));

        call.send("{'type':'response.create','response':{'tool_choice':'none'}}")
                .run();
        assertThat(made).isEmpty();
        call.respond().run();
        assertThat(made).containsExactly(BERLIN);
    }

    @Test
    void aRequestIsAnsweredOnceAndMustExist() {
        VirtualCall call = open().send(update(tool("weather", ""))).run();
        call.send(approval("mcpr_nobody", true));
        assertThat(call.lastError().path("param").asString("")).isEqualTo("item.approval_request_id");
        assertThat(call.lastError().path("message").asString("")).contains("mcpr_nobody");

        brain.then(FORECAST);
        call.respond().run();
        String request = call.last("response.done").at("/response/output/0/id").asString("");
        call.send(approval(request, true));
        call.send(approval(request, false).replace("mcpa_1", "mcpa_2"));
        assertThat(call.lastError().path("message").asString("")).contains("answered already");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'always' | true",
                "'never' | false",
                "null | true",
                "{'never':{'tool_names':['forecast']}} | false",
                "{'never':{'tool_names':['alarm']}} | true",
                "{'never':{'read_only':true}} | false",
                "{'always':{'tool_names':['alarm']}} | true"
            })
    void theSessionSaysWhichCallsNeedApproval(String rule, boolean asked) {
        VirtualCall call = open().send(update(tool("weather", ",'require_approval':" + rule)))
                .run();
        brain.then(FORECAST);
        call.respond().run();
        assertThat(call.last("response.done").at("/response/output/0/type").asString(""))
                .isEqualTo(asked ? "mcp_approval_request" : "mcp_call");
    }

    private JsonNode failureOf(Result result) {
        forecast = McpServer.Tool.of("forecast", "", CITY, arguments -> result);
        VirtualCall call = withoutApproval();
        brain.then(FORECAST).then(FORECAST);
        call.respond().run();
        assertThat(call.types()).contains("response.mcp_call.failed").doesNotContain("response.mcp_call.completed");
        JsonNode item = call.last("response.done").at("/response/output/0");
        assertThat(item.path("output").isNull()).isTrue();
        call.respond().run();
        assertThat(brain.lastTurn().history())
                .endsWith(new Brain.Entry.ToolAnswered(item.path("id").asString(""), "{\"error\":\"Broken.\"}"));
        return item.path("error");
    }

    @Test
    void aToolThatFailsIsAToolExecutionError() {
        JsonNode error = failureOf(new Result.ToolFailed("Broken."));
        assertThat(error.path("type").asString("")).isEqualTo("tool_execution_error");
        assertThat(error.has("code")).isFalse();
    }

    @Test
    void aCallThatTheServerRefusesIsAProtocolError() {
        JsonNode error = failureOf(new Result.Refused(-32_600, "Broken."));
        assertThat(error.path("type").asString("")).isEqualTo("protocol_error");
        assertThat(error.path("code").asInt(0)).isEqualTo(-32_600);
    }

    @Test
    void aServerThatAnswersWithAStatusIsAnHttpError() {
        JsonNode error = failureOf(new Result.HttpFailed(503, "Broken."));
        assertThat(error.path("type").asString("")).isEqualTo("http_error");
        assertThat(error.path("code").asInt(0)).isEqualTo(503);
    }

    @Test
    void aToolThatThrowsHasFailed() {
        forecast = McpServer.Tool.of("forecast", "", CITY, arguments -> {
            throw new IllegalStateException("no weather today");
        });
        VirtualCall call = withoutApproval();
        brain.then(FORECAST);
        call.respond().run();
        assertThat(call.last("response.done")
                        .at("/response/output/0/error/message")
                        .asString(""))
                .isEqualTo("no weather today");
        assertThat(call.last("response.done").at("/response/status").asString(""))
                .isEqualTo("completed");
    }

    @Test
    void argumentsThatAreNoObjectAreRefused() {
        VirtualCall call = withoutApproval();
        brain.then(new Brain.Output.CallTool("forecast", SharedProtocol.MAPPER.readTree("[1]")));
        call.respond().run();
        assertThat(call.last("response.done")
                        .at("/response/output/0/error/type")
                        .asString(""))
                .isEqualTo("protocol_error");
        assertThat(made).isEmpty();
    }

    @Test
    void aCallThatIsCancelledAtWorkFailsAndIsNotMade() {
        forecast = forecast.taking(Duration.ofSeconds(10));
        VirtualCall call = withoutApproval();
        brain.then(FORECAST);
        call.respond().runUntil("response.mcp_call.in_progress");
        call.send("{'type':'response.cancel'}").run();

        assertThat(call.types()
                        .subList(
                                call.types().indexOf("response.mcp_call.in_progress") + 1,
                                call.types().size()))
                .containsExactly(
                        "response.mcp_call.failed",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        JsonNode response = call.last("response.done").path("response");
        assertThat(response.path("status").asString("")).isEqualTo("cancelled");
        assertThat(response.at("/output/0/error/type").asString("")).isEqualTo("tool_execution_error");
        assertThat(made).isEmpty();
    }

    @Test
    void aCallerWhoSpeaksOverACallCancelsIt() {
        forecast = forecast.taking(Duration.ofSeconds(10));
        VirtualCall call = withoutApproval();
        brain.then(FORECAST).says("Yes?");
        call.respond().runUntil("response.mcp_call.in_progress");
        call.hear(Doubles.tone(400, 8_000)).hear(Doubles.silence(400)).run();

        assertThat(call.all("response.done")
                        .getFirst()
                        .at("/response/status_details/reason")
                        .asString(""))
                .isEqualTo("turn_detected");
        assertThat(call.all("response.mcp_call.failed")).hasSize(1);
        assertThat(call.last("response.done").at("/response/output/0/type").asString(""))
                .isEqualTo("message");
    }

    @Test
    void aCallThatIsCancelledWhileItIsWrittenWasNeverMade() {
        VirtualCall call = withoutApproval();
        brain.then(FORECAST);
        call.respond().runUntil("response.output_item.added");
        call.send("{'type':'response.cancel'}").run();

        assertThat(call.types())
                .contains("response.mcp_call_arguments.done")
                .doesNotContain("response.mcp_call.in_progress", "response.mcp_call.failed");
        assertThat(call.last("response.done")
                        .at("/response/output/0/error/message")
                        .asString(""))
                .isEqualTo("The call was cancelled before it was made.");
        assertThat(made).isEmpty();
    }

    @Test
    void aRequestThatIsCancelledWhileItIsWrittenCannotBeApproved() {
        VirtualCall call = open().send(update(tool("weather", ""))).run();
        brain.then(FORECAST).says("Yes?");
        call.userSays("How is the weather?").respond().runUntil("response.output_item.added");
        call.send("{'type':'response.cancel'}").run();
        String request = call.last("response.done").at("/response/output/0/id").asString("");

        call.send(approval(request, true));

        assertThat(call.lastError().path("message").asString("")).contains(request, "was cancelled");
        call.respond().run();
        assertThat(made).isEmpty();
        assertThat(brain.lastTurn().history()).containsExactly(new Brain.Entry.UserSaid("How is the weather?", false));
    }

    @Test
    void aResponseMayBringAServerOfItsOwn() {
        VirtualCall call = open();
        brain.then(FORECAST);
        call.send("{'type':'response.create','response':{'tools':[" + tool("weather", ",'require_approval':'never'")
                        + "]}}")
                .run();
        assertThat(call.types())
                .containsSubsequence("mcp_list_tools.completed", "response.created", "response.mcp_call.completed");
        assertThat(made).containsExactly(BERLIN);
    }

    @Test
    void aChoiceOfAServersToolIsAllThatTheBrainIsOffered() {
        VirtualCall call = open().send(update(tool("weather", "") + ",{'type':'function','name':'forecast'}"))
                .run();
        call.respond().run();
        assertThat(brain.lastTurn().tools())
                .extracting(Brain.ToolSpec::name)
                .containsExactly("forecast", "weather.forecast", "alarm");

        call.send("{'type':'response.create','response':{'tool_choice':"
                        + "{'type':'mcp','server_label':'weather','name':'forecast'}}}")
                .run();

        assertThat(brain.lastTurn().tools()).extracting(Brain.ToolSpec::name).containsExactly("weather.forecast");
        assertThat(brain.lastTurn().toolChoice()).isEqualTo("required");
    }

    @Test
    void aFunctionKeepsItsNameBesideARemoteToolOfTheSameName() {
        VirtualCall call = open().send(update(
                        tool("weather", ",'require_approval':'never'") + ",{'type':'function','name':'forecast'}"))
                .run();
        brain.then(FORECAST, new Brain.Output.CallTool("weather.forecast", BERLIN));
        call.respond().run();
        assertThat(call.last("response.done")
                        .at("/response/output")
                        .valueStream()
                        .map(item -> item.path("type").asString("")))
                .containsExactly("function_call", "mcp_call");
        assertThat(call.last("response.done").at("/response/output/1/name").asString(""))
                .isEqualTo("forecast");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'type':'mcp','server_url':'https://x.example'} | session.tools[0].server_label",
                "{'type':'mcp','server_label':'a'} | session.tools[0].server_url",
                "{'type':'mcp','server_label':'a','server_url':'u','tunnel_id':'t'} | session.tools[0].tunnel_id",
                "{'type':'mcp','server_label':'a','server_url':'u','require_approval':'often'} | session.tools[0].require_approval",
                "{'type':'mcp','server_label':'a','server_url':'u','allowed_tools':{'names':[]}} | session.tools[0].allowed_tools.names",
                "{'type':'mcp','server_label':'a','server_url':'u'},{'type':'mcp','server_label':'a','server_url':'v'} | session.tools[1].server_label"
            })
    void aServerThatIsDeclaredWronglyIsRefusedByName(String tools, String param) {
        VirtualCall call = open().send(update(tools)).run();
        assertThat(call.lastError().path("param").asString("")).isEqualTo(param);
        assertThat(call.types()).doesNotContain("session.updated", "mcp_list_tools.in_progress");
    }

    @Test
    void aClientOfTheBetaDialectGetsTheSameEvents() {
        brain.then(FORECAST);
        VirtualCall call = VirtualCall.openBeta(brain, this::withWeather, FaultScript.none());

        call.send("{'type':'response.create','response':{'tools':[" + tool("weather", ",'require_approval':'never'")
                        + "]}}")
                .run();

        assertThat(call.types())
                .containsSubsequence(
                        "conversation.item.created",
                        "mcp_list_tools.in_progress",
                        "mcp_list_tools.completed",
                        "response.created",
                        "response.mcp_call_arguments.done",
                        "response.mcp_call.in_progress",
                        "response.mcp_call.completed",
                        "response.done");
    }
}
