package dev.antiphon.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An MCP server of two tools as a process of its own: as little of the protocol as a client needs. */
final class OneToolServer {
    private static final String TOOLS = """
            {"tools": [
              {"name": "greet", "description": "Greets.", "annotations": {"readOnlyHint": true},
               "inputSchema": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}},
              {"name": "forget", "description": "Forgets.", "inputSchema": {"type": "object"}}]}""";

    private OneToolServer() {}

    /** How to start it, as one text. */
    static String command() {
        return "'" + ProcessHandle.current().info().command().orElseThrow() + "' -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + OneToolServer.class.getName();
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode request = JsonMapper.shared().readTree(line);
            if (request.has("id")) {
                ObjectNode answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
                answer.set("id", request.path("id"));
                answer.set("result", result(request));
                System.out.println(answer);
            }
        }
    }

    private static JsonNode result(JsonNode request) {
        JsonNode parameters = request.path("params");
        return switch (request.path("method").asString()) {
            case "initialize" -> {
                ObjectNode hello = JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "protocolVersion",
                                parameters.path("protocolVersion").asString());
                hello.putObject("capabilities").putObject("tools");
                hello.putObject("serverInfo").put("name", "one").put("version", "1");
                yield hello;
            }
            case "tools/list" -> JsonMapper.shared().readTree(TOOLS);
            case "tools/call" -> {
                ObjectNode said = JsonNodeFactory.instance.objectNode();
                String name = parameters.path("arguments").path("name").asString("");
                said.putArray("content").addObject().put("type", "text").put("text", "Hello " + name + ".");
                yield said;
            }
            default -> JsonNodeFactory.instance.objectNode();
        };
    }
}
