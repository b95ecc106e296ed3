package dev.antiphon.flow.slot;

import java.util.List;

/** An enum constant, or another option of a choice, that knows its own words. */
public interface Choosable {

    /** How the agent says it. */
    String spoken();

    /** Other words that callers use for it. */
    default List<String> synonyms() {
        return List.of();
    }
}
