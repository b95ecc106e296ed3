package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How letters and digits are spelled to a caller: one by one, in groups, or with a spelling alphabet. */
public final class Spelling {
    private static final List<String> ALPHABET =
            List.of(("Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa"
                            + " Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu")
                    .split(" "));
    /** Other ways to write code words. */
    private static final Map<String, String> VARIANTS =
            Map.of("alpha", "A", "juliet", "J", "xray", "X", "whisky", "W", "zee", "Z", "zed", "Z");

    /** Combining accents, in the order of {@link Phrase#ACCENTS}. */
    private static final String ACCENTS =
            "\u0300\u0301\u0302\u0303\u0308\u030A\u030C\u0327\u0328\u0304\u0306\u0307\u030B\u0323\u0326\u0309\u031B";

    private static final Pattern CHARACTER = Pattern.compile("\\X");
    private static final Pattern LATIN = Pattern.compile("[A-Z]");
    private static final String SIGNS = ".@-_+/'#&%=";
    /** With code words, more characters than this take a caller too long to listen to. */
    private static final int MOST_WITH_WORDS = 12;

    private Spelling() {}

    /** Letters and digits one by one, a comma between words, for example {@code S M I T H}. */
    public static String letters(String text) {
        return words(text).stream().map(word -> String.join(" ", word)).collect(Collectors.joining(", "));
    }

    /**
     * Letters with the code words of the ICAO alphabet, for example {@code A as in Alfa, 7, hyphen}; accents are named ({@code E with
     * acute accent as in Echo}), and so are letters like the sharp S. Letters of other scripts are said as they are. More than 12 characters are spelled like {@link #letters}, signs named.
     */
    public static String alphabet(String text) {
        return alphabet(text, Language.ENGLISH);
    }

    /** As {@link #alphabet(String)}, with the code words and the names of signs that the language has. */
    public static String alphabet(String text, Language language) {
        boolean isShort = text.codePoints().filter(Character::isLetterOrDigit).count() <= MOST_WITH_WORDS;
        String separator = isShort ? ", " : " ";
        return words(text).stream()
                .map(word -> word.stream()
                        .map(each -> isShort ? withWord(each, language) : named(each, language))
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

    /** The characters of each word: accents belong to their letters, quotes and dashes of print are those of typewriters. */
    private static List<List<String>> words(String text) {
        String plain = Normalizer.normalize(text.strip(), Form.NFC)
                .replaceAll("[\u2018\u2019\u201B\u02BC\u00B4`]", "'")
                .replaceAll("\\p{Pd}", "-")
                .replace('\u1E9E', 'ß');
        return Stream.of(plain.split("\\s+"))
                .map(word -> CHARACTER
                        .matcher(word)
                        .results()
                        .map(MatchResult::group)
                        .map(Spelling::upper)
                        .toList())
                .toList();
    }

    /** In upper case, each letter for itself: a sharp S is not two letters. */
    private static String upper(String character) {
        return character
                .codePoints()
                .map(Character::toUpperCase)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String withWord(String character, Language language) {
        if (LATIN.matcher(character).matches()) {
            return word(character, character, language);
        }
        Optional<String> own = ownName(character, language);
        return own.or(() -> accented(character, language).map(name -> word(name, character, language)))
                .orElseGet(() -> sign(character, language));
    }

    private static String word(String letter, String character, Language language) {
        char base = Normalizer.normalize(character, Form.NFD).charAt(0);
        String word = language.text(Phrase.ALPHABET).split(" ")[base - 'A'];
        return language.text(Phrase.LETTER, "letter", letter, "word", word);
    }

    private static String named(String character, Language language) {
        if (LATIN.matcher(character).matches()) {
            return character;
        }
        return ownName(character, language)
                .map(name -> name.startsWith(character) ? character : name)
                .or(() -> accented(character, language))
                .orElseGet(() -> sign(character, language));
    }

    /** What the language calls a letter that is not one of A to Z. */
    private static Optional<String> ownName(String character, Language language) {
        return Stream.of(language.text(Phrase.LETTERS).split(","))
                .filter(entry -> entry.startsWith(character + "="))
                .map(entry -> entry.substring(character.length() + 1))
                .findFirst();
    }

    /** For example {@code E with acute accent}; empty when it is not one of A to Z with accents that have names. */
    private static Optional<String> accented(String character, Language language) {
        String parts = Normalizer.normalize(character, Form.NFD);
        String marks = parts.substring(1);
        boolean known = LATIN.matcher(parts.substring(0, 1)).matches()
                && !marks.isEmpty()
                && marks.chars().allMatch(mark -> ACCENTS.indexOf(mark) >= 0);
        if (!known) {
            return Optional.empty();
        }
        String[] names = language.text(Phrase.ACCENTS).split(",");
        List<String> accents =
                marks.chars().mapToObj(mark -> names[ACCENTS.indexOf(mark)]).toList();
        return Optional.of(
                language.text(Phrase.ACCENTED, "letter", parts.substring(0, 1), "accent", language.all(accents)));
    }
}
