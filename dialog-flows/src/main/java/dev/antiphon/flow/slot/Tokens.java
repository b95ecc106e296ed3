package dev.antiphon.flow.slot;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Words, figures and signs, one by one. */
final class Tokens {
    private static final Pattern TOKEN =
            Pattern.compile("\\d++(?:[.,]\\d++)*+|\\p{L}[\\p{L}\\p{M}]*+(?:'\\p{L}++)?|\\S");
    private static final Pattern JOINED = Pattern.compile("(?<=[\\p{L}\\d])-(?=\\p{L})");

    private Tokens() {}

    /** The tokens of plain words in lower case; hyphens between words are left out. */
    static List<String> of(String words) {
        return TOKEN.matcher(JOINED.matcher(words).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** The token at a place; empty text behind the last. */
    static String at(List<String> tokens, int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : "";
    }
}
