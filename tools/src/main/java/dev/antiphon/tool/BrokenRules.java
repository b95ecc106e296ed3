package dev.antiphon.tool;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The rules of a schema that some arguments break, in words that a model can act on. Pure. */
final class BrokenRules {
    private static final int MAX_RULES = 5;
    private static final int MAX_VALUE_CHARS = 60;

    private BrokenRules() {}

    /** At most five rules with the values that broke them; empty when the arguments are fine. */
    static String in(Schema schema, JsonNode arguments) {
        return schema.validate(arguments).stream()
                .map(BrokenRules::sentence)
                .distinct()
                .limit(MAX_RULES)
                .collect(Collectors.joining("; "));
    }

    private static String sentence(Error error) {
        return switch (error.getKeyword()) {
            case "required" -> quoted(member(error)) + " is missing";
            case "additionalProperties" -> quoted(member(error)) + " is not known; leave it out";
            case "type" -> mustBe(error, aType(error.getSchemaNode()));
            case "enum" -> mustBe(error, "one of " + list(error.getSchemaNode()));
            case "format" ->
                mustBe(error, LocalFormat.exampleOf(error.getSchemaNode().asString()));
            default -> where(error) + " " + error.getMessage();
        };
    }

    private static String mustBe(Error error, String what) {
        return where(error) + " must be " + what + ", but was " + value(error.getInstanceNode());
    }

    private static String where(Error error) {
        String path = path(error.getInstanceLocation());
        return path.isEmpty() ? "the arguments" : quoted(path);
    }

    private static String member(Error error) {
        String path = path(error.getInstanceLocation());
        return path.isEmpty() ? error.getProperty() : path + "." + error.getProperty();
    }

    private static String path(NodePath location) {
        return Stream.iterate(0, i -> i < location.getNameCount(), i -> i + 1)
                .map(location::getName)
                .collect(Collectors.joining("."));
    }

    private static String aType(JsonNode type) {
        String name = type.isArray() ? list(type) : type.asString();
        return switch (name) {
            case "object" -> "a JSON object";
            case "array" -> "a list";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            default -> "a " + name;
        };
    }

    private static String list(JsonNode values) {
        return values.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    /** A value, shortened and in quotes. */
    static String value(JsonNode node) {
        String text = node.isString() ? node.asString() : node.toString();
        return quoted(text.length() <= MAX_VALUE_CHARS ? text : text.substring(0, MAX_VALUE_CHARS) + "…");
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
