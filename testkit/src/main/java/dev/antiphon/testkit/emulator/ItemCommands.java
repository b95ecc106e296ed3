package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The client events about items: create, retrieve, truncate, delete (protocol sections 5, 9, 12). */
final class ItemCommands {
    private final SessionContext context;
    private final ItemFactory factory;

    ItemCommands(SessionContext context) {
        this.context = context;
        this.factory = new ItemFactory(context);
    }

    void create(JsonNode event, Optional<String> eventId) {
        JsonNode given = event.path("item");
        String previous = event.path("previous_item_id").asString("");
        Optional<ApiError> problem = whyNotCreate(given, previous);
        if (problem.isPresent()) {
            context.out().error(problem.get(), eventId);
            return;
        }
        StoredItem item = factory.fromClient(given);
        insert(item, previous);
        context.sendWholeItem(item);
    }

    private Optional<ApiError> whyNotCreate(JsonNode given, String previous) {
        Conversation conversation = context.conversation();
        String id = given.path("id").asString("");
        if (!id.isEmpty() && conversation.find(id).isPresent()) {
            return Optional.of(ApiError.invalidAt(
                    "item.id",
                    "invalid_value",
                    "Error adding item: an item with id '%s' already exists.".formatted(id)));
        }
        if (!previous.isEmpty()
                && !previous.equals("root")
                && conversation.find(previous).isEmpty()) {
            return Optional.of(ApiError.invalid(
                    "item_create_invalid_previous_item_id",
                    "Error adding item: the previous item with id '%s' does not exist.".formatted(previous)));
        }
        String callId = given.path("call_id").asString("");
        if (given.path("type").asString("").equals("function_call_output") && !conversation.hasToolCall(callId)) {
            return Optional.of(ApiError.invalid(
                    "invalid_tool_call_id", "Tool call ID '%s' not found in conversation.".formatted(callId)));
        }
        return given.path("type").asString("").equals(McpApprovals.RESPONSE)
                ? new McpApprovals(conversation.items())
                        .whyNotAnswer(given.path("approval_request_id").asString(""))
                : whyAudioIsBad(given);
    }

    private static Optional<ApiError> whyAudioIsBad(JsonNode given) {
        for (JsonNode part : given.path("content")) {
            String audio = part.path("audio").asString("");
            if (!audio.isEmpty() && ItemFactory.decodedBytes(audio).isEmpty()) {
                return Optional.of(ApiError.invalidAt(
                        "item.content.audio",
                        "invalid_value",
                        "Invalid 'item.content.audio'. Expected base64-encoded audio."));
            }
        }
        return Optional.empty();
    }

    private void insert(StoredItem item, String previous) {
        Conversation conversation = context.conversation();
        if (previous.equals("root")) {
            conversation.insertFirst(item);
        } else {
            conversation
                    .find(previous)
                    .ifPresentOrElse(before -> conversation.insertAfter(before, item), () -> conversation.append(item));
        }
    }

    void retrieve(JsonNode event, Optional<String> eventId) {
        String id = event.path("item_id").asString("");
        context.conversation()
                .find(id)
                .ifPresentOrElse(
                        this::sendRetrieved,
                        () -> context.out()
                                .error(
                                        ApiError.invalid(
                                                "item_retrieve_invalid_item_id",
                                                "Error retrieving item: the item with id '%s' does not exist."
                                                        .formatted(id)),
                                        eventId));
    }

    private void sendRetrieved(StoredItem item) {
        ObjectNode shown = item.shown().deepCopy();
        if (item.callerSamples().length > 0) {
            byte[] audio = AudioCodec.encode(context.session().inputFormat(), item.callerSamples());
            for (JsonNode part : shown.path("content")) {
                if (part instanceof ObjectNode object
                        && object.path("type").asString("").equals("input_audio")) {
                    object.put("audio", Base64.getEncoder().encodeToString(audio));
                }
            }
        }
        ObjectNode event = context.out().event("conversation.item.retrieved");
        event.set("item", shown);
        context.out().send(event);
    }

    void delete(JsonNode event, Optional<String> eventId) {
        String id = event.path("item_id").asString("");
        Optional<StoredItem> item = context.conversation().find(id);
        if (item.isEmpty()) {
            context.out()
                    .error(
                            ApiError.invalid(
                                    "item_delete_invalid_item_id",
                                    "Error deleting item: the item with id '%s' does not exist.".formatted(id)),
                            eventId);
            return;
        }
        context.conversation().remove(item.get());
        context.out().send(context.out().event("conversation.item.deleted").put("item_id", id));
    }

    void truncate(JsonNode event, Optional<String> eventId) {
        String id = event.path("item_id").asString("");
        long endMs = event.path("audio_end_ms").asLong(0);
        Optional<StoredItem> item = context.conversation().find(id);
        if (item.isEmpty()) {
            context.out()
                    .error(
                            ApiError.invalid(
                                    "item_truncate_invalid_item_id",
                                    "Error truncating item: the item with id '%s' does not exist.".formatted(id)),
                            eventId);
            return;
        }
        Optional<ApiError> problem =
                whyNotTruncate(item.get(), event.path("content_index").asInt(0), endMs);
        if (problem.isPresent()) {
            context.out().error(problem.get(), eventId);
            return;
        }
        item.get().truncate(endMs);
        context.out()
                .send(context.out()
                        .event("conversation.item.truncated")
                        .put("item_id", id)
                        .put("content_index", 0)
                        .put("audio_end_ms", endMs));
    }

    private static Optional<ApiError> whyNotTruncate(StoredItem item, int contentIndex, long endMs) {
        if (!item.role().equals("assistant") || item.spokenMs() == 0) {
            return Optional.of(
                    ApiError.invalid("unsupported_content_type", "Only model output audio messages can be truncated"));
        }
        if (contentIndex != 0) {
            return Optional.of(ApiError.invalidAt(
                    "content_index",
                    "invalid_value",
                    "Invalid value: '%d'. The item has one content part, at index 0.".formatted(contentIndex)));
        }
        if (item.truncated()) {
            return Optional.of(ApiError.invalid(
                    "item_already_truncated", "Item with id '%s' is already truncated".formatted(item.id())));
        }
        return endMs <= item.spokenMs()
                ? Optional.empty()
                : Optional.of(ApiError.invalid(
                        "Audio content of %dms is already shorter than %dms".formatted(item.spokenMs(), endMs)));
    }
}
