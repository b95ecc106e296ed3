package dev.antiphon.realtime;

/** A tool that the model may use (protocol sections 7 and 13). */
public sealed interface SessionTool permits FunctionTool, McpTool {}
