package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the client has been asked, and has answered, about calls of remote tools (protocol section 13).
 *
 * @param items of the conversation, oldest first
 */
record McpApprovals(List<StoredItem> items) {
    static final String REQUEST = "mcp_approval_request";
    static final String RESPONSE = "mcp_approval_response";
    private static final String ABOUT = "approval_request_id";

    McpApprovals {
        items = List.copyOf(items);
    }

    /** The requests that were approved and whose calls were not made yet, oldest first. */
    List<StoredItem> toRun() {
        return ofType(REQUEST)
                .filter(request ->
                        answer(request.id()).filter(McpApprovals::approves).isPresent())
                .filter(request -> !request.wasActedUpon())
                .toList();
    }

    /** Why an answer to this request cannot be taken; empty when it can. */
    Optional<ApiError> whyNotAnswer(String requestId) {
        Optional<StoredItem> request =
                ofType(REQUEST).filter(item -> item.id().equals(requestId)).findFirst();
        if (request.isEmpty()) {
            return problem("no MCP approval request with id '%s' is in the conversation.", requestId);
        }
        if (request.get().cutOff()) {
            return problem("the MCP approval request with id '%s' was cancelled.", requestId);
        }
        return request.get().wasActedUpon() || answer(requestId).isPresent()
                ? problem("the MCP approval request with id '%s' was answered already.", requestId)
                : Optional.empty();
    }

    private static Optional<ApiError> problem(String what, String requestId) {
        return Optional.of(ApiError.invalidAt(
                "item." + ABOUT, "invalid_value", "Error adding item: " + what.formatted(requestId)));
    }

    private Optional<StoredItem> answer(String requestId) {
        return ofType(RESPONSE)
                .filter(item -> item.text(ABOUT).equals(requestId))
                .findFirst();
    }

    static boolean approves(StoredItem response) {
        return response.shown().path("approve").asBoolean(false);
    }

    private Stream<StoredItem> ofType(String type) {
        return items.stream().filter(item -> item.type().equals(type));
    }
}
