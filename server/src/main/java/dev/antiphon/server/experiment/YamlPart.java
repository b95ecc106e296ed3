package dev.antiphon.server.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A piece of a YAML document that knows its line, so that problems can name it. */
final class YamlPart {
    private final String file;
    private final int line;
    private final int keyLine;
    private final @Nullable Map<String, YamlPart> entries;
    private final @Nullable List<YamlPart> items;
    private final String text;

    private YamlPart(
            String file,
            int line,
            int keyLine,
            @Nullable Map<String, YamlPart> entries,
            @Nullable List<YamlPart> items,
            String text) {
        this.file = file;
        this.line = line;
        this.keyLine = keyLine;
        this.entries = entries;
        this.items = items;
        this.text = text;
    }

    static YamlPart read(String file, String yaml) {
        try (JsonParser parser = YAMLMapper.shared().createParser(yaml)) {
            if (parser.nextToken() == null) {
                throw new ExperimentProblem(file + ":1: experiments must not be empty");
            }
            return read(file, parser, 1);
        } catch (JacksonException broken) {
            throw new ExperimentProblem(
                    file + ":" + YamlTrouble.line(broken) + ": must be YAML, but " + YamlTrouble.of(broken), broken);
        }
    }

    private static YamlPart read(String file, JsonParser parser, int keyLine) {
        int line = parser.currentTokenLocation().getLineNr();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, YamlPart> entries = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                int at = parser.currentTokenLocation().getLineNr();
                parser.nextToken();
                if (entries.put(key, read(file, parser, at)) != null) {
                    throw new ExperimentProblem(file + ":" + at + ": '" + key + "' is there twice");
                }
            }
            return new YamlPart(file, line, keyLine, entries, null, "");
        }
        if (token == JsonToken.START_ARRAY) {
            List<YamlPart> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(read(file, parser, parser.currentTokenLocation().getLineNr()));
            }
            return new YamlPart(file, line, keyLine, null, items, "");
        }
        return new YamlPart(
                file,
                line,
                keyLine,
                null,
                null,
                token == JsonToken.VALUE_NULL ? "" : String.valueOf(parser.getString()));
    }

    private ExperimentProblem problemOfName(String message) {
        return new ExperimentProblem(file + ":" + keyLine + ": " + message);
    }

    ExperimentProblem problem(String message) {
        return new ExperimentProblem(file + ":" + line + ": " + message);
    }

    boolean isMapping() {
        return entries != null;
    }

    private Map<String, YamlPart> entries() {
        if (entries == null) {
            throw problem("a mapping of names to values is needed here");
        }
        return entries;
    }

    /** Only these names may be here. */
    void allow(String... names) {
        List<String> known = Arrays.asList(names);
        entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.problemOfName("'" + key + "' is not known here; known are " + String.join(", ", known));
            }
        });
    }

    Optional<YamlPart> part(String name) {
        return Optional.ofNullable(entries().get(name));
    }

    YamlPart needed(String name) {
        return part(name).orElseThrow(() -> problem("'" + name + "' is needed here"));
    }

    Optional<String> text(String name) {
        return part(name).map(YamlPart::scalar);
    }

    List<YamlPart> items() {
        if (items == null) {
            throw problem("a list is needed here");
        }
        return items;
    }

    String scalar() {
        if (entries != null || items != null || text.isBlank()) {
            throw problem("a text is needed here");
        }
        return text.strip();
    }

    double number() {
        String given = scalar();
        try {
            return Double.parseDouble(given);
        } catch (NumberFormatException e) {
            throw problem("a number is needed here, but was '" + given + "'");
        }
    }

    long whole() {
        String given = scalar();
        try {
            return Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw problem("a whole number is needed here, but was '" + given + "'");
        }
    }

    <E extends Enum<E>> E choice(Class<E> type) {
        String given = scalar();
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> word(each).equals(given))
                .findFirst()
                .orElseThrow(() -> problem("one of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(YamlPart::word)
                                        .toList())
                        + " is needed here, but was '" + given + "'"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
