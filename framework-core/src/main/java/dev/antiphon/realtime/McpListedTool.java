package dev.antiphon.realtime;

import java.util.Optional;

/**
 * A tool that an MCP server offers (protocol section 13).
 *
 * @param inputSchema JSON Schema of the arguments object
 * @param annotations hints of the MCP server, for example {@code {"readOnlyHint":true}}
 */
public record McpListedTool(
        String name, Optional<String> description, RawJson inputSchema, Optional<RawJson> annotations) {}
