package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.McpTool;
import dev.antiphon.realtime.McpTool.Approval;
import dev.antiphon.realtime.McpTool.Filter;
import dev.antiphon.realtime.McpTool.Server;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.SessionTool;
import dev.antiphon.realtime.ToolChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the tools of a session and the choice among them (protocol sections 7 and 13). */
final class ToolReader {
    private ToolReader() {}

    /** @throws UnreadableShape when it is neither a function nor MCP */
    static SessionTool tool(Fields tool) {
        return switch (tool.textOr("type", "function")) {
            case "function" ->
                new FunctionTool(
                        tool.text("name"),
                        tool.textOr("description", ""),
                        tool.json("parameters").orElse(RawJson.EMPTY_OBJECT));
            case "mcp" -> mcp(tool);
            default -> throw new UnreadableShape("only function and mcp tools are modelled");
        };
    }

    /** @throws UnreadableShape when it is neither of a function nor of MCP */
    static ToolChoice choice(Fields choice) {
        return switch (choice.textOr("type", "")) {
            case "function" -> new ToolChoice.Function(choice.text("name"));
            case "mcp" -> new ToolChoice.Mcp(choice.text("server_label"), choice.optionalText("name"));
            default -> throw new UnreadableShape("only the choice of a function or of mcp is modelled");
        };
    }

    private static McpTool mcp(Fields tool) {
        return new McpTool(
                tool.text("server_label"),
                server(tool),
                tool.optionalText("authorization"),
                tool.optionalText("server_description"),
                headers(tool),
                tool.present("allowed_tools").map(ToolReader::allowed),
                tool.present("require_approval").map(ToolReader::approval),
                tool.texts("allowed_callers"),
                tool.present("defer_loading").map(Fields::flag));
    }

    private static Optional<Server> server(Fields tool) {
        Optional<Server> url = tool.optionalText("server_url").map(Server.Url::new);
        Optional<Server> connector = tool.optionalText("connector_id").map(Server.Connector::new);
        Optional<Server> tunnel = tool.optionalText("tunnel_id").map(Server.Tunnel::new);
        return url.or(() -> connector).or(() -> tunnel);
    }

    private static Map<String, String> headers(Fields tool) {
        Map<String, String> headers = new LinkedHashMap<>();
        tool.present("headers")
                .filter(JsonNode::isObject)
                .ifPresent(object -> object.forEachEntry((name, value) -> headers.put(name, value.asString(""))));
        return headers;
    }

    private static Filter allowed(JsonNode value) {
        return value.isArray()
                ? Filter.of(value.values().stream().map(Fields::string).toList())
                : filter(Fields.of(value));
    }

    private static Filter filter(Fields filter) {
        Optional<List<String>> names = filter.present("tool_names").map(ignored -> filter.texts("tool_names"));
        return new Filter(names, filter.present("read_only").map(Fields::flag));
    }

    private static Approval approval(JsonNode value) {
        if (value.isString()) {
            return switch (value.stringValue()) {
                case "always" -> new Approval.Always();
                case "never" -> new Approval.Never();
                default -> throw new UnreadableShape("require_approval must be always, never or an object");
            };
        }
        Fields approval = Fields.of(value);
        return new Approval.Some(
                approval.optionalObject("always").map(ToolReader::filter),
                approval.optionalObject("never").map(ToolReader::filter));
    }
}
