package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.emulator.McpServer.Result;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a server has to do for one call.
 *
 * @param server empty when it cannot be reached any more
 * @param arguments JSON text, of an object when all is well
 */
record McpWork(Optional<McpServer> server, String toolName, String arguments) {
    private static final Logger LOG = LoggerFactory.getLogger(McpWork.class);
    private static final JsonMapper MAPPER = JsonMapper.shared();
    /** The code of JSON-RPC for parameters that a method does not take; MCP names unknown tools so. */
    private static final int INVALID_PARAMS = -32_602;

    private static final int NOT_FOUND = 404;

    /** How long it takes; what fails by itself takes no time. */
    Duration takes() {
        return server.flatMap(s -> s.tool(toolName)).map(McpServer.Tool::takes).orElse(Duration.ZERO);
    }

    /** Does it. */
    Result result() {
        if (server.isEmpty()) {
            return new Result.HttpFailed(NOT_FOUND, "The MCP server cannot be reached.");
        }
        Optional<McpServer.Tool> tool = server.get().tool(toolName);
        JsonNode object = parsed();
        if (tool.isEmpty()) {
            return new Result.Refused(INVALID_PARAMS, "Unknown tool: " + toolName);
        }
        return object.isObject()
                ? run(tool.get(), object)
                : new Result.Refused(
                        INVALID_PARAMS, "The arguments must be a JSON object, but were '" + arguments + "'");
    }

    private static Result run(McpServer.Tool tool, JsonNode arguments) {
        try {
            return tool.function().call(arguments);
        } catch (RuntimeException failure) {
            LOG.warn("The MCP tool {} threw; its call fails", tool.name(), failure);
            return new Result.ToolFailed(String.valueOf(failure.getMessage()));
        }
    }

    private JsonNode parsed() {
        try {
            return MAPPER.readTree(arguments);
        } catch (JacksonException notJson) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
