package dev.antiphon.realtime;

import java.util.Optional;

/**
 * Why the call of an MCP tool failed (protocol section 13).
 *
 * @param type {@code protocol_error}, {@code tool_execution_error} or {@code http_error}
 * @param code of the MCP protocol or of HTTP; empty for errors of the tool itself
 */
public record McpError(String type, Optional<Integer> code, String message) {}
