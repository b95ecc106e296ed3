package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.McpError;
import dev.antiphon.realtime.McpListedTool;
import dev.antiphon.realtime.RawJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads conversation items and their content (protocol section 9). */
final class ItemReader {
    private ItemReader() {}

    static List<Item> items(List<JsonNode> values) {
        return values.stream().filter(JsonNode::isObject).map(ItemReader::item).toList();
    }

    /** @throws UnreadableShape when the value is not an object */
    static Item item(JsonNode value) {
        return item(Fields.of(value));
    }

    static Item item(Fields item) {
        String type = item.textOr("type", "");
        try {
            return switch (type) {
                case "message" -> message(item);
                case "function_call" -> functionCall(item);
                case "function_call_output" ->
                    new Item.FunctionCallOutput(id(item), item.text("call_id"), item.textOr("output", ""));
                case "item_reference" -> new Item.Reference(item.text("id"));
                default -> mcp(item, type);
            };
        } catch (UnreadableShape shape) {
            return unknown(item, type);
        }
    }

    private static Item message(Fields item) {
        Item.Role role = switch (item.text("role")) {
            case "system" -> Item.Role.SYSTEM;
            case "user" -> Item.Role.USER;
            case "assistant" -> Item.Role.ASSISTANT;
            default -> throw new UnreadableShape("role must be system, user or assistant");
        };
        List<ContentPart> content = item.array("content").stream()
                .filter(JsonNode::isObject)
                .map(ItemReader::part)
                .toList();
        return new Item.Message(id(item), role, status(item), content);
    }

    private static Item functionCall(Fields item) {
        return new Item.FunctionCall(
                id(item),
                status(item),
                item.textOr("call_id", ""),
                item.textOr("name", ""),
                item.textOr("arguments", ""));
    }

    private static Item mcp(Fields item, String type) {
        return switch (type) {
            case "mcp_list_tools" ->
                new Item.McpListTools(
                        id(item),
                        item.text("server_label"),
                        item.array("tools").stream()
                                .map(tool -> listedTool(Fields.of(tool)))
                                .toList());
            case "mcp_call" ->
                new Item.McpCall(
                        item.text("id"),
                        item.text("server_label"),
                        item.text("name"),
                        item.textOr("arguments", ""),
                        item.optionalText("approval_request_id"),
                        item.optionalText("output"),
                        item.optionalObject("error").map(ItemReader::mcpError));
            case "mcp_approval_request" ->
                new Item.McpApprovalRequest(
                        item.text("id"), item.text("server_label"), item.text("name"), item.textOr("arguments", ""));
            case "mcp_approval_response" ->
                new Item.McpApprovalResponse(
                        item.text("id"),
                        item.text("approval_request_id"),
                        item.flag("approve", false),
                        item.optionalText("reason"));
            default -> unknown(item, type);
        };
    }

    private static McpListedTool listedTool(Fields tool) {
        return new McpListedTool(
                tool.text("name"),
                tool.optionalText("description"),
                tool.json("input_schema").orElse(RawJson.EMPTY_OBJECT),
                tool.json("annotations"));
    }

    private static McpError mcpError(Fields error) {
        return new McpError(
                error.textOr("type", ""),
                error.optionalNumber("code").map(Double::intValue),
                error.textOr("message", ""));
    }

    private static Item unknown(Fields item, String type) {
        return new Item.Unknown(id(item), type, item.json());
    }

    private static Optional<String> id(Fields item) {
        return item.optionalText("id");
    }

    private static Item.Status status(Fields item) {
        return switch (item.textOr("status", "completed")) {
            case "in_progress" -> Item.Status.IN_PROGRESS;
            case "incomplete" -> Item.Status.INCOMPLETE;
            default -> Item.Status.COMPLETED;
        };
    }

    private static ContentPart part(JsonNode value) {
        return part(Fields.of(value));
    }

    static ContentPart part(Fields part) {
        String type = part.textOr("type", "");
        return switch (type) {
            case "input_text" -> new ContentPart.InputText(part.textOr("text", ""));
            case "input_audio" ->
                new ContentPart.InputAudio(
                        part.optionalText("audio").map(AudioPayload::new), part.optionalText("transcript"));
            case "input_image" -> image(part);
            // GA items, GA content parts and beta spell these two both ways.
            case "output_text", "text" -> new ContentPart.OutputText(part.textOr("text", ""));
            case "output_audio", "audio" ->
                new ContentPart.OutputAudio(
                        part.optionalText("audio").map(AudioPayload::new), part.optionalText("transcript"));
            default -> new ContentPart.Unknown(type, part.json());
        };
    }

    private static ContentPart image(Fields part) {
        Optional<String> url = part.optionalText("image_url");
        return url.isPresent()
                ? new ContentPart.InputImage(url.get(), part.optionalText("detail"))
                : new ContentPart.Unknown("input_image", part.json());
    }
}
