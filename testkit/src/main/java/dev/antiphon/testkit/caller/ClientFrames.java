package dev.antiphon.testkit.caller;

import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The client events that a simulated caller sends, as JSON of the GA dialect. */
final class ClientFrames {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ClientFrames() {}

    static CallerAction sessionUpdate(String modality) {
        ObjectNode event = event("session.update");
        ObjectNode session = event.putObject("session").put("type", "realtime");
        session.putArray("output_modalities").add(modality);
        return new CallerAction.Send(event);
    }

    static List<CallerAction> typed(String text) {
        ObjectNode event = event("conversation.item.create");
        ObjectNode item = event.putObject("item").put("type", "message").put("role", "user");
        item.putArray("content").addObject().put("type", "input_text").put("text", text);
        return List.of(new CallerAction.Send(event), new CallerAction.Send(event("response.create")));
    }

    static CallerAction append(byte[] pcm) {
        return new CallerAction.Send(event("input_audio_buffer.append")
                .put("audio", Base64.getEncoder().encodeToString(pcm)));
    }

    static CallerAction truncate(String itemId, int contentIndex, long audioEndMillis) {
        return new CallerAction.Send(event("conversation.item.truncate")
                .put("item_id", itemId)
                .put("content_index", contentIndex)
                .put("audio_end_ms", audioEndMillis));
    }

    static CallerAction cancel() {
        return new CallerAction.Send(event("response.cancel"));
    }

    private static ObjectNode event(String type) {
        return JSON.objectNode().put("type", type);
    }
}
