package dev.antiphon.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.antiphon.session.ToolOutcome;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One text for arguments that mean the same: members in order, no blanks, no nulls, 1.0 as 1, and where the schema says that a
 * value is a time, 10:00:00 as 10:00. Thread-safe.
 */
final class CanonicalArguments {
    /** Longer ones are compared as they are: what a caller says is short. */
    private static final int MOST_CHARS = 4_000;

    /** Longer whole numbers stay as they are. */
    private static final int MOST_DIGITS = 30;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .changeDefaultPropertyInclusion(usual -> usual.withContentInclusion(JsonInclude.Include.NON_NULL)
                    .withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private CanonicalArguments() {}

    static String of(String argumentsJson) {
        return of(argumentsJson, MissingNode.getInstance());
    }

    static String of(String argumentsJson, JsonNode schema) {
        if (argumentsJson.isBlank() || argumentsJson.length() > MOST_CHARS) {
            return argumentsJson.strip();
        }
        try {
            return JSON.writeValueAsString(plain(JSON.readValue(argumentsJson, Object.class), schema, schema));
        } catch (JacksonException e) {
            return argumentsJson; // refused when the tool reads it
        }
    }

    private static @Nullable Object plain(@Nullable Object value, JsonNode schema, JsonNode root) {
        String reference = schema.path("$ref").asString("");
        JsonNode at = reference.startsWith("#/") ? root.at(reference.substring(1)) : schema;
        return switch (value) {
            case null -> null;
            case Map<?, ?> members -> {
                Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
                members.forEach((name, member) ->
                        plain.put(name, plain(member, member(at, String.valueOf(name)), root)));
                yield plain;
            }
            case List<?> values -> {
                List<@Nullable Object> plain = new ArrayList<>();
                values.forEach(each -> plain.add(plain(each, at.path("items"), root)));
                yield plain;
            }
            case BigDecimal number -> whole(number);
            case String text -> moment(text, at.path("format").asString(""));
            default -> value;
        };
    }

    private static JsonNode member(JsonNode schema, String name) {
        JsonNode described = schema.path("properties").path(name);
        return described.isMissingNode() ? schema.path("additionalProperties") : described;
    }

    /** Seconds and their parts are left out where they are zero; an offset stays. */
    private static String moment(String text, String format) {
        return switch (format) {
            case "time" -> first(text, LocalTime::parse, OffsetTime::parse);
            case "date-time" -> first(text, LocalDateTime::parse, OffsetDateTime::parse);
            default -> text;
        };
    }

    private static String first(String text, Function<String, ?> local, Function<String, ?> offset) {
        for (Function<String, ?> reading : List.of(local, offset)) {
            try {
                return String.valueOf(reading.apply(text));
            } catch (DateTimeParseException e) {
                continue;
            }
        }
        return text;
    }

    private static Number whole(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean isWhole = shortest.scale() <= 0 && shortest.precision() - shortest.scale() < MOST_DIGITS;
        return isWhole ? shortest.toBigInteger() : shortest;
    }

    /** What the model gets when the same was done before. */
    static ToolOutcome.Ok again(ToolOutcome.Ok earlier) {
        return new ToolOutcome.Ok(
                "{\"note\":\"done before in this call, with the same arguments; nothing was done again\",\"result\":"
                        + earlier.value() + "}");
    }
}
