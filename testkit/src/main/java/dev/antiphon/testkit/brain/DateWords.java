package dev.antiphon.testkit.brain;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.natty.DateGroup;
import org.natty.Parser;

/**
 * Finds days in words and resolves them against the day of the call. A day of the week is the next such day after today, "next"
 * or not; weeks begin on Monday; a day and month that have passed this year are next year's. The natty library resolves other
 * relative phrases and holidays.
 */
final class DateWords {
    static final String WEEKDAY =
            "(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mon|tues?|weds?|thu(?:rs?)?|fri)";
    private static final String MONTH =
            "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
                    + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String DAY = "(?:" + NumberWords.ORDINAL + "|\\d{1,2})";
    private static final String COUNT =
            "(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|\\d{1,3})";
    private static final String YEAR = "(?:,?\\s+(?<year>\\d{4})\\b)?";

    private static final Pattern ISO = pattern("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
    private static final Pattern SLASHED = pattern("\\b(\\d{1,2})/(\\d{1,2})(?:/(\\d{2}|\\d{4}))?\\b");
    private static final Pattern DOTTED = pattern("(?<!\\bat\\s)\\b(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|\\d{2})?(?!\\d)");
    private static final Pattern DAY_MONTH = pattern("\\b(?:" + WEEKDAY + ",?\\s+)?(?:the\\s+)?(?<day>" + DAY
            + ")\\s+(?:of\\s+)?(?<month>" + MONTH + ")(?![\\p{L}])" + YEAR);
    private static final Pattern MONTH_DAY = pattern(
            "\\b(?:" + WEEKDAY + ",?\\s+)?(?<month>" + MONTH + ")\\s+(?:the\\s+)?(?<day>" + DAY + ")\\b(?!:)" + YEAR);
    private static final String WEEK = "(?:(?:next|this)\\s+week|(?:in\\s+)?the\\s+week\\s+after\\s+next)";
    private static final Pattern WEEKDAY_OF_WEEK = pattern("\\b(?:(?<a>" + WEEKDAY + ")(?:\\s+of)?\\s+(?<w1>" + WEEK
            + ")|(?<w2>" + WEEK + "),?\\s+(?:on\\s+)?(?<b>" + WEEKDAY + "))\\b");
    private static final Pattern NTH_OF_MONTH =
            pattern("\\b(?:the\\s+)?(?<n>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))\\s+(?<w>" + WEEKDAY
                    + ")\\s+(?:in|of)\\s+(?<month>" + MONTH + "|next\\s+month|this\\s+month)(?![\\p{L}])" + YEAR);
    private static final Pattern COUNTED_FROM = pattern("\\b(?<n>" + COUNT
            + ")\\s+(?<unit>day|week|month)s?\\s+(?:from|after|on)\\s+(?<base>today|now|tomorrow|" + WEEKDAY + ")\\b");
    private static final Pattern COMING_WEEKDAY =
            pattern("\\b(?:(?:(?:the|this)\\s+)?(?:next|coming|following)\\s+|(?<this>this\\s+))?(?<w>" + WEEKDAY
                    + ")(?<later>\\s+(?:after\\s+next|week))?\\b");
    private static final Pattern DAY_OF_MONTH = pattern("\\b(?:" + WEEKDAY + ",?\\s+)?the\\s+(?<day>"
            + NumberWords.ORDINAL + ")\\b(?!\\s+(?:one|option|slot|time|choice|alternative|appointment|of|available))");
    private static final Pattern RELATIVE = pattern(
            "\\b(?:" + "(?:the\\s+)?day\\s+after\\s+tomorrow"
                    + "|in\\s+" + COUNT + "\\s+(?:days?|weeks?|months?)(?:'?\\s+time)?"
                    + "|tomorrow|today|tonight|this\\s+(?:morning|afternoon|evening)"
                    + "|christmas(?:\\s+(?:eve|day))?|new\\s+year's\\s+(?:eve|day)|thanksgiving|halloween|valentine's\\s+day)\\b");

    private static final Pattern SPAN =
            pattern("\\b(?:(?:some\\s?(?:time|day)|any\\s?(?:time|day)|one\\s+day|in|during|early|late|later"
                    + "|(?:the\\s+)?(?:middle|end|beginning|start)\\s+of)\\s+)*+"
                    + "(?:(?:this|(?:the\\s+)?(?:next|coming|following))\\s+(?:week|weekend|month|year)|the\\s+week\\s+after\\s+next|(?<=\\bof\\s{1,3})the\\s+(?:week|month|year)|at\\s+the\\s+weekend"
                    + "|(?<=\\b(?:in|early|late|of)\\s{1,3})" + MONTH + "|mid[\\s-]+" + MONTH + ")(?![\\p{L}])");
    private static final Pattern ABSENT = pattern(
            "\\b(?:away|busy|abroad|gone|on\\s+(?:holiday|vacation|leave)|out\\s+of\\s+town|not\\s+here|isn't|can't|cannot|won't|not)\\b");

    private DateWords() {}

    /** Several days of which none is named, in the caller's words: "next week"; none where the caller tells when they cannot. */
    static List<Found<String>> spans(Words words) {
        return ABSENT.matcher(words.text()).find()
                ? List.of()
                : SPAN.matcher(words.text())
                        .results()
                        .map(span -> new Found<>(span.group(), span.start(), span.end()))
                        .toList();
    }

    /** All days in the words, in order. */
    static List<Found<LocalDate>> findAll(Words words, LocalDate today) {
        List<Found<LocalDate>> all = new ArrayList<>();
        String text = words.text();
        collect(all, ISO, text, m -> day(m.group(1), m.group(2), m.group(3)));
        collect(all, SLASHED, text, m -> numeric(m.group(1), m.group(2), m.group(3), today));
        collect(all, DOTTED, text, m -> numeric(m.group(2), m.group(1), m.group(3), today));
        collect(all, DAY_MONTH, text, m -> ofMonth(m, today));
        collect(all, MONTH_DAY, text, m -> ofMonth(m, today));
        collect(all, WEEKDAY_OF_WEEK, text, m -> ofWeek(m, today));
        collect(all, NTH_OF_MONTH, text, m -> nthOfMonth(m, today));
        collect(all, COUNTED_FROM, text, m -> Optional.of(countedFrom(m, today)));
        collect(all, DAY_OF_MONTH, text, m -> dayOfMonth(m.group("day"), today));
        collect(all, COMING_WEEKDAY, text, m -> Optional.of(comingWeekday(m, today)));
        collect(all, RELATIVE, text, m -> relative(m.group(), today));
        all.sort(Comparator.comparingInt(Found::start));
        return all;
    }

    /** Digits that only a date is written with, so that they are not taken for a phone number or a time. */
    static List<Found<LocalDate>> numericOnly(Words words, LocalDate today) {
        List<Found<LocalDate>> all = new ArrayList<>();
        collect(all, ISO, words.text(), m -> day(m.group(1), m.group(2), m.group(3)));
        collect(all, SLASHED, words.text(), m -> numeric(m.group(1), m.group(2), m.group(3), today));
        collect(all, DOTTED, words.text(), m -> numeric(m.group(2), m.group(1), m.group(3), today));
        return all;
    }

    /** "From Friday to Sunday": each day is meant on or after the one before it. */
    static List<Found<LocalDate>> inOrder(List<Found<LocalDate>> found, Words words) {
        List<Found<LocalDate>> ordered = new ArrayList<>();
        for (Found<LocalDate> day : found) {
            boolean early =
                    !ordered.isEmpty() && day.value().isBefore(ordered.getLast().value());
            ordered.add(early ? counted(day, words, ordered.getLast().value()) : day);
        }
        return ordered;
    }

    private static Found<LocalDate> counted(Found<LocalDate> day, Words words, LocalDate from) {
        Words itself = Words.of(words.text().substring(day.start(), day.end()));
        return findAll(itself, from).stream()
                .findFirst()
                .map(later -> new Found<>(later.value(), day.start(), day.end()))
                .orElse(day);
    }

    private interface Reading {
        Optional<LocalDate> of(Matcher matcher);
    }

    private static void collect(List<Found<LocalDate>> all, Pattern pattern, String text, Reading reading) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            reading.of(matcher)
                    .map(day -> new Found<>(day, matcher.start(), matcher.end()))
                    .filter(found -> all.stream().noneMatch(found::overlaps))
                    .ifPresent(all::add);
        }
    }

    private static Optional<LocalDate> day(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("NullAway") // an absent group is null
    private static Optional<LocalDate> numeric(String month, String day, String year, LocalDate today) {
        if (year != null) {
            return day(year.length() == 2 ? "20" + year : year, month, day);
        }
        return day(String.valueOf(today.getYear()), month, day).map(found -> upcoming(found, today));
    }

    private static Optional<LocalDate> ofMonth(Matcher matcher, LocalDate today) {
        int day = NumberWords.ordinal(matcher.group("day"));
        String year = matcher.group("year");
        String month = matcher.group("month").replace(".", "").toLowerCase(Locale.ROOT);
        return natty(month.substring(0, 3) + " " + day + (year == null ? "" : " " + year), today)
                .filter(found -> found.getDayOfMonth() == day)
                .map(found -> year == null ? upcoming(found, today) : found);
    }

    private static LocalDate upcoming(LocalDate day, LocalDate today) {
        return day.isBefore(today) ? day.plusYears(1) : day;
    }

    /** Weeks begin on Monday. */
    private static Optional<LocalDate> ofWeek(Matcher matcher, LocalDate today) {
        boolean weekdayFirst = matcher.group("a") != null;
        DayOfWeek weekday = weekday(matcher.group(weekdayFirst ? "a" : "b"));
        String week = matcher.group(weekdayFirst ? "w1" : "w2").toLowerCase(Locale.ROOT);
        int weeks = week.contains("after") ? 2 : week.startsWith("next") ? 1 : 0;
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return Optional.of(monday.plusWeeks(weeks).with(TemporalAdjusters.nextOrSame(weekday)));
    }

    /** "Tuesday", "next Tuesday" and "the coming Tuesday" are the first one after today; "this Tuesday" may be today. */
    private static LocalDate comingWeekday(Matcher matcher, LocalDate today) {
        DayOfWeek weekday = weekday(matcher.group("w"));
        LocalDate day = today.with(
                matcher.group("this") == null
                        ? TemporalAdjusters.next(weekday)
                        : TemporalAdjusters.nextOrSame(weekday));
        return matcher.group("later") == null ? day : day.plusWeeks(1);
    }

    private static LocalDate countedFrom(Matcher matcher, LocalDate today) {
        String base = matcher.group("base").toLowerCase(Locale.ROOT);
        LocalDate from = switch (base) {
            case "today", "now" -> today;
            case "tomorrow" -> today.plusDays(1);
            default -> today.with(TemporalAdjusters.next(weekday(base)));
        };
        long count = NumberWords.whole(matcher.group("n")).orElse(1);
        return switch (matcher.group("unit").toLowerCase(Locale.ROOT)) {
            case "day" -> from.plusDays(count);
            case "week" -> from.plusWeeks(count);
            default -> from.plusMonths(count);
        };
    }

    @SuppressWarnings("NullAway") // an absent group is null
    private static Optional<LocalDate> nthOfMonth(Matcher matcher, LocalDate today) {
        String month = matcher.group("month").toLowerCase(Locale.ROOT);
        String year = matcher.group("year");
        if (month.endsWith("month")) {
            LocalDate of = today.plusMonths(month.startsWith("next") ? 1 : 0);
            return nth(matcher, of.getYear(), of.getMonthValue());
        }
        int number = MONTHS.indexOf(month.substring(0, 3)) / 3 + 1;
        if (year != null) {
            return nth(matcher, Integer.parseInt(year), number);
        }
        return nth(matcher, today.getYear(), number)
                .filter(day -> !day.isBefore(today))
                .or(() -> nth(matcher, today.getYear() + 1, number));
    }

    private static Optional<LocalDate> nth(Matcher matcher, int year, int month) {
        LocalDate first = LocalDate.of(year, month, 1);
        DayOfWeek weekday = weekday(matcher.group("w"));
        int n = matcher.group("n").equalsIgnoreCase("last") ? -1 : NumberWords.ordinal(matcher.group("n"));
        return Optional.of(first.with(TemporalAdjusters.dayOfWeekInMonth(n, weekday)))
                .filter(day -> day.getMonthValue() == month);
    }

    private static DayOfWeek weekday(String word) {
        String start = word.toUpperCase(Locale.ROOT).substring(0, 3);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(start)) {
                return day;
            }
        }
        throw new IllegalArgumentException("a weekday must start like Monday to Sunday, but was '" + word + "'");
    }

    private static Optional<LocalDate> dayOfMonth(String ordinal, LocalDate today) {
        int day = NumberWords.ordinal(ordinal);
        for (int months = 0; months < 3; months++) {
            LocalDate month = today.plusMonths(months).withDayOfMonth(1);
            if (day >= 1 && day <= month.lengthOfMonth()) {
                LocalDate found = month.withDayOfMonth(day);
                if (!found.isBefore(today)) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> relative(String phrase, LocalDate today) {
        String plain = phrase.toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .replaceFirst("(?:'? time)$", "")
                .replaceFirst("^in an? ", "in one ")
                .replaceFirst("^this (?:morning|afternoon|evening)$|^tonight$", "today");
        return natty(plain, today);
    }

    /** Asks the library; at noon in UTC, so that no zone can move the day. */
    private static Optional<LocalDate> natty(String phrase, LocalDate today) {
        Date noon = Date.from(today.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
        List<DateGroup> groups = new Parser(TimeZone.getTimeZone("UTC")).parse(phrase, noon);
        return groups.stream()
                .filter(group -> !group.isDateInferred())
                .flatMap(group -> group.getDates().stream())
                .findFirst()
                .map(date -> date.toInstant().atZone(ZoneOffset.UTC).toLocalDate());
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
