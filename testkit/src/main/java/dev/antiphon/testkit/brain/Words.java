package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A caller's words, of which parts may already be explained. Explained parts are blanked, so that every character keeps its
 * place and a phone number is not read again as a time.
 *
 * @param text the words with straight quotes; explained characters are {@link #BLANK}
 */
record Words(String text) {
    /** Stands where words were explained. */
    static final char BLANK = '\u0001';

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'.-]*");

    /** One word with its place. */
    record Token(String word, int start, int end) {
        String lower() {
            return word.toLowerCase(Locale.ROOT);
        }
    }

    static Words of(String said) {
        return new Words(said.replace('\u2019', '\'')
                .replace('\u2018', '\'')
                .replace('\u201c', '"')
                .replace('\u201d', '"')
                .replace('\u2013', '-')
                .replace('\u00a0', ' '));
    }

    Words without(Found<?> found) {
        return without(found.start(), found.end());
    }

    Words without(int start, int end) {
        return new Words(text.substring(0, start) + String.valueOf(BLANK).repeat(end - start) + text.substring(end));
    }

    /** Only the words between two places; what is around them is blanked. */
    Words only(int start, int end) {
        return without(0, start).without(end, text.length());
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The words that are not explained yet, trailing dots and hyphens removed. */
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            int end = matcher.end();
            while (word.endsWith(".") || word.endsWith("-") || word.endsWith("'")) {
                word = word.substring(0, word.length() - 1);
                end--;
            }
            tokens.add(new Token(word, matcher.start(), end));
        }
        return tokens;
    }
}
