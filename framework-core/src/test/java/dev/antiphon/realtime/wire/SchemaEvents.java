package dev.antiphon.realtime.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Random events that are valid by the provider's JSON Schema, made from the schema itself. */
final class SchemaEvents {
    /** Below this, optional members are left out, since some definitions contain each other. */
    private static final int DEEPEST = 7;

    private final JsonNode definitions;
    private final JsonNode index;

    SchemaEvents(Dialect dialect) {
        JsonNode root =
                JsonMapper.shared().readTree(SharedProtocol.text(SharedProtocol.path("schemas/realtime.schema.json")));
        this.definitions = root.get("$defs");
        this.index = root.get("x-event-index").get(dialect.name());
    }

    /** By event type; {@code side} is {@code client} or {@code server}. */
    Map<String, Arbitrary<String>> events(String side) {
        return index.get(side)
                .propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> value(definitions.get(entry.getValue().stringValue()), entry.getKey(), 0)));
    }

    private Arbitrary<String> value(JsonNode schema, String name, int depth) {
        if (schema.has("$ref")) {
            String[] path = schema.get("$ref").stringValue().split("/", -1);
            return value(definitions.get(path[path.length - 1]), name, depth);
        }
        if (schema.has("anyOf")) {
            List<JsonNode> choices = List.copyOf(schema.get("anyOf").values());
            List<JsonNode> shallow = depth < DEEPEST ? choices : simplest(choices);
            return Arbitraries.oneOf(shallow.stream()
                    .map(choice -> value(choice, name, depth + 1))
                    .toList());
        }
        if (schema.has("enum")) {
            return Arbitraries.of(
                    schema.get("enum").values().stream().map(JsonNode::toString).toList());
        }
        if (schema.has("const")) {
            return Arbitraries.just(schema.get("const").toString());
        }
        return typed(schema, name, depth);
    }

    private static List<JsonNode> simplest(List<JsonNode> choices) {
        List<JsonNode> simple = choices.stream()
                .filter(choice -> !choice.has("$ref") && !choice.has("anyOf") && !choice.has("properties"))
                .toList();
        return simple.isEmpty() ? choices.subList(0, 1) : simple;
    }

    private Arbitrary<String> typed(JsonNode schema, String name, int depth) {
        JsonNode types = schema.path("type");
        return types.isArray()
                ? Arbitraries.oneOf(types.values().stream()
                        .map(type -> typed(type.asString(), schema, name, depth))
                        .toList())
                : typed(types.asString("object"), schema, name, depth);
    }

    private Arbitrary<String> typed(String type, JsonNode schema, String name, int depth) {
        return switch (type) {
            case "string" -> string(schema, name);
            case "integer" -> integer(schema).map(String::valueOf);
            case "number" -> number(schema).map(String::valueOf);
            case "boolean" -> Arbitraries.of("true", "false");
            case "null" -> Arbitraries.just("null");
            case "array" ->
                value(schema.path("items"), name, depth + 1)
                        .list()
                        .ofMinSize(schema.path("minItems").asInt(0))
                        .ofMaxSize(2)
                        .map(elements -> "[" + String.join(",", elements) + "]");
            default -> object(schema, depth);
        };
    }

    private static Arbitrary<String> string(JsonNode schema, String name) {
        if (schema.has("pattern")) {
            return Arbitraries.just("\"tunnel_0123456789abcdef0123456789abcdef\"");
        }
        if (schema.path("format").asString("").equals("uri")) {
            return Arbitraries.just("\"https://example.com/mcp\"");
        }
        Arbitrary<String> text = switch (name) {
            case "name" -> WireArbitraries.id();
            case "audio", "delta" -> Arbitraries.of("", "AAAA", "AAAAAA==");
            default -> Arbitraries.of("", "a", "Grüß Gott", "\"quoted\"\\", "日本", "line\nbreak");
        };
        return text.map(t -> JsonMapper.shared().writeValueAsString(t));
    }

    private static Arbitrary<Integer> integer(JsonNode schema) {
        return Arbitraries.integers()
                .between(schema.path("minimum").asInt(0), schema.path("maximum").asInt(100_000));
    }

    private static Arbitrary<Double> number(JsonNode schema) {
        return Arbitraries.doubles()
                .between(
                        schema.path("minimum").asDouble(0),
                        schema.path("maximum").asDouble(1000));
    }

    private Arbitrary<String> object(JsonNode schema, int depth) {
        List<String> required = schema.path("required").values().stream()
                .map(JsonNode::stringValue)
                .toList();
        Map<String, Arbitrary<Optional<String>>> members = new LinkedHashMap<>();
        schema.path("properties").forEachEntry((name, member) -> {
            boolean needed = required.contains(name);
            if (needed || depth < DEEPEST) {
                Arbitrary<String> value = value(member, name, depth + 1);
                members.put(name, needed ? value.map(Optional::of) : value.optional(0.6));
            }
        });
        List<String> names = List.copyOf(members.keySet());
        return Combinators.combine(List.copyOf(members.values())).as(values -> {
            Map<String, String> present = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                values.get(i).ifPresent(value -> present.put(name, value));
            }
            return present.entrySet().stream()
                    .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        });
    }
}
