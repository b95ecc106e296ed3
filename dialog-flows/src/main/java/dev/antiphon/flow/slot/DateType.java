package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A calendar day: ISO first, else common English forms. Today, weekdays, "a week from Monday", "the 12th" and days without a year
 * resolve against the clock, always to the next such day; "yesterday" and "last Friday" are days that are past. "This weekend",
 * "Saturday or Sunday" and "5/12/2026" (day or month first) are unsure; of "next week" or "December" one day is asked for. At most 300 characters are read.
 */
public record DateType() implements SlotType<LocalDate> {
    private static final int LAST_YEAR = 9999;
    /** What a model is told, since it would choose a day itself. */
    private static final String SEVERAL_DAYS = "The words, as in \"next week\", when they leave the day open";

    private static final Pattern WEEKDAY = Pattern.compile("(?i)\\b(mon|tues|wednes|thurs|fri|satur|sun)(day)?\\b");
    private static final List<String> ORDINALS = List.of(
            ("first,second,third,fourth,fifth,sixth,seventh,eighth,ninth,tenth,eleventh,twelfth,thirteenth,fourteenth,fifteenth"
                            + ",sixteenth,seventeenth,eighteenth,nineteenth,twentieth,twenty first,twenty second,twenty third"
                            + ",twenty fourth,twenty fifth,twenty sixth,twenty seventh,twenty eighth,twenty ninth,thirtieth,thirty first")
                    .split(","));
    private static final Pattern ORDINAL_WORD =
            Pattern.compile("(?i)\\b(?:" + String.join("|", ORDINALS.reversed()).replace(" ", "[ -]") + ")\\b");
    private static final Pattern LEAD_IN = Pattern.compile(
            "^(?:(?:on|for|by|let's say|say|maybe|perhaps|how about|what about|make it|it's|am|this coming|sometime) )+");
    private static final Pattern TRAIL = Pattern.compile("(?: please| then| maybe)+$");
    private static final Pattern OF_YEAR = Pattern.compile("(?: of)? (this|next) year$");
    private static final Pattern FIGURES = Pattern.compile("(\\d{1,2})([/.]) ?(\\d{1,2})(?:\\2? ?(\\d{4}))?\\.?");
    private static final Pattern NUMBER = Pattern.compile("(?:the )?\\d{1,2}(?:st|nd|rd|th)?");
    private static final Pattern NUMBER_INSIDE = Pattern.compile("(?:the )?\\b\\d{1,2}(?:st|nd|rd|th)?\\b");
    /** What is said once behind several days. */
    private static final Pattern SPAN = Pattern.compile(
            "(?: (?:of|in))? (?:(?:this|next|the) (?:week|month)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: \\d{4})?)$");

    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([Tt].*)?");
    private static final List<DateTimeFormatter> WITH_YEAR =
            formats("MMMM d uuuu", "MMM d uuuu", "d MMMM uuuu", "d MMM uuuu", "M/d/uuuu", "uuuu/M/d");
    private static final List<DateTimeFormatter> WITHOUT_YEAR = formats("MMMM d", "MMM d", "d MMMM", "d MMM", "M/d");

    @Override
    public Class<LocalDate> valueType() {
        return LocalDate.class;
    }

    @Override
    public Reading<LocalDate> read(String said, ZonedDateTime now) {
        String words = ORDINAL_WORD
                .matcher(Heard.plain(said))
                .replaceAll(word -> String.valueOf(ORDINALS.indexOf(
                                        word.group().toLowerCase(Locale.ROOT).replace('-', ' '))
                                + 1)
                        + "th");
        LocalDate today = now.toLocalDate();
        Optional<LocalDate> day = day(words, today);
        if (day.isPresent() && !isInFigures(words)) {
            return new Reading.Understood<>(day.get());
        }
        String plain = plain(words);
        List<LocalDate> all = isInFigures(words) ? inFigures(words, today) : either(plain, today);
        return all.isEmpty()
                ? several(plain, today)
                : Reading.of(all, new Reading.Unclear<>(Line.of(Phrase.DATE_UNCLEAR), true));
    }

    private static Optional<LocalDate> day(String words, LocalDate today) {
        return iso(words)
                .or(() -> DayWords.read(plain(words), today))
                .or(() -> calendar(words, today).filter(day -> fitsItsWeekday(words, day)))
                .filter(day -> day.getYear() >= 1 && day.getYear() <= LAST_YEAR);
    }

    /** "Saturday or Sunday", "the 3rd or 4th of December", "Monday or Tuesday next week"; none when one of them is no day. */
    private static List<LocalDate> either(String words, LocalDate today) {
        List<String> parts = EitherOr.parts(words);
        if (parts.isEmpty()) {
            return List.of();
        }
        Matcher span = SPAN.matcher(parts.getLast());
        String behind = span.find() ? span.group() : "";
        List<LocalDate> days = new ArrayList<>();
        for (String part : parts) {
            String number = NUMBER.matcher(part).matches()
                    ? NUMBER_INSIDE.matcher(parts.getFirst()).replaceFirst(part)
                    : part;
            Optional<LocalDate> day = (part.endsWith(behind) ? Optional.<LocalDate>empty() : day(part + behind, today))
                    .or(() -> day(part, today))
                    .or(() -> day(number, today));
            if (day.isEmpty()) {
                return List.of();
            }
            days.add(day.get());
        }
        return days;
    }

    private static boolean isInFigures(String words) {
        return FIGURES.matcher(plain(words)).matches();
    }

    /** "5/12/2026" has the month or the day first; with points the day is first. */
    private static List<LocalDate> inFigures(String words, LocalDate today) {
        Matcher figures = FIGURES.matcher(plain(words));
        if (!figures.matches()) {
            return List.of();
        }
        int first = Integer.parseInt(figures.group(1));
        int second = Integer.parseInt(figures.group(3));
        Optional<LocalDate> dayFirst = ofFigures(second, first, figures.group(4), today);
        return figures.group(2).equals(".")
                ? dayFirst.stream().toList()
                : Stream.concat(ofFigures(first, second, figures.group(4), today).stream(), dayFirst.stream())
                        .distinct()
                        .toList();
    }

    private static Optional<LocalDate> ofFigures(int month, int day, @Nullable String year, LocalDate today) {
        return year == null
                ? attempt(() -> MonthDay.of(month, day)).flatMap(each -> upcoming(each, today))
                : attempt(() -> LocalDate.of(Integer.parseInt(year), month, day));
    }

    private static Reading<LocalDate> several(String words, LocalDate today) {
        Optional<LocalDate> example = MonthWords.dayOfSpan(words, today);
        return Reading.of(
                MonthWords.weekend(words, today),
                example.map(day -> new Reading.Unclear<LocalDate>(Line.of(Phrase.DATE_ONE_DAY, "example", day), false))
                        .orElseGet(() -> new Reading.Unclear<>(Line.of(Phrase.DATE_UNCLEAR), true)));
    }

    private static String plain(String words) {
        String spaced = words.toLowerCase(Locale.ROOT)
                .replaceAll("[,.!?;]+(?=\\s|$)", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return TRAIL.matcher(LEAD_IN.matcher(spaced).replaceFirst("")).replaceFirst("");
    }

    @Override
    public String normal(LocalDate value) {
        return value.toString();
    }

    @Override
    public String spoken(LocalDate value, Language language) {
        return language.spoken(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("format", "date").put("description", SEVERAL_DAYS);
        property.putArray("examples").add("2026-11-24").add("next week");
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.DATE_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.DATE_HINT);
    }

    private static Optional<LocalDate> iso(String words) {
        return ISO.matcher(words).matches() ? attempt(() -> LocalDate.parse(words.substring(0, 10))) : Optional.empty();
    }

    private static Optional<LocalDate> calendar(String words, LocalDate today) {
        String dated = OF_YEAR.matcher(plain(words))
                .replaceFirst(year -> " " + (today.getYear() + (year.group(1).equals("next") ? 1 : 0)));
        String plain = dated.replaceAll("(?i)\\b(\\d{1,2})(st|nd|rd|th)\\b", "$1")
                .replaceAll("(?i)\\b(the|of|on|mon|tues|wednes|thurs|fri|satur|sun)(day)?\\b", " ")
                .replaceAll("[,.]", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return parsed(plain, WITH_YEAR)
                .map(LocalDate::from)
                .or(() -> parsed(plain, WITHOUT_YEAR)
                        .flatMap(day -> attempt(() -> MonthDay.from(day)))
                        .flatMap(day -> upcoming(day, today)));
    }

    /** A weekday that is named beside the day must be its own: else nobody knows which of the two was meant. */
    private static boolean fitsItsWeekday(String words, LocalDate day) {
        return WEEKDAY.matcher(words)
                .results()
                .allMatch(named ->
                        day.getDayOfWeek().name().startsWith(named.group(1).toUpperCase(Locale.ROOT)));
    }

    /** This year's or next year's; empty on February 29th when that year has none. */
    private static Optional<LocalDate> upcoming(MonthDay day, LocalDate today) {
        int year = today.getYear() + (day.isBefore(MonthDay.from(today)) ? 1 : 0);
        return day.isValidYear(year) ? Optional.of(day.atYear(year)) : Optional.empty();
    }

    private static Optional<TemporalAccessor> parsed(String words, List<DateTimeFormatter> formats) {
        return formats.stream()
                .flatMap(format -> attempt(() -> format.parse(words)).stream())
                .findFirst();
    }

    private static <V> Optional<V> attempt(Supplier<V> parse) {
        try {
            return Optional.of(parse.get());
        } catch (DateTimeException notThisForm) {
            return Optional.empty();
        }
    }

    private static List<DateTimeFormatter> formats(String... patterns) {
        return Stream.of(patterns)
                .map(pattern -> new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(pattern)
                        .toFormatter(Locale.ENGLISH)
                        .withResolverStyle(pattern.contains("u") ? ResolverStyle.STRICT : ResolverStyle.SMART))
                .toList();
    }
}
