package dev.antiphon.flow.say;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * In which form a name, or a list of names, stands in a sentence. German names may have an article ({@code der Tag, die Uhrzeit und
 * der Name}); one without an article stays as it is, and so does every name in other languages.
 */
enum NounForm {
    /** With its article, as the subject of a sentence. */
    AS_GIVEN("", ""),
    /** As its object: {@code den Tag}, {@code den Namen}. */
    ACCUSATIVE("accusative", "_accusative"),
    /** Without its article: {@code Tag}. */
    BARE("bare", "_bare");

    private static final String FIRST_OR_NEXT = "(?<=^|, |\\bund |\\boder )";
    private static final Pattern ARTICLE = Pattern.compile(FIRST_OR_NEXT + "(?:der|die|das) (?=\\p{L})");
    private static final Pattern MASCULINE = Pattern.compile(FIRST_OR_NEXT + "der (\\p{L}+)");
    private static final Pattern WEAK = Pattern.compile("\\p{L}+e");
    private static final Pattern WRITTEN = Pattern.compile("\\{\\s*(\\w+)\\s*,\\s*(accusative|bare)\\s*}");

    private final String written;
    private final String suffix;

    NounForm(String written, String suffix) {
        this.written = written;
        this.suffix = suffix;
    }

    /** The form that is written so in a pattern; as given where it is none. */
    static NounForm named(String written) {
        return Stream.of(values())
                .filter(form -> form.written.equals(written.strip()))
                .findFirst()
                .orElse(AS_GIVEN);
    }

    /** A pattern in which each name in a form is an argument of its own. */
    static String asArguments(String pattern) {
        return WRITTEN.matcher(pattern)
                .replaceAll(gap -> "{" + named(gap.group(2)).argument(gap.group(1)) + "}");
    }

    /** The argument that holds this form of a name. */
    String argument(String name) {
        return name + suffix;
    }

    /** The words in this form. */
    String of(String words, Locale locale) {
        if (!locale.getLanguage().equals(Locale.GERMAN.getLanguage())) {
            return words;
        }
        return switch (this) {
            case AS_GIVEN -> words;
            case ACCUSATIVE -> MASCULINE.matcher(words).replaceAll(NounForm::object);
            case BARE -> ARTICLE.matcher(words).replaceAll("");
        };
    }

    /** Masculine nouns in -e have an n: {@code den Namen}. */
    private static String object(MatchResult noun) {
        String word = noun.group(1);
        return Optional.of(word)
                .filter(WEAK.asMatchPredicate())
                .map(weak -> "den " + weak + "n")
                .orElse("den " + word);
    }
}
