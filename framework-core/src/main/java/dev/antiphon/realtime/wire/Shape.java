package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ApiError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a value of a client event must look like; answers with the problem that the service would report. */
@FunctionalInterface
interface Shape {
    String TOOL_NAME = "^[a-zA-Z0-9_-]+$";

    /** The first problem of {@code value}, which stands at {@code path}; empty when there is none. */
    Optional<ApiError> check(String path, JsonNode value);

    /** Anything at all. */
    static Shape any() {
        return (path, value) -> Optional.empty();
    }

    static Shape string() {
        return string(Integer.MAX_VALUE);
    }

    static Shape string(int maxLength) {
        return (path, value) -> {
            if (!value.isString()) {
                return wrongType(path, "a string", value);
            }
            int length = value.stringValue().length();
            return length <= maxLength
                    ? Optional.empty()
                    : problem(
                            path,
                            "string_above_max_length",
                            "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with"
                                            .formatted(path, maxLength)
                                    + " length " + length + " instead.");
        };
    }

    /** 1 to 64 characters of those that a tool's name may have. */
    static Shape toolName() {
        return (path, value) -> {
            Optional<ApiError> problem = string(64).check(path, value);
            if (problem.isPresent() || value.stringValue().matches(TOOL_NAME)) {
                return problem;
            }
            return problem(
                    path,
                    "invalid_value",
                    "Invalid '%s': string does not match pattern. Expected a string that matches the pattern '%s'."
                            .formatted(path, TOOL_NAME));
        };
    }

    /** A PNG or JPEG as a data URI (protocol section 9). */
    static Shape picture() {
        return (path, value) -> {
            Optional<ApiError> problem = string().check(path, value);
            boolean known = problem.isPresent()
                    || value.stringValue().startsWith("data:image/png;base64,")
                    || value.stringValue().startsWith("data:image/jpeg;base64,");
            return known
                    ? problem
                    : problem(
                            path,
                            "invalid_value",
                            "Invalid '%s': expected a PNG or JPEG as a data URI (data:image/png;base64,... or data:image/jpeg;base64,...)."
                                    .formatted(path));
        };
    }

    static Shape bool() {
        return (path, value) -> value.isBoolean() ? Optional.empty() : wrongType(path, "a boolean", value);
    }

    static Shape oneOf(String... allowed) {
        List<String> names = List.of(allowed);
        return (path, value) -> {
            if (!value.isString()) {
                return wrongType(path, "one of " + listed(names), value);
            }
            return names.contains(value.stringValue())
                    ? Optional.empty()
                    : problem(path, "invalid_value", invalidValue(value.stringValue(), names));
        };
    }

    static Shape integer(long min, long max) {
        return (path, value) -> {
            if (!value.isIntegralNumber()) {
                return wrongType(path, "an integer", value);
            }
            return bounds(path, value, "integer", value.asLong(0), min, max);
        };
    }

    static Shape number(double min, double max) {
        return (path, value) -> {
            if (!value.isNumber()) {
                return wrongType(path, "a number", value);
            }
            double number = value.asDouble(0);
            if (number < min) {
                return problem(
                        path,
                        "decimal_below_min_value",
                        outOfBounds(path, "decimal below minimum", ">= " + min, value));
            }
            return number <= max
                    ? Optional.empty()
                    : problem(
                            path,
                            "decimal_above_max_value",
                            outOfBounds(path, "decimal above maximum", "<= " + max, value));
        };
    }

    static Shape array(Shape element) {
        return (path, value) -> {
            if (!value.isArray()) {
                return wrongType(path, "an array", value);
            }
            for (int i = 0; i < value.size(); i++) {
                Optional<ApiError> problem = element.check(path + "[" + i + "]", value.path(i));
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        };
    }

    /** An object with these fields and no others. */
    static Shape object(Map<String, Shape> fields, Set<String> required) {
        return (path, value) -> {
            if (!value.isObject()) {
                return wrongType(path, "an object", value);
            }
            for (String name : required.stream().sorted().toList()) {
                if (value.path(name).isMissingNode()) {
                    return missing(join(path, name));
                }
            }
            for (Map.Entry<String, JsonNode> property : value.properties()) {
                String at = join(path, property.getKey());
                Shape shape = fields.get(property.getKey());
                Optional<ApiError> problem = shape == null ? unknown(at) : shape.check(at, property.getValue());
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        };
    }

    /** These fields, each of which may be null; {@code type} may not. */
    static Map<String, Shape> nullable(Map<String, Shape> fields) {
        return fields.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        field -> field.getKey().equals("type")
                                ? field.getValue()
                                : field.getValue().orNull()));
    }

    /** An object of free content. */
    static Shape freeObject() {
        return (path, value) -> value.isObject() ? Optional.empty() : wrongType(path, "an object", value);
    }

    /** An object whose field {@code by} selects what else it may contain. */
    static Shape variants(String by, Map<String, Shape> byName) {
        return (path, value) -> {
            if (!value.isObject()) {
                return wrongType(path, "an object", value);
            }
            JsonNode selector = value.path(by);
            String at = join(path, by);
            if (selector.isMissingNode()) {
                return missing(at);
            }
            Optional<ApiError> problem = oneOf(byName.keySet().stream().sorted().toArray(String[]::new))
                    .check(at, selector);
            return problem.isPresent()
                    ? problem
                    : byName.getOrDefault(selector.stringValue(), any()).check(path, value);
        };
    }

    /** The first shape for objects, the second for everything else. */
    static Shape objectOr(Shape object, Shape other) {
        return (path, value) -> value.isObject() ? object.check(path, value) : other.check(path, value);
    }

    default Shape orNull() {
        return (path, value) -> value.isNull() ? Optional.empty() : check(path, value);
    }

    /** This shape for integers, {@code other} for everything else. */
    default Shape ifIntegerElse(Shape other) {
        return (path, value) -> value.isNumber() ? check(path, value) : other.check(path, value);
    }

    static Optional<ApiError> problem(String path, String code, String message) {
        return Optional.of(ApiError.invalidAt(path, code, message));
    }

    static Optional<ApiError> missing(String path) {
        return problem(path, "missing_required_parameter", "Missing required parameter: '%s'.".formatted(path));
    }

    static Optional<ApiError> unknown(String path) {
        return problem(path, "unknown_parameter", "Unknown parameter: '%s'.".formatted(path));
    }

    static String invalidValue(String value, List<String> supported) {
        return "Invalid value: '%s'. Supported values are: %s.".formatted(value, listed(supported));
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Optional<ApiError> bounds(
            String path, JsonNode value, String kind, long number, long min, long max) {
        if (number < min) {
            return problem(
                    path, kind + "_below_min_value", outOfBounds(path, kind + " below minimum", ">= " + min, value));
        }
        return number <= max
                ? Optional.empty()
                : problem(
                        path,
                        kind + "_above_max_value",
                        outOfBounds(path, kind + " above maximum", "<= " + max, value));
    }

    private static String outOfBounds(String path, String what, String expected, JsonNode got) {
        return "Invalid '%s': %s value. Expected a value %s, but got %s instead.".formatted(path, what, expected, got);
    }

    private static Optional<ApiError> wrongType(String path, String expected, JsonNode got) {
        String kind = got.isNull() ? "null" : got.getNodeType().name().toLowerCase(Locale.ROOT);
        return problem(
                path,
                "invalid_type",
                "Invalid type for '%s': expected %s, but got %s instead.".formatted(path, expected, kind));
    }

    private static String listed(List<String> names) {
        List<String> quoted = names.stream().map(name -> "'" + name + "'").toList();
        if (quoted.size() < 2) {
            return quoted.stream().collect(Collectors.joining());
        }
        return String.join(", ", quoted.subList(0, quoted.size() - 1)) + ", and " + quoted.getLast();
    }
}
