package dev.antiphon.testkit.emulator;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
        return items.stream().flatMap(item -> entry(item).stream()).toList();
    }

    private static Optional<Brain.Entry> entry(StoredItem item) {
        return switch (item.type()) {
            case "message" -> message(item);
            case "function_call" ->
                Optional.of(new Brain.Entry.ToolCalled(
                        item.text("call_id"), item.text("name"), parsed(item.text("arguments"))));
            case "function_call_output" ->
                Optional.of(new Brain.Entry.ToolAnswered(item.text("call_id"), item.text("output")));
            default -> Optional.empty();
        };
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
