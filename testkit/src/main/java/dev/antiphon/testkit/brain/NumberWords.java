package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers: digits and English words below a million, ordinals included where asked for. */
final class NumberWords {
    private static final List<String> UNITS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final List<String> ORDINALS = List.of(
            "",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth");
    private static final Map<String, Integer> SPECIAL = Map.of("a couple of", 2, "a couple", 2, "a dozen", 12);

    private static final String WORD = "(?:" + String.join("|", UNITS.reversed()) + "|"
            + String.join("|", TENS.subList(2, 10)) + "|hundred|thousand)";
    /** A regular expression for a number in words or digits. */
    static final String PHRASE = "(?:a couple of|a couple|a dozen|(?:an? )?" + WORD + "(?:(?:[\\s-]+|\\s+and\\s+)"
            + WORD + "\\b)*+|\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?)";

    private static final Pattern NUMBER = Pattern.compile("\\b" + PHRASE + "\\b(?![:/])", Pattern.CASE_INSENSITIVE);

    /** A regular expression for an ordinal up to thirty-first, in words or digits. */
    static final String ORDINAL = "(?:\\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[\\s-]+(?:"
            + String.join("|", ORDINALS.subList(1, 10)) + ")|twentieth|thirtieth|"
            + String.join("|", ORDINALS.subList(1, 20).reversed()) + ")";

    private static final Pattern COUNTED = Pattern.compile(
            "^\\s*(?:people|persons?|guests?|of us|adults?|kids|children|tickets?|seats?|pieces|rooms?|nights?)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNTS =
            Pattern.compile("\\b(?:for|party of|table of|group of|we are|we're)\\s*$", Pattern.CASE_INSENSITIVE);

    private NumberWords() {}

    /** All numbers in the words, in order. */
    static List<Found<Double>> findAll(Words words) {
        List<Found<Double>> found = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(words.text());
        while (matcher.find()) {
            parse(matcher.group()).ifPresent(value -> found.add(new Found<>(value, matcher.start(), matcher.end())));
        }
        return found;
    }

    /** Whether a number among words counts what a property asks for, without having been asked. */
    static boolean counts(Found<Double> found, Words words, Property property, boolean onlyOne) {
        String after = words.text().substring(found.end());
        String before = words.text().substring(0, found.start());
        if (onlyOne && (COUNTED.matcher(after).find() || COUNTS.matcher(before).find())) {
            return true;
        }
        for (String word :
                (property.readable() + " " + property.description().toLowerCase(Locale.ROOT)).split("\\W+")) {
            if (word.length() > 3
                    && Pattern.compile("^\\s*" + Pattern.quote(word.replaceFirst("s$", "")), Pattern.CASE_INSENSITIVE)
                            .matcher(after)
                            .find()) {
                return true;
            }
        }
        return Pattern.compile(
                        "\\b" + Pattern.quote(property.readable()) + "(?: is| of| to|:)?\\s*$",
                        Pattern.CASE_INSENSITIVE)
                .matcher(before)
                .find();
    }

    /** A whole number in words or digits, for example "twenty five" or "25". */
    static OptionalLong whole(String text) {
        return parse(text).filter(value -> value == Math.rint(value)).map(Double::longValue).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** An ordinal as a word. {@code number}: 1 to 20. */
    static String ordinalWord(int number) {
        return ORDINALS.get(number);
    }

    /** An ordinal in words or digits, for example "twenty-third" or "23rd"; zero when it is none. */
    static int ordinal(String text) {
        String lower = text.toLowerCase(Locale.ROOT).strip();
        if (lower.matches("\\d{1,2}(?:st|nd|rd|th)?")) {
            return Integer.parseInt(lower.replaceAll("\\D", ""));
        }
        if (lower.equals("thirtieth")) {
            return 30;
        }
        String[] parts = lower.split("[\\s-]+");
        int last = ORDINALS.indexOf(parts[parts.length - 1]);
        if (last < 1) {
            return 0;
        }
        return parts.length == 1 ? last : Math.max(TENS.indexOf(parts[0]), 0) * 10 + last;
    }

    private static Optional<Double> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT).strip();
        if (SPECIAL.containsKey(lower)) {
            return Optional.of(SPECIAL.get(lower).doubleValue());
        }
        if (lower.matches("[\\d.,]+")) {
            return Optional.of(Double.valueOf(lower.replace(",", "")));
        }
        double total = 0;
        double group = 0;
        for (String word : lower.split("[\\s-]+")) {
            switch (word) {
                case "a", "an" -> group = 1;
                case "and" -> {}
                case "hundred" -> group = Math.max(group, 1) * 100;
                case "thousand" -> {
                    total += Math.max(group, 1) * 1000;
                    group = 0;
                }
                default -> {
                    int unit = UNITS.indexOf(word);
                    int ten = TENS.indexOf(word);
                    if (unit < 0 && ten < 2) {
                        return Optional.empty();
                    }
                    group += unit >= 0 ? unit : ten * 10.0;
                }
            }
        }
        return Optional.of(total + group);
    }
}
