package dev.antiphon.session;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something to say, in one language or several. Immutable.
 *
 * @param byLanguage the words by language code, for example {@code de}; by the empty text those for every other language
 */
public record Wording(Map<String, String> byLanguage) {
    public Wording {
        byLanguage = Map.copyOf(byLanguage);
    }

    /** The same words whatever the language. */
    public static Wording of(String words) {
        return new Wording(Map.of("", words));
    }

    /** A copy with other words in one language. */
    public Wording in(Locale language, String words) {
        Map<String, String> all = new HashMap<>(byLanguage);
        all.put(language.getLanguage(), words);
        return new Wording(all);
    }

    /** The words in this language; empty when there are none for it. */
    public Optional<String> in(Locale language) {
        return Optional.ofNullable(byLanguage.get(language.getLanguage()))
                .or(() -> Optional.ofNullable(byLanguage.get("")));
    }
}
