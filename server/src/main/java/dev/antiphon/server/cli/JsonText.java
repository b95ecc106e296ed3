package dev.antiphon.server.cli;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Small JSON helpers. */
final class JsonText {
    /** What stands for a value that is not shown. */
    static final String MASK = "•••";

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
}
