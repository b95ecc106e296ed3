package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
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
                default -> unknown(item, type);
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
        Fields part = Fields.of(value);
        String type = part.textOr("type", "");
        return switch (type) {
            case "input_text" -> new ContentPart.InputText(part.textOr("text", ""));
            case "input_audio" ->
                new ContentPart.InputAudio(
                        part.optionalText("audio").map(AudioPayload::new), part.optionalText("transcript"));
            case "input_image" -> image(part);
            // The provider's own examples spell these two both ways.
            case "output_text", "text" -> new ContentPart.OutputText(part.textOr("text", ""));
            case "output_audio", "audio" -> new ContentPart.OutputAudio(part.optionalText("transcript"));
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
