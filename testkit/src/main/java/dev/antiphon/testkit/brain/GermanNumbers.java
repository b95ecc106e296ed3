package dev.antiphon.testkit.brain;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** German numbers in one word that are put together of others: "neunundvierzig", "zweihundertfünf", "tausendzweihundert". */
final class GermanNumbers {
    private static final List<String> UNITS = List.of(
            ("null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
                            + " achtzehn neunzehn")
                    .split(" "));
    private static final List<String> TENS =
            List.of("zehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(" "));
    private static final String UNIT = "(?:" + String.join("|", UNITS.subList(1, 10)) + ")";
    private static final String TEN = "(?:" + String.join("|", TENS.subList(1, 9)) + "|dreissig)";
    private static final String TEEN =
            "(?:" + String.join("|", UNITS.subList(10, 20).reversed()) + ")";
    private static final String BELOW_HUNDRED =
            "(?:" + UNIT + "und" + TEN + "|" + TEN + "|" + TEEN + "|" + UNIT + "s?)";
    private static final String HUNDREDS = UNIT + "?hundert(?:(?:und)?" + BELOW_HUNDRED + ")?";

    /** A regular expression for those that are not a unit, a ten or up to twelve alone. */
    static final String WORD =
            "(?:(?:" + UNIT + "|" + TEEN + ")?tausend(?! dank)(?:(?:und)?(?:" + HUNDREDS + "|" + BELOW_HUNDRED
                    + "))?|" + HUNDREDS + "|" + UNIT + "und" + TEN + "|(?:drei|vier|sech|sieb|acht|neun)zehn|"
                    + "(?:vier|fünf|sech|sieb|acht|neun)zig)";

    private static final Pattern PARTS = Pattern.compile("(?:(?<k>" + UNIT + "|" + TEEN
            + ")?(?<t>tausend)(?:und)?)?(?:(?<h>" + UNIT
            + ")?(?<c>hundert)(?:und)?)?(?:(?<u>" + UNIT + ")und(?<z>" + TEN + ")|(?<r>" + TEN + "|" + TEEN + "|" + UNIT
            + ")s?)?");

    private GermanNumbers() {}

    /** The number in figures. {@code word}: one that {@link #WORD} matches. */
    static String figures(String word) {
        Matcher parts = PARTS.matcher(word.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return word;
        }
        int number = scaled(parts.group("k"), parts.group("t"), 1_000)
                + scaled(parts.group("h"), parts.group("c"), 100)
                + small(parts.group("u"))
                + small(parts.group("z"))
                + small(parts.group("r"));
        return String.valueOf(number);
    }

    private static int scaled(@Nullable String count, @Nullable String scale, int factor) {
        return scale == null ? 0 : count == null ? factor : small(count) * factor;
    }

    private static int small(@Nullable String word) {
        if (word == null) {
            return 0;
        }
        int ten = TENS.indexOf(word.replace("dreissig", "dreißig"));
        return ten > 0 ? 10 * (ten + 1) : UNITS.indexOf(word);
    }
}
