package dev.antiphon.flow.faq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads the YAML form of an FAQ, see {@link Faq#from}. Errors name the line. */
final class FaqYaml {
    private enum Key {
        QUESTIONS,
        QUESTION,
        ANSWER,
        SOURCE;

        static Optional<Key> of(String word) {
            return Arrays.stream(values())
                    .filter(key -> key.word().equals(word))
                    .findFirst();
        }

        static String all() {
            return Arrays.stream(values()).map(Key::word).collect(Collectors.joining(", "));
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final YAMLParser parser;
    private final List<FaqEntry> entries = new ArrayList<>();
    private final Map<String, Integer> headings = new HashMap<>();

    private FaqYaml(YAMLParser parser) {
        this.parser = parser;
    }

    static List<FaqEntry> parse(String text) {
        try (JsonParser parser = YAMLMapper.shared().createParser(text)) {
            FaqYaml reader = new FaqYaml((YAMLParser) parser);
            reader.read();
            return List.copyOf(reader.entries);
        } catch (JacksonException broken) {
            int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            throw refused(line, "must be YAML, but " + sentences(broken.getOriginalMessage()), broken);
        }
    }

    /** The parser's message without the excerpts that stand indented below its sentences. */
    private static String sentences(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining(": "));
    }

    private void read() {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return;
        }
        require(first == JsonToken.START_ARRAY, "an FAQ must be a list of entries (- question: …)");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            entry();
        }
        require(parser.nextToken() == null, "an FAQ must be one document, but another one follows");
    }

    private void entry() {
        int line = line();
        require(parser.currentToken() == JsonToken.START_OBJECT, "an entry must have keys (" + Key.all() + ")");
        Map<Key, List<String>> given = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String word = parser.currentName();
            int at = line();
            Key key = Key.of(word)
                    .orElseThrow(() -> refused(at, "'" + word + "' is no key of an entry; the keys are " + Key.all()));
            parser.nextToken();
            List<String> texts = texts(key);
            require(given.put(key, texts) == null, "the key '" + word + "' must stand once in an entry");
        }
        add(line, given);
    }

    private void add(int line, Map<Key, List<String>> given) {
        List<String> questions = Stream.of(Key.QUESTION, Key.QUESTIONS)
                .flatMap(key -> given.getOrDefault(key, List.of()).stream())
                .toList();
        if (questions.isEmpty()) {
            throw refused(line, "an FAQ entry needs at least 1 question, but has none");
        }
        String heading = questions.getFirst();
        String answer = String.join(" ", given.getOrDefault(Key.ANSWER, List.of()));
        if (answer.isEmpty()) {
            throw refused(line, "an FAQ entry needs an answer, but '" + heading + "' has none");
        }
        Optional.ofNullable(headings.put(Faq.heading(heading), line)).ifPresent(earlier -> {
            throw new IllegalArgumentException("entries of an FAQ need headings of their own, but '" + heading
                    + "' stands in line " + earlier + " and in line " + line);
        });
        entries.add(new FaqEntry(
                questions,
                answer,
                given.getOrDefault(Key.SOURCE, List.of()).stream().findFirst()));
    }

    /** The value of a key: a text, or of questions a list of texts; none when it is left empty. */
    private List<String> texts(Key key) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return text(key).stream().toList();
        }
        require(key == Key.QUESTIONS || key == Key.QUESTION, "'" + key.word() + "' must be one text, but is a list");
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int at = line();
            texts.add(text(key).orElseThrow(() -> refused(at, "a question must not be blank")));
        }
        return texts;
    }

    /** Its lines are one, as in Markdown. */
    private Optional<String> text(Key key) {
        require(
                parser.currentToken().isScalarValue() && !parser.isCurrentAlias(),
                "'" + key.word() + "' must be a text, in quotes where it has a colon and a space");
        return Optional.of(parser.getString())
                .filter(text -> parser.currentToken() != JsonToken.VALUE_NULL)
                .map(text -> text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining(" ")))
                .filter(text -> !text.isEmpty());
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw refused(line(), rule);
        }
    }

    private static IllegalArgumentException refused(int line, String rule) {
        return new IllegalArgumentException("line " + line + ": " + rule);
    }

    private static IllegalArgumentException refused(int line, String rule, Exception cause) {
        return new IllegalArgumentException("line " + line + ": " + rule, cause);
    }
}
