package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An MCP server as an emulator plays it. Immutable.
 *
 * @param tools with names of their own, in the order of the listing
 * @param listingTakes from the begin of the listing to its end; not negative
 */
public record McpServer(List<Tool> tools, Duration listingTakes) {
    public McpServer {
        tools = List.copyOf(tools);
        requireNotNegative("listingTakes", listingTakes);
        Set<String> names = new HashSet<>();
        for (Tool tool : tools) {
            if (!names.add(tool.name())) {
                throw new IllegalArgumentException(
                        "the tools of a server must have different names, but two are named '" + tool.name() + "'");
            }
        }
    }

    /** A server with these tools that lists them at once. */
    public static McpServer of(Tool... tools) {
        return new McpServer(List.of(tools), Duration.ZERO);
    }

    /** A copy whose listing takes so long. */
    public McpServer withListingTaking(Duration value) {
        return new McpServer(tools, value);
    }

    Optional<Tool> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /**
     * One tool.
     *
     * @param description empty for none
     * @param inputSchema JSON Schema of the arguments object
     * @param annotations hints as {@code {"readOnlyHint":true}}; an empty object for none
     * @param takes from the begin of a call to its result; a call that is cancelled before is not made. Not negative
     */
    public record Tool(
            String name,
            String description,
            JsonNode inputSchema,
            JsonNode annotations,
            Duration takes,
            Function function) {
        public Tool {
            if (name.isBlank()) {
                throw new IllegalArgumentException("the name of a tool must not be blank");
            }
            requireObject("inputSchema", inputSchema);
            requireObject("annotations", annotations);
            requireNotNegative("takes", takes);
            inputSchema = inputSchema.deepCopy();
            annotations = annotations.deepCopy();
        }

        /** A tool that answers at once and gives no hints. */
        public static Tool of(String name, String description, JsonNode inputSchema, Function function) {
            return new Tool(
                    name, description, inputSchema, JsonNodeFactory.instance.objectNode(), Duration.ZERO, function);
        }

        /** A copy whose calls take so long. */
        public Tool taking(Duration value) {
            return new Tool(name, description, inputSchema, annotations, value, function);
        }

        /** A copy that says of itself that it only reads. */
        public Tool readOnly() {
            JsonNode hints = JsonNodeFactory.instance.objectNode().put("readOnlyHint", true);
            return new Tool(name, description, inputSchema, hints, takes, function);
        }

        /** Whether it says of itself that it only reads. */
        boolean saysReadOnly() {
            return annotations.path("readOnlyHint").asBoolean(false);
        }
    }

    /** What a tool does. Called on the timeline of a session: must not block. */
    @FunctionalInterface
    public interface Function {
        /**
         * Runs the tool.
         *
         * @param arguments the object that the model wrote
         * @return the result; an exception counts as {@link Result.ToolFailed}
         */
        Result call(JsonNode arguments);
    }

    /** How a call ends. */
    public sealed interface Result {
        /** The tool's answer, as text; usually plain words or JSON. */
        record Answered(String text) implements Result {}

        /** The tool ran and failed ({@code tool_execution_error}). */
        record ToolFailed(String message) implements Result {}

        /** The server did not accept the call, with a JSON-RPC code ({@code protocol_error}). */
        record Refused(int code, String message) implements Result {}

        /** The server answered with this HTTP status ({@code http_error}). */
        record HttpFailed(int status, String message) implements Result {}
    }

    private static void requireObject(String name, JsonNode value) {
        if (!value.isObject()) {
            throw new IllegalArgumentException(name + " must be a JSON object, but was " + value);
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but was " + value);
        }
    }
}
