package dev.antiphon.server.console;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET PATH}: what waits at a desk of the page; {@code POST PATH/{id}/{yes}} and {@code PATH/{id}/refuse} with
 * {@code {"reason": "…"}} answer one of them. Thread-safe; who may ask is decided before.
 */
final class PageDeskRoutes {
    private static final int MOST_CHARACTERS = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String path;
    private final String missing;
    private final Optional<PageDesk> desk;

    /**
     * Routes.
     *
     * @param path for example {@code /v1/handovers}
     * @param missing what is said where there is no desk
     */
    PageDeskRoutes(String path, String missing, Optional<PageDesk> desk) {
        this.path = path;
        this.missing = missing;
        this.desk = desk;
    }

    /** What came of answering. */
    record Answer(int status, String message) {}

    String path() {
        return path;
    }

    String missing() {
        return missing;
    }

    boolean isOpen() {
        return desk.isPresent();
    }

    /** Whether the address is one of these. */
    boolean own(String address) {
        return address.equals(path) || address.startsWith(path + "/");
    }

    ObjectNode waiting() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray("waiting");
        desk.ifPresent(at -> at.waiting().forEach(list::add));
        return node;
    }

    Answer answer(String address, byte[] body) {
        return desk.map(at -> answer(at, address, body)).orElseGet(() -> new Answer(404, missing));
    }

    private Answer answer(PageDesk at, String address, byte[] body) {
        Matcher matcher = Pattern.compile(Pattern.quote(path) + "/([^/]{1,300})/(" + at.yes() + "|refuse)")
                .matcher(address);
        if (!matcher.matches()) {
            return new Answer(404, "Use " + path + "/ID/" + at.yes() + " or " + path + "/ID/refuse.");
        }
        try {
            JsonNode given = body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
            return matcher.group(2).equals("refuse")
                    ? refuse(at, matcher.group(1), text(given, "reason"))
                    : settled(at, at.accept(matcher.group(1), text(given, at.withYes())), at.done());
        } catch (JacksonException e) {
            return new Answer(400, "The body must be a JSON object with " + at.withYes() + " or reason.");
        }
    }

    private static Answer refuse(PageDesk at, String id, String reason) {
        return reason.isEmpty() && at.needsReason()
                ? new Answer(400, "A no needs a reason for the caller, as a sentence: {\"reason\": \"…\"}.")
                : settled(at, at.refuse(id, reason), "refused");
    }

    private static Answer settled(PageDesk at, boolean taken, String result) {
        return taken ? new Answer(200, result) : new Answer(409, at.gone());
    }

    private static String text(JsonNode given, String field) {
        String text =
                given.path(field).asString("").replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }
}
