package dev.antiphon.tool;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The members of a schema that no call could ever fill: bounds that contradict each other, and what is required but not
 * described. Members of choices ({@code anyOf} and the like) are not looked at, since another choice may be filled. Pure.
 */
final class ImpossibleMembers {
    /** Beside these another schema may describe what is required. */
    private static final List<String> DESCRIBE_ELSEWHERE =
            List.of("$ref", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "patternProperties");

    private final JsonNode root;
    private final Set<String> followed = new HashSet<>();
    private final List<String> sentences = new ArrayList<>();

    private ImpossibleMembers(JsonNode root) {
        this.root = root;
    }

    /** A sentence for each, with the member and the rules; empty when all can be filled. */
    static List<String> of(JsonNode schema) {
        ImpossibleMembers members = new ImpossibleMembers(schema);
        members.look(schema, "");
        return members.sentences;
    }

    private void look(JsonNode schema, String path) {
        if (!schema.isObject()) {
            return;
        }
        bounds(schema, path);
        required(schema, path);
        schema.path("properties")
                .properties()
                .forEach(member -> look(member.getValue(), inside(path, member.getKey())));
        look(schema.path("items"), inside(path, "[]"));
        look(schema.path("additionalProperties"), inside(path, "*"));
        String reference = schema.path("$ref").asString("");
        if (reference.startsWith("#/") && followed.add(reference)) {
            look(root.at(reference.substring(1)), path);
        }
    }

    private static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void bounds(JsonNode schema, String path) {
        Optional<Bound> least = Bound.strictest(schema, "minimum", "exclusiveMinimum", true);
        Optional<Bound> most = Bound.strictest(schema, "maximum", "exclusiveMaximum", false);
        compare(path, least, most, "it must be %s and %s");
        for (String counted : List.of("Length", "Items", "Properties")) {
            String what = switch (counted) {
                case "Length" -> "characters";
                case "Items" -> "entries";
                default -> "members";
            };
            compare(
                    path,
                    Bound.of(schema, "min" + counted, true, false),
                    Bound.of(schema, "max" + counted, false, false),
                    "it must have %s and %s " + what);
        }
    }

    private void compare(String path, Optional<Bound> least, Optional<Bound> most, String rule) {
        if (least.isPresent() && most.isPresent() && least.get().excludes(most.get())) {
            sentences.add("'" + path + "' can have no value: "
                    + rule.formatted(least.get().words(), most.get().words()));
        }
    }

    private void required(JsonNode schema, String path) {
        boolean takesOthers = schema.path("additionalProperties").asBoolean(false)
                || schema.path("additionalProperties").isObject();
        if (takesOthers || DESCRIBE_ELSEWHERE.stream().anyMatch(schema::has)) {
            return;
        }
        for (JsonNode name : schema.path("required")) {
            if (!schema.path("properties").has(name.asString())) {
                sentences.add("'" + inside(path, name.asString())
                        + "' is required, but 'properties' does not describe it; describe it, or do not require it");
            }
        }
    }

    /** One side of a range. */
    private record Bound(BigDecimal value, boolean isLeast, boolean isExclusive) {
        static Optional<Bound> of(JsonNode schema, String keyword, boolean isLeast, boolean isExclusive) {
            JsonNode value = schema.path(keyword);
            return value.isNumber()
                    ? Optional.of(new Bound(value.decimalValue(), isLeast, isExclusive))
                    : Optional.empty();
        }

        /** Of a bound that belongs to the range and one that does not, the one that leaves less. */
        static Optional<Bound> strictest(JsonNode schema, String inclusive, String exclusive, boolean isLeast) {
            Optional<Bound> in = of(schema, inclusive, isLeast, false);
            Optional<Bound> out = of(schema, exclusive, isLeast, true);
            if (in.isEmpty() || out.isEmpty()) {
                return in.or(() -> out);
            }
            int order = out.get().value().compareTo(in.get().value());
            return (isLeast ? order >= 0 : order <= 0) ? out : in;
        }

        boolean excludes(Bound most) {
            int order = value.compareTo(most.value());
            return order > 0 || order == 0 && (isExclusive || most.isExclusive());
        }

        String words() {
            String number = value.stripTrailingZeros().toPlainString();
            if (isExclusive) {
                return (isLeast ? "more than " : "less than ") + number;
            }
            return number + (isLeast ? " or more" : " or less");
        }
    }
}
