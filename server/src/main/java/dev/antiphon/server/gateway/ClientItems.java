package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules for the items that clients create (protocol section 9). */
final class ClientItems {
    private ClientItems() {}

    /** The words that the caller typed, possibly none beside pictures, when the item is typed. */
    static Optional<String> typedText(Item item) {
        if (item instanceof Item.Message message
                && message.role() == Item.Role.USER
                && !message.content().isEmpty()
                && message.content().stream()
                        .allMatch(part ->
                                part instanceof ContentPart.InputText || part instanceof ContentPart.InputImage)) {
            return Optional.of(message.content().stream()
                    .filter(ContentPart.InputText.class::isInstance)
                    .map(ContentPart.InputText.class::cast)
                    .map(ContentPart.InputText::text)
                    .collect(Collectors.joining("\n")));
        }
        return Optional.empty();
    }

    /** The pictures of an item. */
    static List<ContentPart.InputImage> pictures(Item item) {
        return item instanceof Item.Message message
                ? message.content().stream()
                        .filter(ContentPart.InputImage.class::isInstance)
                        .map(ContentPart.InputImage.class::cast)
                        .toList()
                : List.of();
    }

    /** How much text there is in an item. */
    static int characters(Item item) {
        return switch (item) {
            case Item.Message message ->
                message.content().stream().mapToInt(ClientItems::characters).sum();
            case Item.FunctionCall call ->
                call.callId().length()
                        + call.name().length()
                        + call.argumentsJson().length();
            case Item.FunctionCallOutput output ->
                output.callId().length() + output.output().length();
            case Item.Unknown unknown -> unknown.raw().text().length();
            // Refused, so never kept.
            default -> 0;
        };
    }

    private static int characters(ContentPart part) {
        return switch (part) {
            case ContentPart.InputText text -> text.text().length();
            case ContentPart.OutputText text -> text.text().length();
            case ContentPart.InputAudio audio ->
                audio.audio().map(a -> a.textBytes()).orElse(0)
                        + audio.transcript().orElse("").length();
            case ContentPart.OutputAudio audio -> audio.transcript().orElse("").length();
            case ContentPart.InputImage image -> image.imageUrl().length();
            case ContentPart.Unknown unknown -> unknown.raw().text().length();
        };
    }

    /** Why this item cannot be taken; empty when it can. System and assistant items are shown but not heard by the bot. */
    static Optional<ApiError> refusal(Item item, Optional<String> cause) {
        return switch (item) {
            case Item.Message message -> refusal(message, cause);
            case Item.FunctionCall ignored -> Optional.empty();
            case Item.FunctionCallOutput output ->
                Optional.of(Errors.request(
                        "invalid_value",
                        "There is no function call with call_id '" + output.callId()
                                + "': this bot runs its tools itself.",
                        "item.call_id",
                        cause));
            case Item.Unknown unknown -> Optional.of(notTaken(unknown.type(), cause));
            case Item.McpListTools ignored -> Optional.of(notTaken("mcp_list_tools", cause));
            case Item.McpCall ignored -> Optional.of(notTaken("mcp_call", cause));
            case Item.McpApprovalRequest ignored -> Optional.of(notTaken("mcp_approval_request", cause));
            case Item.McpApprovalResponse ignored -> Optional.of(notTaken("mcp_approval_response", cause));
            case Item.Reference ignored -> Optional.of(notTaken("item_reference", cause));
        };
    }

    private static ApiError notTaken(String type, Optional<String> cause) {
        return Errors.request(
                "invalid_value",
                "Invalid value: '" + type + "'. Supported values are: 'message', 'function_call'.",
                "item.type",
                cause);
    }

    private static Optional<ApiError> refusal(Item.Message message, Optional<String> cause) {
        return switch (message.role()) {
            case USER -> refusalOfUsers(message, cause);
            case ASSISTANT -> onlyParts(message, ContentPart.OutputText.class, "output_text", cause);
            case SYSTEM -> onlyParts(message, ContentPart.InputText.class, "input_text", cause);
        };
    }

    private static Optional<ApiError> onlyParts(
            Item.Message message, Class<? extends ContentPart> kind, String name, Optional<String> cause) {
        if (message.content().stream().allMatch(kind::isInstance)) {
            return Optional.empty();
        }
        String role = message.role().name().toLowerCase(Locale.ROOT);
        return Optional.of(Errors.request(
                "invalid_value",
                "Invalid content of an item of role '" + role + "'. Supported parts are: '" + name + "'.",
                "item.content",
                cause));
    }

    private static Optional<ApiError> refusalOfUsers(Item.Message message, Optional<String> cause) {
        Optional<String> text = typedText(message);
        if (text.filter(t -> !t.isBlank()).isPresent()
                || text.isPresent() && !pictures(message).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Errors.request(
                "invalid_value",
                "This bot takes user items of type 'input_text' with a text and 'input_image' with a PNG or JPEG as a"
                        + " data URI. Send speech with input_audio_buffer.append.",
                "item.content",
                cause));
    }

    /** The item with its id. */
    static Item named(String id, Item item) {
        return switch (item) {
            case Item.Message m -> new Item.Message(Optional.of(id), m.role(), Item.Status.COMPLETED, m.content());
            case Item.FunctionCall c ->
                new Item.FunctionCall(Optional.of(id), c.status(), c.callId(), c.name(), c.argumentsJson());
            case Item.FunctionCallOutput o -> new Item.FunctionCallOutput(Optional.of(id), o.callId(), o.output());
            default -> item;
        };
    }

    /** A turn that the caller spoke. */
    static Item.Message spoken(String id, Optional<String> transcript) {
        return new Item.Message(
                Optional.of(id),
                Item.Role.USER,
                Item.Status.COMPLETED,
                List.of(new ContentPart.InputAudio(Optional.empty(), transcript)));
    }
}
