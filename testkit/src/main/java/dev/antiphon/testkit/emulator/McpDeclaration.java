package dev.antiphon.testkit.emulator;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An MCP server as {@code tools} declares it (protocol section 13).
 *
 * @param config the object whose {@code type} is {@code mcp}; its shape was checked
 */
record McpDeclaration(JsonNode config) {

    /** The servers of a {@code tools} array, in its order. */
    static List<McpDeclaration> of(JsonNode tools) {
        return StreamSupport.stream(tools.spliterator(), false)
                .filter(tool -> tool.path("type").asString("").equals("mcp"))
                .map(McpDeclaration::new)
                .toList();
    }

    String label() {
        return config.path("server_label").asString("");
    }

    /** Whether the model may have this tool; all, when nothing is said. */
    boolean allows(McpServer.Tool tool) {
        JsonNode allowed = config.path("allowed_tools");
        if (allowed.isArray()) {
            return names(allowed, tool);
        }
        return !allowed.isObject() || matches(allowed, tool);
    }

    /** Whether the client must approve each call of this tool: all those that are not named under {@code never}. */
    boolean needsApproval(McpServer.Tool tool) {
        JsonNode rule = config.path("require_approval");
        if (rule.isString()) {
            return !rule.stringValue().equals("never");
        }
        JsonNode never = rule.path("never");
        return !never.isObject() || !matches(never, tool);
    }

    /** Whether the other one lists the same tools of the same server, so that they need not be listed again. */
    boolean listsLike(McpDeclaration other) {
        return withoutApproval().equals(other.withoutApproval());
    }

    private JsonNode withoutApproval() {
        JsonNode rest = config.deepCopy();
        return rest instanceof ObjectNode object ? object.without("require_approval") : rest;
    }

    private static boolean matches(JsonNode filter, McpServer.Tool tool) {
        JsonNode readOnly = filter.path("read_only");
        boolean named = !filter.path("tool_names").isArray() || names(filter.path("tool_names"), tool);
        return named && (!readOnly.isBoolean() || readOnly.booleanValue() == tool.saysReadOnly());
    }

    private static boolean names(JsonNode names, McpServer.Tool tool) {
        return StreamSupport.stream(names.spliterator(), false)
                .anyMatch(name -> name.asString("").equals(tool.name()));
    }
}
