package dev.antiphon.aftercall;

import dev.antiphon.aftercall.Letter.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A letter as JSON: what became of it, and the packet as the {@code packet} that a webhook gets. */
public final class LetterJson {
    private LetterJson() {}

    /** What became of it, without what the packet holds. */
    public static ObjectNode summary(Letter letter) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("key", letter.key())
                .put("task", letter.task())
                .put("call", letter.call().call())
                .put("state", letter.state().name().toLowerCase(Locale.ROOT))
                .put("attempts", letter.attempts());
        if (!letter.error().isEmpty()) {
            node.put("error", letter.error());
        }
        return node.put("since", letter.since().toString());
    }

    /** All of it, with its {@code packet}. */
    public static ObjectNode whole(Letter letter) {
        ObjectNode node = summary(letter);
        letter.prepared().ifPresent(json -> node.put("prepared", json));
        node.set("packet", EndedCallJson.of(letter.call()));
        return node;
    }

    /** The letter again; empty when it is none. */
    static Optional<Letter> read(byte[] json) {
        try {
            JsonNode node = EndedCallJson.MAPPER.readTree(json);
            return Optional.of(new Letter(
                    node.path("task").asString(""),
                    EndedCallJson.read(node.path("packet")),
                    State.valueOf(node.path("state").asString("").toUpperCase(Locale.ROOT)),
                    node.path("attempts").asInt(0),
                    NotesJson.text(node, "prepared"),
                    node.path("error").asString(""),
                    Instant.parse(node.path("since").asString(""))));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
