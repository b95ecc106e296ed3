package dev.antiphon.realtime.wire;

import static dev.antiphon.realtime.wire.Shape.any;
import static dev.antiphon.realtime.wire.Shape.array;
import static dev.antiphon.realtime.wire.Shape.bool;
import static dev.antiphon.realtime.wire.Shape.freeObject;
import static dev.antiphon.realtime.wire.Shape.object;
import static dev.antiphon.realtime.wire.Shape.objectOr;
import static dev.antiphon.realtime.wire.Shape.oneOf;
import static dev.antiphon.realtime.wire.Shape.string;

import dev.antiphon.realtime.ApiError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The shapes of what clients send about MCP tools (protocol section 13). */
final class McpShapes {
    private static final List<String> WHERE = List.of("server_url", "connector_id", "tunnel_id");
    private static final Shape FILTER = object(Map.of("tool_names", array(string()), "read_only", bool()), Set.of());
    private static final Shape FIELDS = object(toolFields(), Set.of("server_label"));

    /** A server in {@code tools}: in one place. */
    static final Shape TOOL = (path, value) -> FIELDS.check(path, value).or(() -> whereabouts(path, value));

    /** One of a server's tools in {@code tool_choice}. */
    static final Shape CHOICE =
            object(Map.of("type", any(), "server_label", string(), "name", string().orNull()), Set.of("server_label"));

    /** An item that answers a request for approval. */
    static final Shape APPROVAL_RESPONSE = object(
            Map.of(
                    "id", string(32),
                    "object", oneOf("realtime.item"),
                    "type", any(),
                    "approval_request_id", string(),
                    "approve", bool(),
                    "reason", string().orNull()),
            Set.of("approval_request_id", "approve"));

    private McpShapes() {}

    /** An array of tools in which each server has a label of its own. */
    static Shape tools(Shape tool) {
        Shape each = array(tool);
        return (path, value) -> each.check(path, value).or(() -> doubledLabel(path, value));
    }

    private static Map<String, Shape> toolFields() {
        Map<String, Shape> fields = new HashMap<>();
        fields.put("type", any());
        fields.put("server_label", string());
        WHERE.forEach(place -> fields.put(place, string()));
        fields.put("authorization", string());
        fields.put("server_description", string());
        fields.put("headers", freeObject().orNull());
        fields.put("allowed_tools", objectOr(FILTER, array(string())).orNull());
        fields.put("allowed_callers", array(oneOf("direct", "programmatic")).orNull());
        Shape some = object(Map.of("always", FILTER, "never", FILTER), Set.of());
        fields.put("require_approval", objectOr(some, oneOf("always", "never")).orNull());
        fields.put("defer_loading", bool());
        return Map.copyOf(fields);
    }

    private static Optional<ApiError> whereabouts(String path, JsonNode tool) {
        List<String> given = WHERE.stream().filter(tool::has).toList();
        if (given.isEmpty()) {
            return Shape.missing(Shape.join(path, WHERE.getFirst()));
        }
        return given.size() == 1
                ? Optional.empty()
                : Shape.problem(
                        Shape.join(path, given.get(1)),
                        "invalid_value",
                        "Invalid '%s': an MCP server has one of %s.".formatted(path, String.join(", ", WHERE)));
    }

    private static Optional<ApiError> doubledLabel(String path, JsonNode tools) {
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            JsonNode label = tools.path(i).path("server_label");
            if (label.isString() && !labels.add(label.stringValue())) {
                return Shape.problem(
                        "%s[%d].server_label".formatted(path, i),
                        "invalid_value",
                        "Invalid '%s': two MCP servers have the label '%s'.".formatted(path, label.stringValue()));
            }
        }
        return Optional.empty();
    }
}
