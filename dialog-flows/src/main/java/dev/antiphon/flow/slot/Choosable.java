package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Speakable;
import java.util.List;

/** An enum constant, or another option of a choice, that knows its own words. */
public interface Choosable extends Speakable {

    /** How the agent says it. */
    String spoken();

    /** How the agent says it in a language; default: always the same. */
    @Override
    default String spoken(Language language) {
        return spoken();
    }

    /** Other words that callers use for it. */
    default List<String> synonyms() {
        return List.of();
    }
}
