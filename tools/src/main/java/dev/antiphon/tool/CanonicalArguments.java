package dev.antiphon.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.antiphon.session.ToolOutcome;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One text for arguments that mean the same: members in order, no blanks, no nulls. Thread-safe. */
final class CanonicalArguments {
    /** Longer ones are compared as they are: what a caller says is short. */
    private static final int MOST_CHARS = 4_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .changeDefaultPropertyInclusion(usual -> usual.withContentInclusion(JsonInclude.Include.NON_NULL)
                    .withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private CanonicalArguments() {}

    static String of(String argumentsJson) {
        if (argumentsJson.isBlank() || argumentsJson.length() > MOST_CHARS) {
            return argumentsJson.strip();
        }
        try {
            return JSON.writeValueAsString(JSON.readValue(argumentsJson, Object.class));
        } catch (JacksonException e) {
            return argumentsJson; // refused when the tool reads it
        }
    }

    /** What the model gets when the same was done before. */
    static ToolOutcome.Ok again(ToolOutcome.Ok earlier) {
        return new ToolOutcome.Ok(
                "{\"note\":\"done before in this call, with the same arguments; nothing was done again\",\"result\":"
                        + earlier.value() + "}");
    }
}
