package dev.antiphon.flow.say;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Something to say before it is said in a language: a phrase with its values, or words that are the same in each.
 *
 * @param phrase which one; empty: the words
 * @param values the phrase's names and values in turn; or the words alone
 */
public record Line(Optional<Phrase> phrase, List<Object> values) {
    public Line {
        values = List.copyOf(values);
    }

    /**
     * A phrase.
     *
     * @param namesAndValues name, value, name, value …; {@code label} may be left out where a slot is spoken of, whose label it is
     */
    public static Line of(Phrase phrase, Object... namesAndValues) {
        return new Line(Optional.of(phrase), Arrays.asList(namesAndValues));
    }

    /** Words that are the same in each language. */
    public static Line words(String words) {
        return new Line(Optional.empty(), List.of(words));
    }

    /** The words in English. */
    public String english() {
        return in(Language.ENGLISH);
    }

    /**
     * The words.
     *
     * @param namesAndValues values that come before those of the line
     */
    public String in(Language language, Object... namesAndValues) {
        if (phrase.isEmpty()) {
            return values.getFirst().toString();
        }
        List<Object> all = new ArrayList<>(Arrays.asList(namesAndValues));
        all.addAll(values);
        return language.text(phrase.get(), all.toArray());
    }
}
