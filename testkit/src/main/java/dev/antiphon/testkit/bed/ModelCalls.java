package dev.antiphon.testkit.bed;

import dev.antiphon.testkit.bed.TestCall.ModelCall;
import dev.antiphon.testkit.emulator.FrameObserver;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Collects the calls of functions and remote tools that models make, and passes every frame on. Not thread-safe. */
final class ModelCalls implements FrameObserver {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FrameObserver next;
    private final List<ModelCall> calls = new ArrayList<>();

    ModelCalls(FrameObserver next) {
        this.next = next;
    }

    List<ModelCall> all() {
        return calls;
    }

    @Override
    public void frame(String sessionId, Direction direction, String json) {
        next.frame(sessionId, direction, json);
        if (direction == Direction.OUT && json.startsWith("{\"type\":\"response.output_item.done\"")) {
            JsonNode item = JSON.readTree(json).path("item");
            if (isCall(item)) {
                calls.add(new ModelCall(
                        item.path("name").asString(""),
                        arguments(item.path("arguments").asString(""))));
            }
        }
    }

    /** A remote call that was approved was counted when the model asked for it. */
    private static boolean isCall(JsonNode item) {
        return switch (item.path("type").asString("")) {
            case "function_call", "mcp_approval_request" -> true;
            case "mcp_call" -> !item.path("approval_request_id").isString();
            default -> false;
        };
    }

    private static JsonNode arguments(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException cutOff) {
            return JSON.createObjectNode();
        }
    }
}
