package dev.antiphon.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.antiphon.session.ToolOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One text for arguments that mean the same: members in order, no blanks, no nulls, 1.0 as 1. Thread-safe. */
final class CanonicalArguments {
    /** Longer ones are compared as they are: what a caller says is short. */
    private static final int MOST_CHARS = 4_000;

    /** Longer whole numbers stay as they are. */
    private static final int MOST_DIGITS = 30;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .changeDefaultPropertyInclusion(usual -> usual.withContentInclusion(JsonInclude.Include.NON_NULL)
                    .withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private CanonicalArguments() {}

    static String of(String argumentsJson) {
        if (argumentsJson.isBlank() || argumentsJson.length() > MOST_CHARS) {
            return argumentsJson.strip();
        }
        try {
            return JSON.writeValueAsString(plain(JSON.readValue(argumentsJson, Object.class)));
        } catch (JacksonException e) {
            return argumentsJson; // refused when the tool reads it
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> members -> {
                Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
                members.forEach((name, member) -> plain.put(name, plain(member)));
                yield plain;
            }
            case List<?> values -> {
                List<@Nullable Object> plain = new ArrayList<>();
                values.forEach(each -> plain.add(plain(each)));
                yield plain;
            }
            case BigDecimal number -> whole(number);
            default -> value;
        };
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
