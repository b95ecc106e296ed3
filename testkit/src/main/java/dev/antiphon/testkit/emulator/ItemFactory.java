package dev.antiphon.testkit.emulator;

import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes stored items from what a client sends, whose shape was checked, and from caller audio. */
final class ItemFactory {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SessionContext context;

    ItemFactory(SessionContext context) {
        this.context = context;
    }

    /** An item as a client describes it. */
    StoredItem fromClient(JsonNode given) {
        String type = given.path("type").asString("");
        if (type.equals(McpApprovals.RESPONSE)) {
            return mcpApprovalResponse(given);
        }
        ObjectNode shown = head(given.path("id").asString(""), type, "completed");
        StoredItem item = new StoredItem(shown);
        switch (type) {
            case "message" -> fillMessage(item, shown, given);
            case "function_call" -> {
                String callId = given.path("call_id").asString("");
                shown.put("name", given.path("name").asString(""));
                shown.put("call_id", callId.isEmpty() ? context.ids().call() : callId);
                shown.put("arguments", given.path("arguments").asString(""));
            }
            default -> {
                shown.put("call_id", given.path("call_id").asString(""));
                shown.put("output", given.path("output").asString(""));
            }
        }
        return item;
    }

    /** A caller's turn. */
    StoredItem fromCallerAudio(String id, short[] samples) {
        ObjectNode shown = head(id, "message", "completed").put("role", "user");
        shown.putArray("content").addObject().put("type", "input_audio").putNull("transcript");
        StoredItem item = new StoredItem(shown);
        item.callerSpoke(samples, context.recognized(samples));
        return item;
    }

    /** An empty message of the assistant. */
    StoredItem assistantMessage() {
        ObjectNode shown = head("", "message", "in_progress").put("role", "assistant");
        shown.putArray("content");
        return new StoredItem(shown);
    }

    /** A function call without arguments yet. */
    StoredItem functionCall(String name) {
        ObjectNode shown = head("", "function_call", "in_progress");
        return new StoredItem(
                shown.put("name", name).put("call_id", context.ids().call()).put("arguments", ""));
    }

    /** The listing of a server's tools, without any yet. */
    StoredItem mcpListTools(String serverLabel) {
        ObjectNode shown = mcp(context.ids().mcpListing(), "mcp_list_tools").put("server_label", serverLabel);
        shown.putArray("tools");
        return new StoredItem(shown);
    }

    /** A call of a remote tool without arguments yet. */
    StoredItem mcpCall(String serverLabel, String tool) {
        return mcpCall(serverLabel, tool, "", Optional.empty());
    }

    /** The call that was asked for, and approved, by this item. */
    StoredItem mcpCallOf(StoredItem request) {
        return mcpCall(
                request.text("server_label"),
                request.text("name"),
                request.text("arguments"),
                Optional.of(request.id()));
    }

    private StoredItem mcpCall(String serverLabel, String tool, String arguments, Optional<String> approvalRequest) {
        ObjectNode shown = mcp(context.ids().mcpCall(), "mcp_call")
                .put("server_label", serverLabel)
                .put("name", tool)
                .put("arguments", arguments);
        Outbox.putOrNull(shown, "approval_request_id", approvalRequest);
        return new StoredItem(shown.putNull("output").putNull("error"));
    }

    /** The question whether a remote tool may be called, without arguments yet. */
    StoredItem mcpApprovalRequest(String serverLabel, String tool) {
        return new StoredItem(mcp(context.ids().mcpApprovalRequest(), McpApprovals.REQUEST)
                .put("server_label", serverLabel)
                .put("name", tool)
                .put("arguments", ""));
    }

    private StoredItem mcpApprovalResponse(JsonNode given) {
        String id = given.path("id").asString("");
        ObjectNode shown = mcp(id.isEmpty() ? context.ids().mcpApprovalResponse() : id, McpApprovals.RESPONSE)
                .put("approval_request_id", given.path("approval_request_id").asString(""))
                .put("approve", given.path("approve").asBoolean(false));
        Outbox.setOrNull(shown, "reason", given.path("reason"));
        return new StoredItem(shown);
    }

    /** Items of MCP have neither {@code object} nor {@code status}. */
    private static ObjectNode mcp(String id, String type) {
        return JSON.objectNode().put("id", id).put("type", type);
    }

    private ObjectNode head(String id, String type, String status) {
        return JSON.objectNode()
                .put("id", id.isEmpty() ? context.ids().item() : id)
                .put("object", "realtime.item")
                .put("type", type)
                .put("status", status);
    }

    private void fillMessage(StoredItem item, ObjectNode shown, JsonNode given) {
        shown.put("role", given.path("role").asString(""));
        ArrayNode content = shown.putArray("content");
        for (JsonNode part : given.path("content")) {
            if (part.path("type").asString("").equals("input_audio")) {
                short[] samples = decoded(part.path("audio").asString(""));
                item.callerSpoke(samples, context.recognized(samples));
                ObjectNode stored = content.addObject().put("type", "input_audio");
                Outbox.setOrNull(stored, "transcript", part.path("transcript"));
            } else {
                content.add(part.deepCopy());
            }
        }
    }

    private short[] decoded(String base64) {
        return decodedBytes(base64)
                .map(bytes -> AudioCodec.decode(context.session().inputFormat(), bytes, bytes.length))
                .orElse(new short[0]);
    }

    /** Bytes of standard base64; empty when it is none. */
    static Optional<byte[]> decodedBytes(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
