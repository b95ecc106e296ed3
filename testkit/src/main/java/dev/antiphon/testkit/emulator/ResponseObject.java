package dev.antiphon.testkit.emulator;

import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The response object as events show it, with all its keys (protocol section 8). */
record ResponseObject(String id, String conversationId, ResponseOptions options) {

    /** A new object in this status, without output and usage. */
    ObjectNode with(String status) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("object", "realtime.response").put("id", id).put("status", status);
        response.putNull("status_details").putArray("output");
        Outbox.putOrNull(
                response, "conversation_id", options.outOfBand() ? Optional.empty() : Optional.of(conversationId));
        response.set("output_modalities", options.modalities());
        response.set("max_output_tokens", options.maxOutputTokens());
        response.putObject("audio").set("output", options.audio());
        response.putNull("usage");
        Outbox.setOrNull(response, "metadata", options.metadata());
        return response;
    }

    /** Why a response ended in a status other than {@code completed}. */
    static ObjectNode details(String status, Optional<String> reason) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("type", status);
        reason.ifPresent(why -> details.put("reason", why));
        return details;
    }
}
