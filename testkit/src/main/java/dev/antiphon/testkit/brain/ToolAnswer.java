package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a tool answered, read leniently: a JSON object of the conventions, other JSON, or plain text.
 *
 * @param json the parsed answer; a string node when it was not JSON
 */
record ToolAnswer(JsonNode json) {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Pattern OFFERS = Pattern.compile(
            "altern|option|offer|choice|candidate|suggest|free|available|slots", Pattern.CASE_INSENSITIVE);

    static ToolAnswer of(String output) {
        try {
            return new ToolAnswer(MAPPER.readTree(output));
        } catch (JacksonException plainText) {
            return new ToolAnswer(JsonNodeFactory.instance.stringNode(output));
        }
    }

    /** What the tool wants said. */
    Optional<String> say() {
        return json.path("say").isString() ? Optional.of(json.get("say").asString()) : Optional.empty();
    }

    /** The revision to confirm, when a confirmation is asked for. */
    OptionalLong confirmRevision() {
        JsonNode revision = json.path("confirm_revision");
        return revision.isIntegralNumber() ? OptionalLong.of(revision.asLong()) : OptionalLong.empty();
    }

    /** The entries of an FAQ that it leaves to the model, by number; empty when it leaves none. */
    Map<Integer, String> entries() {
        Map<Integer, String> entries = new LinkedHashMap<>();
        json.path("facts").path("entries").properties().stream()
                .filter(entry -> entry.getKey().matches("\\d{1,6}"))
                .forEach(entry -> entries.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().asString("")));
        return entries;
    }

    /** The offered alternatives as the facts list them (an array, or an object by number), each with all its plain values; empty when none are listed. */
    List<List<String>> listedOptions() {
        List<List<String>> options = new ArrayList<>();
        json.path("facts").properties().forEach(fact -> {
            if (options.isEmpty()
                    && fact.getValue().isContainer()
                    && OFFERS.matcher(fact.getKey()).find()) {
                fact.getValue().forEach(option -> options.add(plainValues(option)));
            }
        });
        return options;
    }

    private static List<String> plainValues(JsonNode option) {
        List<String> values = new ArrayList<>();
        if (option.isValueNode()) {
            values.add(option.asString());
        } else {
            option.forEach(value -> values.addAll(plainValues(value)));
        }
        return values;
    }
}
