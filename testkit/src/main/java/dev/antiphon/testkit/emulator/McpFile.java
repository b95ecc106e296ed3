package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.emulator.McpServer.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * MCP servers as people write them, YAML or JSON: by label, tools with fixed results or failures.
 *
 * <pre>{@code
 * weather:
 *   listing-takes: 200ms       # default: no time
 *   tools:
 *     - name: forecast
 *       description: Weather forecast of a city
 *       input-schema:          # default: no arguments
 *         type: object
 *         properties: {city: {type: string}}
 *         required: [city]
 *       annotations: {readOnlyHint: true}
 *       takes: 300ms           # default: no time
 *       result: Sunny, 21 degrees.   # text; anything else is told as JSON
 *     - name: send_alert
 *       fails: {type: http_error, code: 503, message: Service unavailable}
 * }</pre>
 *
 * A tool has a {@code result} or {@code fails}; {@code type} is {@code tool_execution_error}, {@code protocol_error} or
 * {@code http_error}, the latter two with a {@code code}.
 */
public final class McpFile {
    private static final Set<String> OF_SERVER = Set.of("listing-takes", "tools");
    private static final Set<String> OF_TOOL =
            Set.of("name", "description", "input-schema", "annotations", "takes", "result", "fails");
    private static final Set<String> OF_FAILURE = Set.of("type", "code", "message");

    private McpFile() {}

    /**
     * Reads a file.
     *
     * @throws McpProblem when it cannot be read or breaks a rule
     */
    public static McpServers read(Path path) {
        try {
            return parse(path.toString(), Files.readString(path));
        } catch (IOException unreadable) {
            throw new McpProblem(path + " must be a readable text file, but: " + unreadable);
        }
    }

    /**
     * Reads a text.
     *
     * @param source named in errors
     * @throws McpProblem when it breaks a rule
     */
    public static McpServers parse(String source, String text) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(text);
        } catch (JacksonException broken) {
            throw new McpProblem(source + " must be YAML or JSON, but: " + broken.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw new McpProblem(source + " must be an object with a server for each label, but was " + root);
        }
        Map<String, McpServer> servers = new LinkedHashMap<>();
        root.properties()
                .forEach(server ->
                        servers.put(server.getKey(), server(source + ", " + server.getKey(), server.getValue())));
        return McpServers.of(servers);
    }

    private static McpServer server(String place, JsonNode node) {
        requireMembers(place, node, OF_SERVER);
        if (!node.path("tools").isArray()) {
            throw new McpProblem(place + ": 'tools' must be a list, but was " + node.path("tools"));
        }
        List<McpServer.Tool> tools = new ArrayList<>();
        for (JsonNode tool : node.path("tools")) {
            tools.add(tool(place + ", tool " + (tools.size() + 1), tool));
        }
        try {
            return new McpServer(tools, time(place, node, "listing-takes"));
        } catch (IllegalArgumentException doubled) {
            throw new McpProblem(place + ": " + doubled.getMessage());
        }
    }

    private static McpServer.Tool tool(String place, JsonNode node) {
        requireMembers(place, node, OF_TOOL);
        Result result = result(place, node);
        return new McpServer.Tool(
                text(place, node, "name"),
                node.path("description").asString(""),
                object(place, node, "input-schema", noArguments()),
                object(place, node, "annotations", JsonNodeFactory.instance.objectNode()),
                time(place, node, "takes"),
                arguments -> result);
    }

    private static Result result(String place, JsonNode node) {
        JsonNode result = node.path("result");
        JsonNode fails = node.path("fails");
        if (result.isMissingNode() == fails.isMissingNode()) {
            throw new McpProblem(place + ": must have one of 'result' and 'fails', but has "
                    + (result.isMissingNode() ? "neither" : "both"));
        }
        if (fails.isMissingNode()) {
            return new Result.Answered(result.isString() ? result.stringValue() : result.toString());
        }
        return failure(place + ", 'fails'", fails);
    }

    private static Result failure(String place, JsonNode node) {
        requireMembers(place, node, OF_FAILURE);
        String type = node.path("type").asString("");
        String message = text(place, node, "message");
        return switch (type) {
            case "tool_execution_error" -> new Result.ToolFailed(message);
            case "protocol_error" -> new Result.Refused(code(place, node), message);
            case "http_error" -> new Result.HttpFailed(code(place, node), message);
            default ->
                throw new McpProblem(
                        place + ": 'type' must be tool_execution_error, protocol_error or http_error, but was '" + type
                                + "'");
        };
    }

    private static int code(String place, JsonNode node) {
        JsonNode code = node.path("code");
        if (!code.isInt()) {
            throw new McpProblem(place + ": 'code' must be a whole number, but was " + code);
        }
        return code.intValue();
    }

    private static String text(String place, JsonNode node, String member) {
        String text = node.path(member).asString("");
        if (text.isBlank()) {
            throw new McpProblem(
                    place + ": '" + member + "' must be a text that is not empty, but was " + node.path(member));
        }
        return text;
    }

    private static JsonNode object(String place, JsonNode node, String member, JsonNode usual) {
        JsonNode value = node.path(member);
        if (!value.isMissingNode() && !value.isObject()) {
            throw new McpProblem(place + ": '" + member + "' must be an object, but was " + value);
        }
        return value.isMissingNode() ? usual : value;
    }

    private static JsonNode noArguments() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    private static Duration time(String place, JsonNode node, String member) {
        return WrittenDuration.member(node, member, Duration.ZERO, problem -> new McpProblem(place + ": " + problem));
    }

    private static void requireMembers(String place, JsonNode node, Set<String> allowed) {
        if (!node.isObject() || !allowed.containsAll(node.propertyNames())) {
            throw new McpProblem(place + ": must be an object with some of "
                    + String.join(", ", allowed.stream().sorted().toList()) + ", but was " + node);
        }
    }

    /** Servers that cannot be read; the message names the place and the rule. */
    public static final class McpProblem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        McpProblem(String message) {
            super(message);
        }
    }
}
