package dev.antiphon.tool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Where a text stops being JSON, in words of our own: the library's name its classes. */
public final class NotJson {
    private static final int MOST_CHARS = 30;

    private NotJson() {}

    /** For people and models: {@code it is wrong at character 12, after '{"people": '}, or that it ends too early. */
    public static String words(JacksonException problem, String text) {
        int at = offset(problem, text);
        String before = text.substring(0, at).stripTrailing();
        String shown = before.length() <= MOST_CHARS ? before : "…" + before.substring(before.length() - MOST_CHARS);
        return place(problem, text) + (shown.isEmpty() ? "" : ", after '" + shown + "'");
    }

    /** As {@link #words}, without anything of the text. */
    static String place(JacksonException problem, String text) {
        int at = offset(problem, text);
        return text.substring(at).isBlank() ? "it ends too early" : "it is wrong at character " + (at + 1);
    }

    /** The first name that an object of this JSON has twice; empty when none. */
    static Optional<String> twice(String text) {
        Deque<Set<String>> open = new ArrayDeque<>();
        try (JsonParser parser = JsonMapper.shared().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> open.push(new HashSet<>());
                    case END_OBJECT -> open.pop();
                    case PROPERTY_NAME -> {
                        if (!open.element().add(parser.currentName())) {
                            return Optional.of(parser.currentName());
                        }
                    }
                    default -> {}
                }
            }
        }
        return Optional.empty();
    }

    private static int offset(JacksonException problem, String text) {
        long offset = problem.getLocation() == null ? -1 : problem.getLocation().getCharOffset();
        return (int) Math.max(0, Math.min(offset, text.length()));
    }
}
