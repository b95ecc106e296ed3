package dev.antiphon.testkit.brain;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds phone numbers: written ones by libphonenumber, spoken ones ("four one five, double five ...") by their digits, and those
 * in which words and figures are mixed. The value is the digits as the caller gave them, with a leading {@code +} when there was one.
 */
final class PhoneWords {
    private static final Map<String, String> DIGITS = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("oh", "0"),
            Map.entry("o", "0"),
            Map.entry("null", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"));
    private static final String DIGIT = "(?:zero|oh|null|one|two|three|four|five|six|seven|eight|nine|o|\\d+)";
    private static final String TOKEN = "(?:(?:double|triple)\\s+)?" + DIGIT;
    private static final Pattern SPOKEN = Pattern.compile(
            "(?:\\+|\\bplus\\s+)?\\b" + TOKEN + "\\b(?:[\\s,.()-]*\\b" + TOKEN + "\\b)*+", Pattern.CASE_INSENSITIVE);
    private static final Pattern PIECE =
            Pattern.compile("(?:(double|triple)\\s+)?(" + DIGIT + ")", Pattern.CASE_INSENSITIVE);

    private static final Pattern DIGITS_BEFORE = Pattern.compile("\\+?\\(?\\d[\\d ()-]*$");
    private static final Pattern DIGITS_AFTER = Pattern.compile("^[ ()-]*\\d[\\d ()-]*(?<=\\d)");

    /** Digits in words and figures, which may be mixed; a word alone before a comma belongs to something else ("at three, 415 …"). */
    private static final Pattern SPOKEN_BEFORE = Pattern.compile(
            "(?:\\+\\s?|\\bplus\\s+)?(?<!\\b(?:for|at|of)\\s)\\b(?:" + TOKEN + "[ -]+)++(?:" + TOKEN + ",\\s*+)?$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SPOKEN_AFTER =
            Pattern.compile("^(?:[ -]+" + TOKEN + "\\b)++", Pattern.CASE_INSENSITIVE);

    /** Fewer digits are no phone number unless one was asked for. */
    private static final int USUAL_DIGITS = 7;
    /** Fewer digits, or more, are an attempt at a phone number only where nothing else was said. */
    private static final int FEWEST_DIGITS = 4;

    private static final int MOST_DIGITS = 15;
    private static final int MOST_ATTEMPTED = 40;
    private static final Pattern NAMED =
            Pattern.compile("\\bmy (?:(?:tele)?phone |mobile |cell )?number\\b", Pattern.CASE_INSENSITIVE);
    /** What may surround a number in an answer that says nothing else. */
    private static final Pattern AROUND = Pattern.compile(
            "\\b(?:it|it's|that|that's|is|my|the|phone|mobile|cell|number|um|uh|well|sure|yes|yeah|okay|ok|please)\\b|[^\\p{L}\\p{N}]",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern EXTENSION = Pattern.compile(
            "(?:[\\s,;]*\\b(?:extension|extn?|durchwahl|apparat)\\b|(?<=\\d)\\s*x(?=\\s*\\d))[.:]?\\s*(?:(?:number|nummer|is)\\s+)?"
                    + "(?<digits>(?:" + TOKEN + "|ten|eleven|twelve|\\p{L}+teen|\\p{L}+ty)(?:[\\s-]+" + TOKEN
                    + ")*)\\b",
            Pattern.CASE_INSENSITIVE);
    /** No number by itself. */
    private static final Pattern NULL = Pattern.compile("(?:null|\\W)*", Pattern.CASE_INSENSITIVE);

    private static final Pattern NOTHING = Pattern.compile("[^\\p{L}\\p{N}]*");

    private PhoneWords() {}

    /** What finds a number in words. */
    private interface Finder {
        Optional<Found<String>> in(Words words);
    }

    /** The number, and the extension that is said right after it. */
    private static Optional<Found<String>> extended(Words words, Finder finder) {
        Matcher extension = EXTENSION.matcher(words.text());
        if (!extension.find()) {
            return finder.in(words);
        }
        int start = extension.start();
        int end = extension.end();
        String digits = extensionDigits(extension.group("digits"));
        return finder.in(words.without(start, words.text().length()))
                .filter(number -> NOTHING.matcher(words.text().substring(number.end(), start))
                        .matches())
                .map(number -> new Found<>(number.value() + " ext " + digits, number.start(), end))
                .or(() -> finder.in(words));
    }

    /** Digit by digit, or as one number: "twenty", "forty two". */
    private static String extensionDigits(String said) {
        String plain = said.toLowerCase(Locale.ROOT).strip();
        return plain.matches(".*\\d.*")
                        || DIGITS.containsKey(plain.split("[\\s-]+")[0])
                        || plain.matches("(?:double|triple)\\b.*")
                ? digits(plain)
                : NumberWords.findAll(Words.of(plain)).stream()
                        .map(number -> String.valueOf(Math.round(number.value())))
                        .reduce("", String::concat);
    }

    /** A number that libphonenumber takes for a possible one in the region, for example {@code US}. */
    static Optional<Found<String>> written(Words words, String region) {
        return extended(words, number -> writtenNumber(number, region));
    }

    private static Optional<Found<String>> writtenNumber(Words words, String region) {
        Iterable<PhoneNumberMatch> matches = PhoneNumberUtil.getInstance()
                .findNumbers(words.text(), region, PhoneNumberUtil.Leniency.POSSIBLE, Long.MAX_VALUE);
        Optional<Found<String>> last = Optional.empty();
        for (PhoneNumberMatch match : matches) {
            Found<String> whole = withAdjacentDigits(words.text(), match.start(), match.end());
            if (whole.value().length() >= USUAL_DIGITS) {
                last = Optional.of(whole);
            }
        }
        return last;
    }

    /** The library leaves out what does not fit its region ("0170 1234567" in the US); the caller said all of it. */
    private static Found<String> withAdjacentDigits(String text, int start, int end) {
        Matcher before = DIGITS_BEFORE.matcher(text.substring(0, start));
        Matcher after = DIGITS_AFTER.matcher(text.substring(end));
        int from = spokenFrom(text, before.find() ? before.start() : start);
        int to = spokenTo(text, after.find() ? end + after.end() : end);
        return new Found<>(digits(text.substring(from, to)), from, to);
    }

    private static int spokenFrom(String text, int from) {
        Matcher spoken = SPOKEN_BEFORE.matcher(text.substring(0, from));
        return spoken.find() ? spoken.start() : from;
    }

    private static int spokenTo(String text, int to) {
        Matcher spoken = SPOKEN_AFTER.matcher(text.substring(to));
        return spoken.find() ? to + spoken.end() : to;
    }

    /**
     * Digits in words or figures; {@code asked} admits numbers of a wrong length, which the validation will refuse with its own words.
     */
    static Optional<Found<String>> spoken(Words words, boolean asked) {
        return extended(words, number -> spokenNumber(number, asked));
    }

    private static Optional<Found<String>> spokenNumber(Words words, boolean asked) {
        Matcher matcher = SPOKEN.matcher(words.text());
        Optional<Found<String>> last = Optional.empty();
        while (matcher.find()) {
            String digits = digits(matcher.group());
            int count = digits.replace("+", "").length();
            boolean likely = count >= (asked ? FEWEST_DIGITS : USUAL_DIGITS) && count <= MOST_DIGITS;
            boolean attempt = asked
                    && count <= MOST_ATTEMPTED
                    && !NULL.matcher(matcher.group()).matches()
                    && isAllOf(words.text(), matcher.start(), matcher.end());
            if (likely || attempt) {
                last = Optional.of(new Found<>(digits, matcher.start(), matcher.end()));
            }
        }
        return last;
    }

    /** Whether the caller says that what comes is a phone number. */
    static boolean areNamed(Words words) {
        return NAMED.matcher(words.text()).find();
    }

    private static boolean isAllOf(String text, int start, int end) {
        String others = text.substring(0, start) + " " + text.substring(end);
        return AROUND.matcher(others).replaceAll("").isEmpty();
    }

    private static String digits(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        StringBuilder digits = new StringBuilder(lower.startsWith("+") || lower.startsWith("plus") ? "+" : "");
        Matcher piece = PIECE.matcher(lower.replaceFirst("^plus\\s+", ""));
        while (piece.find()) {
            String digit = DIGITS.getOrDefault(piece.group(2), piece.group(2));
            String times = piece.group(1);
            digits.repeat(digit, times == null ? 1 : times.equals("double") ? 2 : 3);
        }
        return digits.toString();
    }
}
