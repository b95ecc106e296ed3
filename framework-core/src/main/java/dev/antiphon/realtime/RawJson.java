package dev.antiphon.realtime;

import java.util.HexFormat;
import java.util.Objects;

/**
 * One JSON value kept as text, for what this package does not model: tool schemas, unknown events, metadata.
 *
 * <p>The text is trusted to be valid JSON; {@code realtime.wire} is the only place that parses it.
 *
 * @param text the JSON text, for example {@code {"type":"object"}}
 */
public record RawJson(String text) {
    /** An empty JSON object. */
    public static final RawJson EMPTY_OBJECT = new RawJson("{}");

    public RawJson {
        Objects.requireNonNull(text, "text");
        if (text.isBlank()) {
            throw new IllegalArgumentException("JSON text must not be blank");
        }
    }

    /** A JSON string that holds this text, for what is no JSON itself. */
    public static RawJson string(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                json.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            } else {
                json.append((char) c);
            }
        });
        return new RawJson(json.append('"').toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
