package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * One property of a tool's JSON Schema, as far as a caller's words can fill it.
 *
 * @param name the property's name
 * @param kind what sort of value it takes
 * @param description the schema's description, or empty
 * @param values the allowed values of a choice, else empty
 * @param synonyms other words for a value ({@code x-synonyms}), by value
 * @param pattern the regular expression of its values, or empty
 * @param examples values that the schema gives as examples
 * @param currencies the codes of the currencies that it takes ({@code x-currencies}), else empty
 * @param required whether the schema requires it
 */
record Property(
        String name,
        PropertyKind kind,
        String description,
        List<String> values,
        Map<String, List<String>> synonyms,
        String pattern,
        List<String> examples,
        List<String> currencies,
        boolean required) {
    private static final Pattern DIGITS_ONLY = Pattern.compile("\\^?(?:\\\\d|\\[0-9])(?:\\{[\\d,]+}|[+*])?\\$?");
    private static final Pattern LABEL = Pattern.compile("\\bThe (.+?)(?:, the answer to: .*)?$");
    private static final Pattern OWNERS = Pattern.compile("^Of ([^.]+)\\. ");
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    Property {
        values = List.copyOf(values);
        synonyms = Map.copyOf(synonyms);
        examples = List.copyOf(examples);
        currencies = List.copyOf(currencies);
    }

    /** The properties of an object schema, in order. */
    static List<Property> of(JsonNode schema) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        List<Property> all = new ArrayList<>();
        schema.path("properties").properties().forEach(entry -> {
            JsonNode value = plain(entry.getValue());
            String description = entry.getValue()
                    .path("description")
                    .asString(value.path("description").asString(""));
            List<String> values = values(value);
            PropertyKind kind = values.isEmpty() ? kind(entry.getKey(), description, value) : PropertyKind.CHOICE;
            all.add(new Property(
                    entry.getKey(),
                    kind,
                    description,
                    values,
                    synonyms(value),
                    value.path("pattern").asString(""),
                    texts(value.path("examples")),
                    texts(value.path("x-currencies")),
                    required.contains(entry.getKey())));
        });
        return all;
    }

    /** A copy of another kind. */
    Property as(PropertyKind other) {
        return new Property(name, other, description, values, synonyms, pattern, examples, currencies, required);
    }

    /** Whether the hour alone is a value, as in {@code 7}, or stands for the time of a moment, where the half of the day is open. */
    boolean takesBareHours() {
        try {
            return kind == PropertyKind.TIME && !pattern.isEmpty() && "7".matches(pattern)
                    || kind == PropertyKind.DATE_TIME
                            && examples.stream().anyMatch(each -> each.matches(".* at \\d{1,2}"));
        } catch (PatternSyntaxException noRegularExpression) {
            return false;
        }
    }

    /** Whether words that name no single day are a value, as in {@code next week}. */
    boolean takesSpans() {
        return kind == PropertyKind.DATE && examples.stream().anyMatch(each -> each.matches("[a-z ]+"))
                || kind == PropertyKind.DATE_TIME && takesBareHours();
    }

    /** The name as words, for example {@code partySize} as "party size". */
    String readable() {
        return CAMEL.matcher(name)
                .replaceAll(" ")
                .replace('_', ' ')
                .replace('-', ' ')
                .toLowerCase(Locale.ROOT);
    }

    /** What people call it: its name as words, and the label with which a flow describes it ("The new postcode, the answer to: …"). */
    List<String> names() {
        Matcher label = LABEL.matcher(description);
        return label.find()
                ? List.of(readable(), label.group(1).toLowerCase(Locale.ROOT)).stream()
                        .distinct()
                        .toList()
                : List.of(readable());
    }

    /** The flows that take it, as a dialog of several describes them ("Of orders, returns. The …"); empty when there is one. */
    List<String> owners() {
        Matcher owners = OWNERS.matcher(description);
        return owners.find() ? List.of(owners.group(1).split(", ")) : List.of();
    }

    /** The first alternative that is not null, of {@code anyOf} and {@code oneOf}; the items of an array. */
    private static JsonNode plain(JsonNode schema) {
        for (String union : List.of("anyOf", "oneOf")) {
            for (JsonNode option : schema.path(union)) {
                if (!option.has("const") && !"null".equals(option.path("type").asString(""))) {
                    return plain(option);
                }
            }
        }
        return "array".equals(type(schema)) && schema.has("items") ? plain(schema.get("items")) : schema;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString("")));
        return texts;
    }

    private static List<String> values(JsonNode schema) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : schema.path("enum")) {
            if (value.isString()) {
                values.add(value.asString());
            }
        }
        for (JsonNode option : schema.path("oneOf")) {
            if (option.path("const").isString()) {
                values.add(option.get("const").asString());
            }
        }
        return values;
    }

    private static Map<String, List<String>> synonyms(JsonNode schema) {
        Map<String, List<String>> synonyms = new LinkedHashMap<>();
        schema.path("x-synonyms").properties().forEach(entry -> {
            List<String> words = new ArrayList<>();
            entry.getValue().forEach(word -> words.add(word.asString("")));
            synonyms.put(entry.getKey(), words);
        });
        for (JsonNode option : schema.path("oneOf")) {
            if (option.path("const").isString() && option.path("title").isString()) {
                synonyms.put(
                        option.get("const").asString(),
                        List.of(option.get("title").asString()));
            }
        }
        return synonyms;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode option : type) {
                if (!"null".equals(option.asString(""))) {
                    return option.asString("");
                }
            }
        }
        return type.asString("string");
    }

    private static PropertyKind kind(String name, String description, JsonNode schema) {
        switch (type(schema)) {
            case "boolean" -> {
                return PropertyKind.FLAG;
            }
            case "integer" -> {
                return PropertyKind.WHOLE_NUMBER;
            }
            case "number" -> {
                return PropertyKind.NUMBER;
            }
            default -> {}
        }
        return switch (schema.path("format").asString("")) {
            case "date" -> PropertyKind.DATE;
            case "time", "partial-time" -> PropertyKind.TIME;
            case "date-time" -> PropertyKind.DATE_TIME;
            case "phone", "tel" -> PropertyKind.PHONE;
            case "email" -> PropertyKind.EMAIL;
            case "person-name" -> PropertyKind.PERSON_NAME;
            case "duration" -> PropertyKind.DURATION;
            case "money" -> PropertyKind.MONEY;
            case "digits" -> PropertyKind.DIGITS;
            case "identifier" -> PropertyKind.IDENTIFIER;
            case "postal-address" -> PropertyKind.POSTAL_ADDRESS;
            default -> {
                PropertyKind kind = kindOfWords(name, description);
                boolean digits =
                        DIGITS_ONLY.matcher(schema.path("pattern").asString("")).matches();
                yield kind == PropertyKind.TEXT && digits ? PropertyKind.DIGITS : kind;
            }
        };
    }

    private static PropertyKind kindOfWords(String name, String description) {
        String words = (CAMEL.matcher(name).replaceAll(" ").replace('_', ' ') + " ").toLowerCase(Locale.ROOT);
        String about = words + description.toLowerCase(Locale.ROOT);
        if (has(words, "nonce|uuid|token|request id|idempotency key|correlation id")) {
            return PropertyKind.TOKEN;
        }
        if (has(words, "phone|mobile|telephone|cell")) {
            return PropertyKind.PHONE;
        }
        if (has(words, "email|e-mail|mail")) {
            return PropertyKind.EMAIL;
        }
        if (has(words, "date|day") || has(about, "yyyy-mm-dd")) {
            return PropertyKind.DATE;
        }
        if (has(words, "time|hour") || has(about, "hh:mm")) {
            return PropertyKind.TIME;
        }
        return has(words, "name|person|guest|customer|patient")
                        && !has(words, "city|file|company|product|restaurant|hotel|place|street")
                ? PropertyKind.PERSON_NAME
                : PropertyKind.TEXT;
    }

    private static boolean has(String text, String alternatives) {
        return Pattern.compile("\\b(?:" + alternatives + ")\\b").matcher(text).find();
    }
}
