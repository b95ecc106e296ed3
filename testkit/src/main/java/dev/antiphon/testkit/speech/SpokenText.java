package dev.antiphon.testkit.speech;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites text so that a simple synthesizer reads it sensibly: money, clock times, dates, phone numbers. Stage directions in
 * parentheses, such as {@code (laughs)}, are not spoken; {@code (mumbles)} is a hum, since it says how well the words that follow
 * can be understood.
 */
final class SpokenText {
    private static final Pattern MUMBLED = Pattern.compile("\\(mumbl(?:es|ing)\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DIRECTION = Pattern.compile("\\([\\p{L} ]+\\)");
    private static final Pattern MONEY = Pattern.compile("([$\\u20ac\\u00a3])\\s?(\\d+(?:,\\d{3})*)(?:\\.(\\d{2}))?");
    private static final Pattern MONEY_AFTER =
            Pattern.compile("(\\d+(?:,\\d{3})*)(?:\\.(\\d{2}))?\\s?(\\u20ac|EUR|USD|GBP)(?![\\p{L}])");
    private static final Pattern DATE = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
    private static final Pattern CLOCK = Pattern.compile("\\b(\\d{1,2}):(\\d{2})\\b");
    private static final Pattern DIGITS = Pattern.compile("\\+?\\d[\\d .()-]{5,}\\d");
    private static final Pattern SPELLED = Pattern.compile("\\b(?=\\w*\\d)(?=\\w*[A-Z])[A-Z0-9]{3,}\\b");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy", Locale.US);

    private SpokenText() {}

    static String of(String text) {
        String spoken = MUMBLED.matcher(text).replaceAll(" hum, ");
        spoken = DIRECTION.matcher(spoken).replaceAll(" ");
        spoken = DATE.matcher(spoken).replaceAll(SpokenText::date);
        spoken = MONEY.matcher(spoken).replaceAll(m -> money(m.group(1), m.group(2), m.group(3)));
        spoken = MONEY_AFTER.matcher(spoken).replaceAll(m -> money(m.group(3), m.group(1), m.group(2)));
        spoken = CLOCK.matcher(spoken).replaceAll(m -> clock(m.group(1), m.group(2)));
        spoken = DIGITS.matcher(spoken).replaceAll(m -> apart(m.group()));
        spoken = SPELLED.matcher(spoken).replaceAll(m -> apart(m.group()));
        return spoken.replace('\u2019', '\'')
                .replace("&", " and ")
                .replace("%", " percent ")
                .replaceAll("[\u2013\u2014]", ", ")
                .replaceAll("[^\\x20-\\x7e]", " ")
                .replaceAll("[\"*_#<>\\[\\]{}|\\\\^~`]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String date(MatchResult match) {
        try {
            return LocalDate.parse(match.group()).format(DAY);
        } catch (DateTimeException notADay) {
            return match.group();
        }
    }

    @SuppressWarnings("NullAway") // an absent group is null
    private static String money(String currency, String whole, String cents) {
        String unit = switch (currency) {
            case "$", "USD" -> "dollars";
            case "\u00a3", "GBP" -> "pounds";
            default -> "euros";
        };
        String amount = whole.replace(",", "") + " " + unit;
        return cents == null || cents.equals("00") ? amount : amount + " and " + Integer.parseInt(cents) + " cents";
    }

    private static String clock(String hour, String minute) {
        String plainHour = String.valueOf(Integer.parseInt(hour));
        if (minute.equals("00")) {
            return Integer.parseInt(hour) > 12 || plainHour.equals("0")
                    ? plainHour + " hundred"
                    : plainHour + " o'clock";
        }
        return plainHour + (minute.startsWith("0") ? " oh " + minute.substring(1) : " " + minute);
    }

    private static String apart(String text) {
        StringBuilder spaced = new StringBuilder();
        Matcher group = Pattern.compile("[A-Za-z0-9]+").matcher(text);
        while (group.find()) {
            spaced.append(spaced.isEmpty() ? "" : ", ")
                    .append(String.join(" ", group.group().split("")));
        }
        return (text.startsWith("+") ? "plus " : "") + spaced;
    }
}
