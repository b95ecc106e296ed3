package dev.antiphon.server.console;

import dev.antiphon.server.handover.HandoverJson;
import dev.antiphon.server.handover.HandoverQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /v1/handovers}: who waits for a person; {@code POST /v1/handovers/{key}/accept} with {@code {"reference": "…"}} and
 * {@code …/refuse} with {@code {"reason": "…"}}, the body optional, answer one of them. Thread-safe; who may ask is decided before.
 */
final class HandoverRoutes {
    static final String PATH = "/v1/handovers";

    private static final Pattern ANSWER = Pattern.compile(PATH + "/([^/]{1,300})/(accept|refuse)");
    private static final int MOST_CHARACTERS = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HandoverQueue queue;

    HandoverRoutes(HandoverQueue queue) {
        this.queue = queue;
    }

    /** What came of answering. */
    record Answer(int status, String message) {}

    ObjectNode waiting() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray("waiting");
        queue.waiting().forEach(packet -> list.add(HandoverJson.of(packet)));
        return node;
    }

    Answer answer(String path, byte[] body) {
        Matcher matcher = ANSWER.matcher(path);
        if (!matcher.matches()) {
            return new Answer(404, "Use " + PATH + "/KEY/accept or " + PATH + "/KEY/refuse.");
        }
        String key = matcher.group(1);
        try {
            JsonNode given = body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
            boolean accepts = matcher.group(2).equals("accept");
            boolean taken =
                    accepts ? queue.accept(key, text(given, "reference")) : queue.refuse(key, text(given, "reason"));
            return taken
                    ? new Answer(200, accepts ? "accepted" : "refused")
                    : new Answer(
                            409,
                            "This caller does not wait any more: another one has the call, or the caller is gone.");
        } catch (JacksonException e) {
            return new Answer(400, "The body must be a JSON object with reference or reason, both optional.");
        }
    }

    private static String text(JsonNode given, String field) {
        String text =
                given.path(field).asString("").replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }
}
