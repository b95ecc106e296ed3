package dev.antiphon.flow.slot;

import java.util.ArrayList;
import java.util.List;

/**
 * One option of a choice.
 *
 * @param id its normal form and its value in the tool schema
 * @param value the Java value
 * @param spoken how the agent says it
 * @param synonyms other words that callers use for it
 */
public record Option<T>(String id, T value, String spoken, List<String> synonyms) {
    public Option {
        synonyms = List.copyOf(synonyms);
        if (id.isBlank()) {
            throw new IllegalArgumentException("an option's id must not be blank");
        }
    }

    /** An option with synonyms besides those that the value knows itself. */
    public static <T> Option<T> of(T value, String... synonyms) {
        String id = value instanceof Enum<?> constant ? constant.name() : value.toString();
        List<String> known = value instanceof Choosable choosable ? choosable.synonyms() : List.of();
        List<String> all = new ArrayList<>(known);
        all.addAll(List.of(synonyms));
        return new Option<>(id, value, Spoken.of(value), all);
    }
}
