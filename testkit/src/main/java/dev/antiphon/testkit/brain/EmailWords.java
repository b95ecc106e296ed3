package dev.antiphon.testkit.brain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds e-mail addresses: written ones, and spoken ones such as "anna dot miller at example dot com". */
final class EmailWords {
    private static final Pattern WRITTEN =
            Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}+@[\\p{L}\\p{N}-]++(?:\\.[\\p{L}\\p{N}-]++)*\\.\\p{L}{2,}");
    private static final String SIGN = "(?:\\s(?:dot|underscore|dash|hyphen|plus)\\s|[._+-])";
    private static final String WORD = "[\\p{L}\\p{N}]++";
    /** Letters one by one may stand in front of the sign: "a n n a". */
    private static final Pattern SPOKEN = Pattern.compile(
            "(?<![\\p{L}\\p{N}@.'])((?:[\\p{L}\\p{N}]\\s){0,20}" + WORD + "(?:" + SIGN + WORD + "){0,8}) at (" + WORD
                    + "(?:" + SIGN + WORD + "){0,8}(?: dot |\\.)\\p{L}{2,})\\b",
            Pattern.CASE_INSENSITIVE);

    private EmailWords() {}

    /** The first address, written ones before spoken ones. */
    static Optional<Found<String>> find(Words words) {
        Matcher written = WRITTEN.matcher(words.text());
        if (written.find()) {
            return Optional.of(new Found<>(written.group(), written.start(), written.end()));
        }
        Matcher spoken = SPOKEN.matcher(words.text());
        return spoken.find()
                ? Optional.of(new Found<>(
                        joined(spoken.group(1)) + "@" + joined(spoken.group(2)), spoken.start(), spoken.end()))
                : Optional.empty();
    }

    private static String joined(String words) {
        return words.toLowerCase(Locale.ROOT)
                .replace(" dot ", ".")
                .replace(" underscore ", "_")
                .replace(" dash ", "-")
                .replace(" hyphen ", "-")
                .replace(" plus ", "+")
                .replace(" ", "");
    }
}
