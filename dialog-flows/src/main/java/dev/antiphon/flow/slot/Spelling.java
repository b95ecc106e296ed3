package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How letters and digits are spelled to a caller: one by one, in groups, or with a spelling alphabet. */
public final class Spelling {
    private static final List<String> ALPHABET =
            List.of(("Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa"
                            + " Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu")
                    .split(" "));
    /** Other ways to write code words. */
    private static final Map<String, String> VARIANTS =
            Map.of("alpha", "A", "juliet", "J", "xray", "X", "whisky", "W", "zee", "Z", "zed", "Z");

    private static final String SIGNS = ".@-_+/'#&%=";
    /** With code words, more characters than this take a caller too long to listen to. */
    private static final int MOST_WITH_WORDS = 12;

    private Spelling() {}

    /** Letters and digits one by one, a comma between words, for example {@code S M I T H}. */
    public static String letters(String text) {
        return words(text).stream()
                .map(word -> word.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
    }

    /**
     * Letters with the code words of the ICAO alphabet, for example {@code A as in Alfa, 7, hyphen}; letters that have none as
     * they are. More than 12 characters are spelled like {@link #letters}, signs named.
     */
    public static String alphabet(String text) {
        return alphabet(text, Language.ENGLISH);
    }

    /** As {@link #alphabet(String)}, with the code words and the names of signs that the language has. */
    public static String alphabet(String text, Language language) {
        boolean isShort = text.codePoints().filter(Character::isLetterOrDigit).count() <= MOST_WITH_WORDS;
        String separator = isShort ? ", " : " ";
        return words(text).stream()
                .map(word -> word.codePoints()
                        .mapToObj(each -> isShort ? withWord(each, language) : named(each, language))
                        .collect(Collectors.joining(separator)))
                .collect(Collectors.joining(", "));
    }

    /**
     * Characters one by one in groups, for example {@code 1 2 3 4, 5 6 7} for sizes 4 and 3.
     *
     * @param sizes of the groups; the last counts for the rest, a group of one is joined to the one before it; none: groups of
     *     three, or four when they come out even
     */
    public static String groups(String text, List<Integer> sizes) {
        List<Integer> wanted =
                sizes.isEmpty() ? List.of(text.length() % 4 == 0 || text.length() % 3 == 1 ? 4 : 3) : sizes;
        List<String> groups = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int size = Math.max(1, wanted.get(Math.min(groups.size(), wanted.size() - 1)));
            int to = text.length() - from - size == 1 && sizes.isEmpty()
                    ? text.length()
                    : Math.min(text.length(), from + size);
            groups.add(letters(text.substring(from, to)));
            from = to;
        }
        return String.join(", ", groups);
    }

    /** A sign as it is named, for example {@code dot}; others as they are. */
    static String sign(String sign, Language language) {
        int known = SIGNS.indexOf(sign);
        return known < 0 ? sign : language.text(Phrase.SIGNS).split(" ")[known];
    }

    /** A letter among tokens, and the place behind it. */
    record Letter(String text, int next) {}

    /** "A as in Alfa", "a for apple", "alfa", "a". */
    static Optional<Letter> letter(List<String> tokens, int at) {
        String token = Tokens.at(tokens, at);
        if (token.length() == 1 && Character.isLetter(token.charAt(0))) {
            String letter = token.toUpperCase(Locale.ROOT);
            String next = Tokens.at(tokens, at + 1);
            if (next.equals("as") && Tokens.at(tokens, at + 2).equals("in")) {
                return Optional.of(new Letter(letter, Math.min(tokens.size(), at + 4)));
            }
            if (token.equals("x") && next.equals("ray")) {
                return Optional.of(new Letter(letter, at + 2));
            }
            boolean explained =
                    next.matches("for|like") && Tokens.at(tokens, at + 2).startsWith(token);
            return Optional.of(new Letter(letter, explained ? at + 3 : at + 1));
        }
        return Optional.ofNullable(VARIANTS.get(token))
                .or(() -> ALPHABET.stream()
                        .filter(word -> word.equalsIgnoreCase(token))
                        .map(word -> word.substring(0, 1))
                        .findFirst())
                .map(letter -> new Letter(letter, at + 1));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().toUpperCase(Locale.ROOT).split("\\s+"));
    }

    private static String withWord(int each, Language language) {
        if (each < 'A' || each > 'Z') {
            return named(each, language);
        }
        String word = language.text(Phrase.ALPHABET).split(" ")[each - 'A'];
        return language.text(Phrase.LETTER, "letter", Character.toString(each), "word", word);
    }

    private static String named(int each, Language language) {
        return sign(Character.toString(each), language);
    }
}
