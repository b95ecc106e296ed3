package dev.antiphon.testkit.brain;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds times of day in words. Without "am" or "pm", 1 to 7 are taken for the afternoon and 8 to 12 for the morning and noon,
 * unless the words speak of the morning or the evening; hours written with a leading zero or above 12 are on the 24-hour clock.
 */
final class TimeWords {
    private static final String HOUR_WORD = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
    private static final String HOUR = "(?:" + HOUR_WORD + "|[01]?\\d|2[0-3])";
    private static final String HALF_OF_DAY =
            "(?:\\s*(?<ap>a\\.?\\s?m\\b\\.?|p\\.?\\s?m\\b\\.?|(?:o'?clock\\s+)?(?:in\\s+the\\s+(?:morning|afternoon|evening)|at\\s+night)))";
    private static final String MINUTE_WORD =
            "(?:oh\\s+(?:one|two|three|four|five|six|seven|eight|nine)|(?:twenty|thirty|forty|fifty)(?:[\\s-](?:five))?|fifteen|ten)";
    private static final String NOT_A_COUNT =
            "(?!\\s*(?:-|people|persons?|guests?|of\\s+us|nights?|days?|weeks?|months?|minutes?|hours?|percent|%|dollars|euros|rooms?|tickets?|seats?|adults?|kids|children|more\\b|moment|sec\\b|second|thing|question|last\\b|other\\b|of\\b|or\\s+so\\s+people|years?"
                    + "|\\p{L}+\\s+(?:street|road|lane|avenue|square|drive|place|boulevard|court)\\b))";

    private static final Pattern NAMED = pattern("\\b(?:(?:twelve|12)\\s+)?(noon|midday|midnight)\\b");
    private static final Pattern HALF_PAST =
            pattern("\\b(?:half\\s+(?:past\\s+)?)(?<h>" + HOUR + ")\\b" + HALF_OF_DAY + "?");
    private static final Pattern PAST_OR_TO =
            pattern("\\b(?<m>(?:a\\s+)?quarter|five|ten|twenty[\\s-]five|twenty|\\d{1,2})"
                    + "\\s+(?:minutes\\s+)?(?<d>past|after|to|before|till|of)\\s+(?<h>" + HOUR + ")\\b" + HALF_OF_DAY
                    + "?");
    private static final Pattern CLOCK = pattern(
            "(?<![\\d.,:$])(?<h>[01]?\\d|2[0-3])(?<s>[:.h])(?<m>[0-5]\\d)(?![\\d]|[.,]\\d)" + HALF_OF_DAY + "?");
    private static final Pattern HOUR_WITH_HALF = pattern("\\b(?<h>" + HOUR + ")" + HALF_OF_DAY);
    private static final Pattern O_CLOCK = pattern("\\b(?<h>" + HOUR + ")\\s*o'?\\s?clock\\b");
    private static final Pattern SPOKEN_MINUTES =
            pattern("\\b(?<h>" + HOUR + ")[\\s-](?<m>" + MINUTE_WORD + ")\\b" + HALF_OF_DAY + "?" + NOT_A_COUNT);
    private static final Pattern PREFIXED = pattern(
            "(?:\\bat|\\baround|\\babout|\\bby|@|\\blet's\\s+say|\\bmake\\s+it)\\s+(?:about\\s+|around\\s+)?(?<h>"
                    + HOUR + ")\\b(?![:.]\\d|/|\\s*(?:st|nd|rd|th)\\b)" + NOT_A_COUNT);
    /** "So six", "six works": what a circumstance ("I work until five, so six works") leads up to. */
    private static final Pattern CONCLUDED = pattern("\\bso\\s+(?:maybe\\s+|perhaps\\s+)?(?!one\\b)(?<h>" + HOUR
            + ")\\b(?![:.]\\d|/|\\s*(?:st|nd|rd|th)\\b)" + NOT_A_COUNT);

    private static final Pattern WELCOMED = pattern(
            "(?<![\\d.,:/$#+-])\\b(?!one\\b)(?<h>" + HOUR
                    + ")\\s+(?:works|suits|is\\s+(?:fine|good|better|okay|ok|great|perfect)|would\\s+(?:work|suit|be\\s+(?:fine|good|better|great|perfect)))\\b");
    private static final Pattern BARE = pattern(
            "(?<![\\d.,:/$#+-])(?<!\\b(?:the|that|this|first|second|third|last|any|which|other|earlier|later|earliest|latest|middle|same|next|for|no)\\s)\\b(?<h>"
                    + HOUR + ")\\b(?![:.]\\d|/|\\s*(?:st|nd|rd|th)\\b|-\\d)" + NOT_A_COUNT);

    /** Four digits alone, where a time was asked for: "1500". */
    private static final Pattern DIGITS_ALONE = pattern("^\\W*(?<h>[01]\\d|2[0-3])(?<m>[0-5]\\d)\\W*$");

    private TimeWords() {}

    /** Times in words that are nothing else, not even a part of a code: "15:00", "3 pm", "at three", but not "ten fifteen". */
    static List<Found<LocalTime>> unmistakable(Words words) {
        String text = words.text();
        return findAll(words).stream()
                .filter(found -> !SPOKEN_MINUTES
                        .matcher(text.substring(found.start(), found.end()))
                        .matches())
                .toList();
    }

    /** All times whose words alone say that they are times. */
    static List<Found<LocalTime>> findAll(Words words) {
        List<Found<LocalTime>> all = new ArrayList<>();
        String text = words.text();
        collect(
                all,
                NAMED,
                text,
                m -> Optional.of(m.group(1).equalsIgnoreCase("midnight") ? LocalTime.MIDNIGHT : LocalTime.NOON));
        collect(all, HALF_PAST, text, m -> at(m.group("h"), 30, m.group("ap"), text));
        collect(all, PAST_OR_TO, text, m -> pastOrTo(m, text));
        collect(all, CLOCK, text, m -> at(m.group("h"), Integer.parseInt(m.group("m")), m.group("ap"), text));
        collect(all, SPOKEN_MINUTES, text, m -> at(m.group("h"), minutes(m.group("m")), m.group("ap"), text));
        collect(all, HOUR_WITH_HALF, text, m -> at(m.group("h"), 0, m.group("ap"), text));
        collect(all, O_CLOCK, text, m -> at(m.group("h"), 0, null, text));
        collect(all, PREFIXED, text, m -> at(m.group("h"), 0, null, text));
        collect(all, CONCLUDED, text, m -> at(m.group("h"), 0, null, text));
        collect(all, WELCOMED, text, m -> at(m.group("h"), 0, null, text));
        all.sort(Comparator.comparingInt(Found::start));
        return all;
    }

    /** All times, bare hours included; for words that answer a question for a time. */
    static List<Found<LocalTime>> findAllWhenAsked(Words words) {
        List<Found<LocalTime>> all = new ArrayList<>(findAll(words));
        collect(
                all,
                DIGITS_ALONE,
                words.text(),
                m -> Optional.of(LocalTime.of(Integer.parseInt(m.group("h")), Integer.parseInt(m.group("m")))));
        collect(all, BARE, words.text(), m -> at(m.group("h"), 0, null, words.text()));
        all.sort(Comparator.comparingInt(Found::start));
        return all;
    }

    private interface Reading {
        Optional<LocalTime> of(Matcher matcher);
    }

    private static void collect(List<Found<LocalTime>> all, Pattern pattern, String text, Reading reading) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            reading.of(matcher)
                    .map(time -> new Found<>(time, matcher.start(), matcher.end()))
                    .filter(found -> all.stream().noneMatch(found::overlaps))
                    .ifPresent(all::add);
        }
    }

    private static Optional<LocalTime> pastOrTo(Matcher matcher, String text) {
        String word = matcher.group("m").toLowerCase(Locale.ROOT);
        int minutes = word.endsWith("quarter") ? 15 : minutes(word);
        boolean past = matcher.group("d").toLowerCase(Locale.ROOT).matches("past|after");
        if (minutes > 59) {
            return Optional.empty();
        }
        return at(matcher.group("h"), 0, matcher.group("ap"), text)
                .map(hour -> past ? hour.plusMinutes(minutes) : hour.minusMinutes(minutes));
    }

    private static int minutes(String words) {
        return (int) NumberWords.whole(words.replaceFirst("(?i)^oh\\s+", "")).orElse(0);
    }

    private static Optional<LocalTime> at(String hourWord, int minute, @Nullable String half, String text) {
        int hour = (int) NumberWords.whole(hourWord).orElse(99);
        if (hour > 23) {
            return Optional.empty();
        }
        boolean literal = hour > 12 || hour == 0 || hourWord.startsWith("0");
        return Optional.of(
                LocalTime.of(literal ? hour : onTwelveHours(hour, half, text.toLowerCase(Locale.ROOT)), minute));
    }

    private static int onTwelveHours(int hour, @Nullable String half, String text) {
        String said = half == null ? "" : half.toLowerCase(Locale.ROOT);
        if (said.startsWith("a") && !said.startsWith("at") || said.contains("morning")) {
            return hour % 12;
        }
        if (said.startsWith("p") || said.contains("afternoon") || said.contains("evening")) {
            return hour % 12 + 12;
        }
        if (said.contains("night")) {
            return hour == 12 ? 0 : hour + 12;
        }
        if (text.contains("morning")) {
            return hour;
        }
        boolean late = text.contains("evening") || text.contains("tonight") || text.contains("afternoon");
        return hour <= 7 || late && hour < 12 ? hour + 12 : hour;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
