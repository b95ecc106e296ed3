package dev.antiphon.testkit.caller;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A piece of a YAML document that knows its line, so that errors can name it. */
sealed interface YamlNode {
    /** 1-based. */
    int line();

    /** A mapping. */
    record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** A sequence. */
    record Sequence(List<YamlNode> items, int line) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Text, a number, a truth value; empty text for nothing. */
    record Scalar(String text, int line) implements YamlNode {}

    /**
     * Reads a document.
     *
     * @throws ScriptProblem when it is not YAML or empty
     */
    static YamlNode read(String file, String yaml) {
        try (JsonParser parser = YAMLMapper.shared().createParser(yaml)) {
            if (parser.nextToken() == null) {
                throw new ScriptProblem(file, 1, "a script must not be empty");
            }
            return read(parser);
        } catch (JacksonException broken) {
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
            throw new ScriptProblem(file, line, "must be YAML, but " + problem(broken.getOriginalMessage()));
        }
    }

    /** The parser's message without the marks and excerpts that stand indented below each of its sentences. */
    private static String problem(String message) {
        String sentences = message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining(": "));
        return sentences.isEmpty() ? "cannot be read" : sentences;
    }

    private static YamlNode read(JsonParser parser) {
        int line = parser.currentTokenLocation().getLineNr();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, YamlNode> entries = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                entries.put(key, read(parser));
            }
            return new Mapping(entries, line);
        }
        if (token == JsonToken.START_ARRAY) {
            List<YamlNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(read(parser));
            }
            return new Sequence(items, line);
        }
        return new Scalar(token == JsonToken.VALUE_NULL ? "" : parser.getString(), line);
    }
}
