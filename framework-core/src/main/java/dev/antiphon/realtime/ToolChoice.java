package dev.antiphon.realtime;

import java.util.Optional;

/** Which tools the model may or must call. */
public sealed interface ToolChoice {
    /** The model decides. */
    ToolChoice AUTO = new Mode("auto");
    /** No tool. */
    ToolChoice NONE = new Mode("none");
    /** At least one tool. */
    ToolChoice REQUIRED = new Mode("required");

    /** One of the protocol's modes. */
    record Mode(String name) implements ToolChoice {}

    /** Exactly this function. */
    record Function(String name) implements ToolChoice {}

    /** A tool of this MCP server; without a name any of them. */
    record Mcp(String serverLabel, Optional<String> name) implements ToolChoice {}
}
