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
            "(?<![\\d.,:/$#+-])(?<!\\b(?:the|that|this|first|second|third|last|any|which|other|another|earlier|later|earliest|latest|middle|same|next|for|no)\\s)\\b(?<h>"
                    + HOUR + ")\\b(?![:.]\\d|/|\\s*(?:st|nd|rd|th)\\b|-\\d)" + NOT_A_COUNT);

    private static final Pattern BEFORE_A_TIME = pattern("(?:\\b(?:at|around|about|by)|@)\\s+$");

    /** Four digits alone, where a time was asked for: "1500". */
    private static final Pattern DIGITS_ALONE = pattern("^\\W*(?<h>[01]\\d|2[0-3])(?<m>[0-5]\\d)\\W*$");

    /** "Between two and four": a wish for some time in between, which is neither. */
    private static final Pattern BETWEEN =
            pattern("\\bbetween\\s+" + HOUR + "\\b(?:[:.][0-5]\\d)?" + HALF_OF_DAY.replace("?<ap>", "?:")
                    + "?\\s+and\\s+" + HOUR + "\\b(?:[:.][0-5]\\d)?" + HALF_OF_DAY.replace("?<ap>", "?:") + "?");

    private static final Pattern MORNING = pattern("(?<!\\bgood )\\bmorning\\b");
    private static final Pattern LATE =
            pattern("(?<!\\bgood )\\b(?:evening|afternoon)\\b|\\btonight\\b|\\b(?:tomorrow|day) night\\b");

    /**
     * A time of day as it was said.
     *
     * @param time what it most likely means
     * @param open whether nothing says which half of the day is meant
     */
    record Clock(LocalTime time, boolean open) {
        /** The hour alone where the half of the day is open ({@code 7}, {@code 7:30}), else in 24 hours. */
        String said() {
            int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
            return !open
                    ? String.format(Locale.ROOT, "%02d:%02d", time.getHour(), time.getMinute())
                    : time.getMinute() == 0
                            ? String.valueOf(hour)
                            : String.format(Locale.ROOT, "%d:%02d", hour, time.getMinute());
        }

        private Clock at(LocalTime other) {
            return new Clock(other, open);
        }
    }

    private TimeWords() {}

    /** Times in words that are no part of a run of digits: "six oh five" only behind an "at". */
    static List<Found<LocalTime>> apartFromDigits(Words words) {
        List<Found<LocalTime>> sure = unmistakable(words);
        return findAll(words).stream()
                .filter(found -> sure.contains(found)
                        || BEFORE_A_TIME
                                .matcher(words.text().substring(0, found.start()))
                                .find())
                .toList();
    }

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
        return times(clocks(words, words.text(), false));
    }

    /** All times, bare hours included; for words that answer a question for a time. */
    static List<Found<LocalTime>> findAllWhenAsked(Words words) {
        return times(clocks(words, words.text(), true));
    }

    private static List<Found<LocalTime>> times(List<Found<Clock>> clocks) {
        return clocks.stream()
                .map(found -> new Found<>(found.value().time(), found.start(), found.end()))
                .toList();
    }

    /** The words without times between which any would do. */
    static Words withoutRanges(Words words) {
        Words left = words;
        Matcher matcher = BETWEEN.matcher(words.text());
        while (matcher.find()) {
            left = left.without(matcher.start(), matcher.end());
        }
        return left;
    }

    /**
     * All times.
     *
     * @param said everything that was said, which may tell the half of the day
     * @param asked whether bare hours are times, too
     */
    static List<Found<Clock>> clocks(Words words, String said, boolean asked) {
        List<Found<Clock>> all = new ArrayList<>();
        String text = words.text();
        collect(all, NAMED, text, m -> named(m.group(1)));
        collect(all, HALF_PAST, text, m -> at(m.group("h"), 30, m.group("ap"), said));
        collect(all, PAST_OR_TO, text, m -> pastOrTo(m, said));
        collect(
                all,
                CLOCK,
                text,
                m -> at(m.group("h"), Integer.parseInt(m.group("m")), m.group("ap"), said)
                        .map(clock -> new Clock(
                                clock.time(), clock.open() && m.group("h").length() == 1)));
        collect(all, SPOKEN_MINUTES, text, m -> at(m.group("h"), minutes(m.group("m")), m.group("ap"), said));
        collect(all, HOUR_WITH_HALF, text, m -> at(m.group("h"), 0, m.group("ap"), said));
        for (Pattern hour : List.of(O_CLOCK, PREFIXED, CONCLUDED, WELCOMED)) {
            collect(all, hour, text, m -> at(m.group("h"), 0, null, said));
        }
        if (asked) {
            collect(
                    all,
                    DIGITS_ALONE,
                    text,
                    m -> Optional.of(new Clock(
                            LocalTime.of(Integer.parseInt(m.group("h")), Integer.parseInt(m.group("m"))), false)));
            collect(all, BARE, text, m -> at(m.group("h"), 0, null, said));
        }
        all.sort(Comparator.comparingInt(Found::start));
        return all;
    }

    private static Optional<Clock> named(String word) {
        return Optional.of(new Clock(word.equalsIgnoreCase("midnight") ? LocalTime.MIDNIGHT : LocalTime.NOON, false));
    }

    private interface Reading {
        Optional<Clock> of(Matcher matcher);
    }

    private static void collect(List<Found<Clock>> all, Pattern pattern, String text, Reading reading) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            reading.of(matcher)
                    .map(time -> new Found<>(time, matcher.start(), matcher.end()))
                    .filter(found -> all.stream().noneMatch(found::overlaps))
                    .ifPresent(all::add);
        }
    }

    private static Optional<Clock> pastOrTo(Matcher matcher, String said) {
        String word = matcher.group("m").toLowerCase(Locale.ROOT);
        int minutes = word.endsWith("quarter") ? 15 : minutes(word);
        boolean past = matcher.group("d").toLowerCase(Locale.ROOT).matches("past|after");
        if (minutes > 59) {
            return Optional.empty();
        }
        return at(matcher.group("h"), 0, matcher.group("ap"), said)
                .map(hour -> hour.at(
                        past ? hour.time().plusMinutes(minutes) : hour.time().minusMinutes(minutes)));
    }

    private static int minutes(String words) {
        return (int) NumberWords.whole(words.replaceFirst("(?i)^oh\\s+", "")).orElse(0);
    }

    private static Optional<Clock> at(String hourWord, int minute, @Nullable String half, String said) {
        int hour = (int) NumberWords.whole(hourWord).orElse(99);
        if (hour > 23) {
            return Optional.empty();
        }
        boolean literal = hour >= 12 || hour == 0 || hourWord.startsWith("0");
        boolean open = !literal
                && half == null
                && !MORNING.matcher(said).find()
                && !LATE.matcher(said).find();
        LocalTime time = LocalTime.of(literal && hour != 12 ? hour : onTwelveHours(hour, half, said), minute);
        return Optional.of(new Clock(time, open));
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
        if (MORNING.matcher(text).find()) {
            return hour;
        }
        return hour <= 7 || LATE.matcher(text).find() && hour < 12 ? hour + 12 : hour;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
