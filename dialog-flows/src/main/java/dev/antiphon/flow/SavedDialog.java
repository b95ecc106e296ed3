package dev.antiphon.flow;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.antiphon.session.Outcome;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state of a call's dialog as JSON text, from which another process can go on with the same version of its flows: after a
 * crash, or when the caller rings again. It holds what the caller said. Thread-safe.
 */
public final class SavedDialog {
    private static final int FORMAT = 5;
    private static final JsonMapper JSON =
            JsonMapper.builder().addMixIn(Outcome.class, OutcomeKind.class).build();

    private SavedDialog() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Outcome.Completed.class, name = "completed"),
        @JsonSubTypes.Type(value = Outcome.HandedOver.class, name = "handed_over"),
        @JsonSubTypes.Type(value = Outcome.Abandoned.class, name = "abandoned"),
        @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed")
    })
    private interface OutcomeKind {}

    private record Saved(int format, DialogState state) {}

    /** The text. */
    public static String write(DialogState state) {
        return JSON.writeValueAsString(new Saved(FORMAT, state));
    }

    /**
     * The state.
     *
     * @throws IllegalArgumentException when the text is none that {@link #write} gave
     */
    public static DialogState read(String text) {
        Saved saved;
        try {
            saved = JSON.readValue(text, Saved.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "a saved dialog must be what SavedDialog.write gave: " + e.getMessage(), e);
        }
        if (saved.format() != FORMAT) {
            throw new IllegalArgumentException(
                    "a saved dialog must have format " + FORMAT + ", but has " + saved.format());
        }
        return saved.state();
    }
}
