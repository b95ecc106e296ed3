package dev.antiphon.server.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of a call as a person writes them: a JSON object, and single ones as {@code name=value}. What a value is
 * depends on the schema: text stays text, a list may be given one by one, all else is JSON.
 */
final class ToolArguments {
    private static final String DEFINITION = "#/";

    private final JsonNode schema;

    private ToolArguments(JsonNode schema) {
        this.schema = schema;
    }

    /**
     * The arguments as JSON. Text that is no JSON object is left to the tool's own check when nothing is to be added.
     *
     * @param given the object; empty: none
     * @param single each {@code name=value}; they stand above the object's
     */
    static String json(Optional<String> given, List<String> single, String schemaJson) {
        if (single.isEmpty()) {
            return given.orElse("{}");
        }
        ObjectNode arguments = given.map(ToolArguments::object).orElseGet(JsonNodeFactory.instance::objectNode);
        ToolArguments read = new ToolArguments(JsonMapper.shared().readTree(schemaJson));
        Set<String> seen = new TreeSet<>();
        for (String pair : single) {
            int at = pair.indexOf('=');
            if (at < 1) {
                throw CliFailure.usage("--arg must be name=value, but was '" + pair + "'");
            }
            String name = pair.substring(0, at);
            read.add(arguments, name, pair.substring(at + 1), seen.add(name));
        }
        return arguments.toString();
    }

    private static ObjectNode object(String given) {
        try {
            if (JsonMapper.shared().readTree(given) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw CliFailure.usage("the arguments must be a JSON object, but are none: " + e.getOriginalMessage(), e);
        }
        throw CliFailure.usage("the arguments must be a JSON object, for example '{\"people\": 4}'");
    }

    private void add(ObjectNode arguments, String name, String value, boolean first) {
        JsonNode property = resolved(schema.path("properties").path(name));
        Set<String> types = types(property);
        if (types.contains("array") && !value.strip().startsWith("[")) {
            ArrayNode list =
                    !first && arguments.get(name) instanceof ArrayNode begun ? begun : arguments.putArray(name);
            list.add(value(value, types(resolved(property.path("items")))));
        } else if (first) {
            arguments.set(name, value(value, types));
        } else {
            throw CliFailure.usage("--arg " + name + " was given twice, but it is no list");
        }
    }

    /** Text where only text is taken; else JSON, and text where it is none: the tool's check then says what is wrong. */
    private static JsonNode value(String value, Set<String> types) {
        JsonNode text = JsonNodeFactory.instance.stringNode(value);
        if (types.equals(Set.of("string"))) {
            return text;
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(value);
            boolean wanted = types.isEmpty() || !types.contains("string") || types.contains(typeOf(json));
            return wanted && !json.isMissingNode() ? json : text;
        } catch (JacksonException e) {
            return text;
        }
    }

    private static String typeOf(JsonNode json) {
        if (json.isIntegralNumber()) {
            return "integer";
        }
        return json.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private Set<String> types(JsonNode property) {
        Set<String> types = new TreeSet<>();
        if (property.path("type").isString()) {
            types.add(property.path("type").asString());
        }
        property.path("type").forEach(type -> types.add(type.asString()));
        for (String choice : List.of("anyOf", "oneOf")) {
            property.path(choice).forEach(option -> types.addAll(types(resolved(option))));
        }
        if (types.isEmpty() && property.path("enum").path(0).isString()) {
            types.add("string");
        }
        types.remove("null");
        return types;
    }

    /** What a reference within the schema points to. */
    private JsonNode resolved(JsonNode property) {
        String reference = property.path("$ref").asString("");
        return reference.startsWith(DEFINITION) ? schema.at(reference.substring(1)) : property;
    }
}
