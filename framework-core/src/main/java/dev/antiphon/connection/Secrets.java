package dev.antiphon.connection;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The credentials of one request, known in order to keep them out of messages. Never printed itself. */
final class Secrets {
    /** Shorter values are no credentials, and removing them would spoil the text. */
    private static final int SHORTEST = 8;

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /** Header values with and without their scheme, and keys inside subprotocols. */
    static Secrets of(Map<String, String> headers, List<String> subprotocols) {
        Stream<String> ofHeaders =
                headers.values().stream().flatMap(v -> Stream.of(v, v.substring(v.lastIndexOf(' ') + 1)));
        Stream<String> ofSubprotocols = subprotocols.stream()
                .filter(name -> name.contains("api-key."))
                .map(name -> name.substring(name.indexOf("api-key.") + "api-key.".length()));
        return new Secrets(Stream.concat(ofHeaders, ofSubprotocols)
                .filter(value -> value.length() >= SHORTEST)
                .toList());
    }

    /** The text with every secret replaced, and with what looks like a key, as services repeat keys half masked. */
    String removedFrom(String text) {
        String clean = text;
        for (String value : values) {
            clean = clean.replace(value, "***");
        }
        return clean.replaceAll("\\b[se]k[-_][A-Za-z0-9_*-]{6,}", "***");
    }

    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }
}
