package dev.antiphon.testkit.emulator;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Turns stored items into what the brain gets to know. */
final class History {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private History() {}

    static List<Brain.Entry> of(List<StoredItem> items) {
        return items.stream().flatMap(History::entries).toList();
    }

    private static Stream<Brain.Entry> entries(StoredItem item) {
        return switch (item.type()) {
            case "message" -> message(item).stream();
            case "function_call" -> Stream.of(called(item.text("call_id"), item));
            case "function_call_output" ->
                Stream.of(new Brain.Entry.ToolAnswered(item.text("call_id"), item.text("output")));
            case "mcp_call" -> remoteCall(item);
            case McpApprovals.REQUEST -> item.cutOff() ? Stream.empty() : Stream.of(called(item.id(), item));
            case McpApprovals.RESPONSE -> refusal(item).stream();
            default -> Stream.empty();
        };
    }

    private static Brain.Entry called(String callId, StoredItem item) {
        return new Brain.Entry.ToolCalled(callId, item.text("name"), parsed(item.text("arguments")));
    }

    /** One that was approved began with the request for it. */
    private static Stream<Brain.Entry> remoteCall(StoredItem item) {
        String request = item.text("approval_request_id");
        Stream<Brain.Entry> begin = request.isEmpty() ? Stream.of(called(item.id(), item)) : Stream.empty();
        String callId = request.isEmpty() ? item.id() : request;
        Stream<Brain.Entry> end =
                remoteAnswer(item).stream().map(answer -> new Brain.Entry.ToolAnswered(callId, answer));
        return Stream.concat(begin, end);
    }

    /** Empty while the server is at work. */
    private static Optional<String> remoteAnswer(StoredItem call) {
        JsonNode error = call.shown().path("error");
        if (error.isObject()) {
            return Optional.of(problem(error.path("message").asString("")));
        }
        JsonNode output = call.shown().path("output");
        return output.isString() ? Optional.of(output.stringValue()) : Optional.empty();
    }

    /** A call that was not approved is answered at once. */
    private static Optional<Brain.Entry> refusal(StoredItem response) {
        if (McpApprovals.approves(response)) {
            return Optional.empty();
        }
        String reason = response.text("reason");
        String why = reason.isEmpty() ? "the call was not approved" : "the call was not approved, " + reason;
        return Optional.of(new Brain.Entry.ToolAnswered(response.text("approval_request_id"), problem(why)));
    }

    private static String problem(String why) {
        return JsonNodeFactory.instance.objectNode().put("error", why).toString();
    }

    private static Optional<Brain.Entry> message(StoredItem item) {
        return switch (item.role()) {
            case "system" -> Optional.of(new Brain.Entry.SystemSaid(typed(item)));
            case "user" -> user(item);
            case "assistant" -> assistant(item);
            default -> Optional.empty();
        };
    }

    /** A turn of silence is nothing said. */
    private static Optional<Brain.Entry> user(StoredItem item) {
        boolean hasAudio = StreamSupport.stream(item.content().spliterator(), false)
                .anyMatch(part -> part.path("type").asString("").equals("input_audio"));
        String words = (typed(item) + " " + item.callerWords().orElse("")).strip();
        if (!hasAudio || !words.isEmpty()) {
            return Optional.of(new Brain.Entry.UserSaid(words, hasAudio));
        }
        return item.callerWords().isPresent() ? Optional.empty() : Optional.of(new Brain.Entry.UserUnintelligible());
    }

    private static Optional<Brain.Entry> assistant(StoredItem item) {
        if (item.spoken().isEmpty()) {
            String text = typed(item);
            return text.isEmpty() ? Optional.empty() : Optional.of(new Brain.Entry.AssistantSaid(text, true));
        }
        String heard = item.heardWords();
        return Optional.of(new Brain.Entry.AssistantSaid(heard, heard.equals(item.spoken())));
    }

    private static String typed(StoredItem item) {
        return StreamSupport.stream(item.content().spliterator(), false)
                .map(part -> part.path("text").asString(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static JsonNode parsed(String arguments) {
        try {
            JsonNode node = MAPPER.readTree(arguments);
            return node.isMissingNode() ? JsonNodeFactory.instance.objectNode() : node;
        } catch (JacksonException notJson) {
            return JsonNodeFactory.instance.stringNode(arguments);
        }
    }
}
