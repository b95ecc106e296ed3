package dev.antiphon.tool.openapi;

import dev.antiphon.tool.UnusableToolSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of an OpenAPI document as plain JSON Schema: what is sent, without the words that only OpenAPI knows. */
final class ApiSchema {
    private static final String COMPONENTS = "#/components/schemas/";
    private static final Set<String> NOT_JSON_SCHEMA = Set.of(
            "nullable",
            "xml",
            "externalDocs",
            "example",
            "examples",
            "discriminator",
            "deprecated",
            "types",
            "exampleSetFlag",
            "jsonSchema",
            "specVersion");
    private static final Set<String> HOLD_SCHEMAS_BY_NAME = Set.of("properties", "patternProperties", "$defs");
    private static final Set<String> FORMATS_OF_NUMBERS = Set.of("int32", "int64", "float", "double", "byte", "binary");

    private final ApiDocument document;
    private final Set<String> used = new HashSet<>();
    private final Deque<String> pending = new ArrayDeque<>();

    ApiSchema(ApiDocument document) {
        this.document = document;
    }

    /** A schema; what it refers to is in {@link #definitions()}. */
    ObjectNode plain(JsonNode schema) {
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            if (NOT_JSON_SCHEMA.contains(keyword) || keyword.startsWith("x-")) {
                continue;
            }
            plain.set(keyword, value(keyword, member.getValue()));
        }
        bounds(plain, "exclusiveMinimum", "minimum");
        bounds(plain, "exclusiveMaximum", "maximum");
        if (FORMATS_OF_NUMBERS.contains(plain.path("format").asString(""))) {
            plain.remove("format");
        }
        dropReadOnly(plain);
        return plain;
    }

    private JsonNode value(String keyword, JsonNode value) {
        if (keyword.equals("$ref")) {
            return JsonNodeFactory.instance.stringNode(reference(value.asString()));
        }
        if (HOLD_SCHEMAS_BY_NAME.contains(keyword)) {
            ObjectNode named = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member -> named.set(member.getKey(), plain(member.getValue())));
            return named;
        }
        if (List.of("enum", "const", "default").contains(keyword)) {
            return withoutNull(value);
        }
        return inner(value);
    }

    private JsonNode inner(JsonNode value) {
        if (value.isObject()) {
            return plain(value);
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> array.add(inner(element)));
            return array;
        }
        return value;
    }

    /** Absent members stand for {@code null}: none is ever sent. */
    private static JsonNode withoutNull(JsonNode value) {
        if (!value.isArray()) {
            return value;
        }
        ArrayNode some = JsonNodeFactory.instance.arrayNode();
        value.valueStream().filter(element -> !element.isNull()).forEach(some::add);
        return some;
    }

    private String reference(String reference) {
        if (!reference.startsWith(COMPONENTS)) {
            document.resolved(JsonNodeFactory.instance.objectNode().put("$ref", reference));
            throw new UnusableToolSource("the schema refers to '" + reference
                    + "'; schemas that are referred to must stand in " + COMPONENTS);
        }
        String name = reference.substring(COMPONENTS.length());
        if (used.add(name)) {
            pending.add(name);
        }
        return "#/$defs/" + name;
    }

    /** OpenAPI 3.0 says {@code exclusiveMinimum: true} beside the minimum. */
    private static void bounds(ObjectNode schema, String exclusive, String inclusive) {
        JsonNode flag = schema.path(exclusive);
        if (flag.isBoolean()) {
            schema.remove(exclusive);
            if (flag.asBoolean() && schema.has(inclusive)) {
                schema.set(exclusive, schema.remove(inclusive));
            }
        }
    }

    private void dropReadOnly(ObjectNode schema) {
        if (schema.path("properties") instanceof ObjectNode properties) {
            Set<String> readOnly = new HashSet<>();
            properties.properties().stream()
                    .filter(member -> member.getValue().path("readOnly").asBoolean(false))
                    .forEach(member -> readOnly.add(member.getKey()));
            properties.remove(readOnly);
            if (schema.path("required") instanceof ArrayNode required && !readOnly.isEmpty()) {
                ArrayNode left = JsonNodeFactory.instance.arrayNode();
                required.valueStream()
                        .filter(name -> !readOnly.contains(name.asString()))
                        .forEach(left::add);
                schema.set("required", left);
            }
        }
    }

    /** Everything that the schemas so far refer to, directly or not. */
    ObjectNode definitions() {
        ObjectNode definitions = JsonNodeFactory.instance.objectNode();
        while (!pending.isEmpty()) {
            String name = pending.remove();
            JsonNode target =
                    document.resolved(JsonNodeFactory.instance.objectNode().put("$ref", COMPONENTS + name));
            definitions.set(name, plain(target));
        }
        return definitions;
    }
}
