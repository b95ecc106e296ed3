package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.McpTool;
import dev.antiphon.realtime.McpTool.Approval;
import dev.antiphon.realtime.McpTool.Filter;
import dev.antiphon.realtime.McpTool.Server;
import dev.antiphon.realtime.SessionTool;
import dev.antiphon.realtime.ToolChoice;
import java.util.TreeMap;

/** Writes the tools of a session and the choice among them (protocol sections 7 and 13). */
final class ToolWriter {
    private ToolWriter() {}

    static void tool(JsonObjectWriter out, SessionTool tool) {
        switch (tool) {
            case FunctionTool function ->
                out.text("type", "function")
                        .text("name", function.name())
                        .text("description", function.description())
                        .json("parameters", function.parameters());
            case McpTool mcp -> mcp(out, mcp);
        }
    }

    static void choice(JsonObjectWriter out, ToolChoice choice) {
        switch (choice) {
            case ToolChoice.Mode mode -> out.text("tool_choice", mode.name());
            case ToolChoice.Function function ->
                out.object(
                        "tool_choice", named -> named.text("type", "function").text("name", function.name()));
            case ToolChoice.Mcp mcp ->
                out.object(
                        "tool_choice",
                        named -> named.text("type", "mcp")
                                .text("server_label", mcp.serverLabel())
                                .text("name", mcp.name()));
        }
    }

    private static void mcp(JsonObjectWriter out, McpTool tool) {
        out.text("type", "mcp").text("server_label", tool.serverLabel());
        tool.server().ifPresent(server -> {
            switch (server) {
                case Server.Url at -> out.text("server_url", at.url());
                case Server.Connector connector -> out.text("connector_id", connector.id());
                case Server.Tunnel tunnel -> out.text("tunnel_id", tunnel.id());
            }
        });
        out.text("authorization", tool.authorization()).text("server_description", tool.description());
        if (!tool.headers().isEmpty()) {
            out.object("headers", headers -> new TreeMap<>(tool.headers()).forEach(headers::text));
        }
        tool.allowed().ifPresent(filter -> out.object("allowed_tools", object -> filter(object, filter)));
        tool.approval().ifPresent(approval -> approval(out, approval));
        if (!tool.allowedCallers().isEmpty()) {
            out.strings("allowed_callers", tool.allowedCallers());
        }
        tool.deferLoading().ifPresent(defer -> out.flag("defer_loading", defer));
    }

    private static void filter(JsonObjectWriter out, Filter filter) {
        filter.toolNames().ifPresent(names -> out.strings("tool_names", names));
        filter.readOnly().ifPresent(readOnly -> out.flag("read_only", readOnly));
    }

    private static void approval(JsonObjectWriter out, Approval approval) {
        switch (approval) {
            case Approval.Always ignored -> out.text("require_approval", "always");
            case Approval.Never ignored -> out.text("require_approval", "never");
            case Approval.Some some ->
                out.object("require_approval", object -> {
                    some.always().ifPresent(filter -> object.object("always", f -> filter(f, filter)));
                    some.never().ifPresent(filter -> object.object("never", f -> filter(f, filter)));
                });
        }
    }
}
