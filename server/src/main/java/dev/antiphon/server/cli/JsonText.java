package dev.antiphon.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Small JSON helpers. */
final class JsonText {
    /** What stands for a value that is not shown. */
    static final String MASK = "•••";

    private static final int SHORTEST = 3;

    private JsonText() {}

    /** An object with one text. */
    static String object(String name, String text) {
        return JsonNodeFactory.instance.objectNode().put(name, text).toString();
    }

    /** Puts {@link #MASK} in place of every value with one of these names, at any depth. */
    static void mask(JsonNode json, Set<String> names) {
        if (json instanceof ObjectNode object) {
            object.propertyNames().stream().filter(names::contains).toList().forEach(name -> object.put(name, MASK));
        }
        json.forEach(child -> mask(child, names));
    }

    /** The plain values with one of these names, at any depth, that are long enough to be known again. */
    static List<String> values(JsonNode json, Set<String> names) {
        List<String> values = new ArrayList<>();
        gather(json, names, false, values);
        return values;
    }

    private static void gather(JsonNode json, Set<String> names, boolean named, List<String> values) {
        if (named
                && json.isValueNode()
                && !json.isBoolean()
                && json.asString("").length() >= SHORTEST) {
            values.add(json.asString());
        }
        if (json.isArray()) {
            json.forEach(child -> gather(child, names, named, values));
        }
        json.properties()
                .forEach(child -> gather(child.getValue(), names, named || names.contains(child.getKey()), values));
    }

    /** Text with {@link #MASK} in place of these values. */
    static String without(List<String> values, String text) {
        String clean = text;
        for (String value : values) {
            clean = clean.replace(value, MASK);
        }
        return clean;
    }
}
