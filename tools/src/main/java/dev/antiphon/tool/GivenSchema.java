package dev.antiphon.tool;

import dev.antiphon.realtime.RawJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A schema that comes from elsewhere, checked before a model is given it. */
final class GivenSchema {
    private static final List<String> NOT_AT_THE_TOP =
            List.of("oneOf", "anyOf", "allOf", "not", "enum", "const", "$ref");
    private static final int MAX_CHARS = 64_000;

    private GivenSchema() {}

    /**
     * The schema as a tree: an object at the top, {@code properties} present, no references to other documents.
     *
     * @throws UnusableTool when a model cannot be given it, with the reason and what to do
     */
    static ObjectNode checked(RawJson text) {
        ObjectNode schema = parsed(text);
        String type = schema.path("type").asString("object");
        if (!type.equals("object")) {
            throw unusable("its arguments must be an object at the top, but its type is '" + type
                    + "'; put the value into a member of an object");
        }
        for (String keyword : NOT_AT_THE_TOP) {
            if (schema.has(keyword)) {
                throw unusable("'" + keyword + "' stands at its top, which models do not take; describe one object with"
                        + " properties there, and put the choice into one of them");
            }
        }
        List<String> elsewhere = new ArrayList<>();
        references(schema, elsewhere);
        if (!elsewhere.isEmpty()) {
            throw unusable("it refers to other documents (" + String.join(", ", elsewhere)
                    + "); only references within the schema ('#/…') work");
        }
        compile(schema);
        List<String> impossible = ImpossibleMembers.of(schema);
        if (!impossible.isEmpty()) {
            throw unusable(String.join("; ", impossible));
        }
        schema.put("type", "object");
        schema.withObjectProperty("properties");
        return schema;
    }

    private static ObjectNode parsed(RawJson text) {
        if (text.text().length() > MAX_CHARS) {
            throw unusable("it must have at most " + MAX_CHARS + " characters, but has "
                    + text.text().length());
        }
        try {
            JsonNode tree = JsonMapper.shared().readTree(text.text());
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw unusable("it must be a JSON object, but is " + BrokenRules.value(tree));
        } catch (JacksonException e) {
            throw new UnusableTool("its JSON Schema is not valid JSON: " + NotJson.words(e, text.text()), e);
        }
    }

    private static void references(JsonNode node, List<String> elsewhere) {
        for (String keyword : List.of("$ref", "$dynamicRef")) {
            String target = node.path(keyword).asString("#");
            if (!target.startsWith("#")) {
                elsewhere.add(target);
            }
        }
        node.forEach(inner -> references(inner, elsewhere));
    }

    private static void compile(ObjectNode schema) {
        try {
            String wrong = ArgumentRules.wrongWith(schema);
            if (!wrong.isEmpty()) {
                throw unusable(wrong);
            }
            ArgumentRules.standard(schema);
        } catch (UnusableTool e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnusableTool(
                    "its JSON Schema cannot be used (" + e.getMessage() + "); look at its '$schema' and its references",
                    e);
        }
    }

    private static UnusableTool unusable(String why) {
        return new UnusableTool("its JSON Schema cannot be used: " + why);
    }
}
