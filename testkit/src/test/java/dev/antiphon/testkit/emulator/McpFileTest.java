package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.testkit.emulator.McpFile.McpProblem;
import dev.antiphon.testkit.emulator.McpServer.Result;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class McpFileTest {
    private static final String WEATHER = """
            weather:
              listing-takes: 200ms
              tools:
                - name: forecast
                  description: Weather forecast of a city
                  input-schema:
                    type: object
                    properties: {city: {type: string}}
                  annotations: {readOnlyHint: true}
                  takes: 3s
                  result: Sunny, 21 degrees.
                - name: stations
                  result: [{id: 1}]
                - name: alarm
                  fails: {type: tool_execution_error, message: No siren.}
                - name: archive
                  fails: {type: http_error, code: 503, message: Down.}
                - name: old
                  fails: {type: protocol_error, code: -32601, message: Gone.}
            """;

    private static Result call(McpServer server, String tool) {
        return server.tool(tool).orElseThrow().function().call(JsonNodeFactory.instance.objectNode());
    }

    @Test
    void serversAreReadWithTheirToolsResultsAndFailures() {
        McpServers servers = McpFile.parse("test", WEATHER);
        McpServer server = servers.labelled("weather").orElseThrow();
        McpServer.Tool forecast = server.tool("forecast").orElseThrow();

        assertThat(servers.labelled("elsewhere")).isEmpty();
        assertThat(server.listingTakes()).isEqualTo(Duration.ofMillis(200));
        assertThat(forecast.description()).isEqualTo("Weather forecast of a city");
        assertThat(forecast.inputSchema().at("/properties/city/type").asString(""))
                .isEqualTo("string");
        assertThat(forecast.saysReadOnly()).isTrue();
        assertThat(forecast.takes()).isEqualTo(Duration.ofSeconds(3));
        assertThat(call(server, "forecast")).isEqualTo(new Result.Answered("Sunny, 21 degrees."));
        assertThat(call(server, "stations")).isEqualTo(new Result.Answered("[{\"id\":1}]"));
        assertThat(call(server, "alarm")).isEqualTo(new Result.ToolFailed("No siren."));
        assertThat(call(server, "archive")).isEqualTo(new Result.HttpFailed(503, "Down."));
        assertThat(call(server, "old")).isEqualTo(new Result.Refused(-32_601, "Gone."));
        assertThat(server.tool("alarm").orElseThrow().inputSchema().path("type").asString(""))
                .isEqualTo("object");
    }

    @Test
    void jsonIsReadToo() {
        McpServers servers = McpFile.parse("test", "{\"w\":{\"tools\":[{\"name\":\"t\",\"result\":\"r\"}]}}");
        assertThat(call(servers.labelled("w").orElseThrow(), "t")).isEqualTo(new Result.Answered("r"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[] | test must be an object with a server for each label",
                "w: {tool: []} | test, w: must be an object with some of listing-takes, tools",
                "w: {tools: none} | test, w: 'tools' must be a list",
                "w: {tools: [], listing-takes: soon} | 'listing-takes' must be a number with ms, s or m",
                "w: {tools: [{result: r}]} | test, w, tool 1: 'name' must be a text that is not empty",
                "w: {tools: [{name: t}]} | test, w, tool 1: must have one of 'result' and 'fails', but has neither",
                "w: {tools: [{name: t, result: r, fails: {}}]} | but has both",
                "w: {tools: [{name: t, result: r, input-schema: s}]} | 'input-schema' must be an object",
                "w: {tools: [{name: t, fails: {type: x, message: m}}]} | 'type' must be tool_execution_error",
                "w: {tools: [{name: t, fails: {type: http_error, message: m}}]} | 'code' must be a whole number",
                "w: {tools: [{name: t, result: r}, {name: t, result: r}]} | two are named 't'",
                "w: [ | test must be YAML or JSON"
            })
    void whatBreaksARuleIsNamedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> McpFile.parse("test", text))
                .isInstanceOf(McpProblem.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> McpFile.read(Path.of("no-such-file.yaml")))
                .isInstanceOf(McpProblem.class)
                .hasMessageStartingWith("no-such-file.yaml must be a readable text file");
    }
}
