package dev.antiphon.flow.slot;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads a day by its place in a month, and spans of several days: the 12th, the first Monday of next month; next week. */
final class MonthWords {
    private static final int DAYS_OF_MONTHS_TO_LOOK_AT = 4;
    private static final String MONTH = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
            + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    private static final Pattern DAY = Pattern.compile("(?:" + DayWords.WEEKDAY
            + " )?(?:(?:the )?(\\d{1,2})(?:st|nd|rd|th)|the (\\d{1,2}))(?: (?:of )?(the|this|next) month)?");
    private static final Pattern WEEKDAY_OF_MONTH = Pattern.compile("(?:the )?(?:([1-5])(?:st|nd|rd|th)|last) (?:(day)|"
            + DayWords.WEEKDAY + ") (?:of|in) (?:(the|this|next) month|" + MONTH + "(?: (\\d{4}))?)");
    private static final Pattern PART =
            Pattern.compile("^(?:(?:(?:a|any|one|some) ?(?:day|time)|early|late|later|mid|at"
                    + "|(?:the )?(?:middle|end|beginning|start) of|towards|during|in)[ -])+");
    private static final Pattern LATE = Pattern.compile("late|end of");
    private static final Pattern MIDDLE = Pattern.compile("mid");
    private static final Pattern WEEK =
            Pattern.compile("(?:the )?(this|next|coming|following) week|(diese|nächste|kommende) woche");
    private static final Pattern MONTH_SPAN =
            Pattern.compile("(?:the )?(this|next|coming|following) month|(diesen|nächsten|kommenden) monat");
    private static final Pattern NAMED_MONTH = Pattern.compile(MONTH + "(?: (\\d{4}|this year|next year))?");
    private static final List<String> WEEKENDS =
            List.of("weekend", "the weekend", "this weekend", "at the weekend", "the coming weekend", "am wochenende");

    private MonthWords() {}

    /** The day that plain words in lower case with ordinals in figures are; empty when they are no such day. */
    static Optional<LocalDate> day(String words, LocalDate today) {
        Matcher day = DAY.matcher(words);
        if (day.matches()) {
            int number = Integer.parseInt(Optional.ofNullable(day.group(2)).orElseGet(() -> day.group(3)));
            return dayOfMonth(number, Optional.ofNullable(day.group(4)).orElse("the"), today)
                    .filter(found -> day.group(1) == null
                            || DayWords.weekday(day.group(1)).equals(Optional.of(found.getDayOfWeek())));
        }
        Matcher ofMonth = WEEKDAY_OF_MONTH.matcher(words);
        return ofMonth.matches() ? weekdayOfMonth(ofMonth, today) : Optional.empty();
    }

    /** The next such day from today on, unless the month was said. */
    private static Optional<LocalDate> dayOfMonth(int number, String month, LocalDate today) {
        YearMonth present = YearMonth.from(today);
        return switch (month) {
            case "this" -> dayOf(present, number);
            case "next" -> dayOf(present.plusMonths(1), number);
            default ->
                IntStream.range(0, DAYS_OF_MONTHS_TO_LOOK_AT)
                        .mapToObj(ahead -> dayOf(present.plusMonths(ahead), number))
                        .flatMap(Optional::stream)
                        .filter(day -> !day.isBefore(today))
                        .findFirst();
        };
    }

    private static Optional<LocalDate> dayOf(YearMonth month, int number) {
        return number >= 1 && month.isValidDay(number) ? Optional.of(month.atDay(number)) : Optional.empty();
    }

    private static Optional<LocalDate> weekdayOfMonth(Matcher words, LocalDate today) {
        YearMonth present = YearMonth.from(today);
        if (words.group(5) != null) {
            Month month = month(words.group(5));
            Optional<YearMonth> ofYear =
                    Optional.ofNullable(words.group(6)).map(year -> YearMonth.of(Integer.parseInt(year), month));
            YearMonth thisYear = YearMonth.of(today.getYear(), month);
            return ofYear.map(said -> weekdayOf(said, words))
                    .orElseGet(() -> weekdayOf(thisYear, words)
                            .filter(day -> !day.isBefore(today))
                            .or(() -> weekdayOf(thisYear.plusYears(1), words)));
        }
        return switch (words.group(4)) {
            case "this" -> weekdayOf(present, words);
            case "next" -> weekdayOf(present.plusMonths(1), words);
            default ->
                weekdayOf(present, words)
                        .filter(day -> !day.isBefore(today))
                        .or(() -> weekdayOf(present.plusMonths(1), words));
        };
    }

    private static Optional<LocalDate> weekdayOf(YearMonth month, Matcher words) {
        Optional<Integer> place = Optional.ofNullable(words.group(1)).map(Integer::valueOf);
        if (words.group(2) != null) {
            return place.isPresent() ? dayOf(month, place.get()) : Optional.of(month.atEndOfMonth());
        }
        return DayWords.weekday(words.group(3))
                .map(day -> month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(place.orElse(-1), day)))
                .filter(day -> YearMonth.from(day).equals(month));
    }

    /** Saturday and Sunday of the weekend that was said, those that are not past; none when no weekend was said. */
    static List<LocalDate> weekend(String words, LocalDate today) {
        if (!WEEKENDS.contains(words)) {
            return List.of();
        }
        LocalDate sunday = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
        return Stream.of(sunday.minusDays(1), sunday)
                .filter(day -> !day.isBefore(today))
                .toList();
    }

    /** A day in the week, weekend, month or year, or in the part of it, that was said, to ask for one; empty when no such span was said. */
    static Optional<LocalDate> dayOfSpan(String words, LocalDate today) {
        Matcher part = PART.matcher(words);
        String place = part.find() ? part.group() : "";
        return span(part.replaceFirst(""), today).map(span -> span.day(place, today.plusDays(1)));
    }

    private static Optional<Span> span(String span, LocalDate today) {
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Matcher week = WEEK.matcher(span);
        Matcher month = MONTH_SPAN.matcher(span);
        Matcher named = NAMED_MONTH.matcher(span);
        if (week.matches()) {
            return Optional.of(Span.week(isThis(week) ? monday : monday.plusWeeks(1)));
        } else if (month.matches()) {
            return Optional.of(Span.month(isThis(month) ? today : today.plusMonths(1)));
        } else if (named.matches()) {
            return startOf(named, today).map(Span::month);
        }
        return switch (span) {
            case "the week after next" -> Optional.of(Span.week(monday.plusWeeks(2)));
            case "the week" -> Optional.of(Span.week(monday));
            case "next weekend", "the next weekend" -> {
                LocalDate saturday = today.with(TemporalAdjusters.next(DayOfWeek.SATURDAY));
                yield Optional.of(new Span(saturday, saturday.plusDays(1)));
            }
            case "the month", "month" -> Optional.of(Span.month(today));
            case "this year", "the year", "year" -> Optional.of(Span.year(today));
            case "next year", "the next year" -> Optional.of(Span.year(today.plusYears(1)));
            default -> Optional.empty();
        };
    }

    /** Days from one to another, both included. */
    private record Span(LocalDate first, LocalDate last) {
        static Span week(LocalDate monday) {
            return new Span(monday, monday.plusDays(6));
        }

        static Span month(LocalDate day) {
            return new Span(day.withDayOfMonth(1), day.with(TemporalAdjusters.lastDayOfMonth()));
        }

        static Span year(LocalDate day) {
            return new Span(day.withDayOfYear(1), day.with(TemporalAdjusters.lastDayOfYear()));
        }

        private long days() {
            return ChronoUnit.DAYS.between(first, last) + 1;
        }

        /** A working day at that place, of a weekend its first day; not before the earliest. */
        LocalDate day(String place, LocalDate earliest) {
            LocalDate begin = first.isBefore(earliest) ? earliest : first;
            if (days() <= 2) {
                return begin;
            }
            if (LATE.matcher(place).find()) {
                LocalDate end = isWeekend(last) ? last.with(TemporalAdjusters.previous(DayOfWeek.FRIDAY)) : last;
                return end.isBefore(begin) ? begin : end;
            }
            LocalDate middle = first.plusDays((days() - 1) / 2);
            LocalDate day = MIDDLE.matcher(place).find() && middle.isAfter(begin) ? middle : begin;
            return isWeekend(day) ? day.with(TemporalAdjusters.next(DayOfWeek.MONDAY)) : day;
        }
    }

    private static boolean isThis(Matcher span) {
        String which = Optional.ofNullable(span.group(1)).orElseGet(() -> span.group(2));
        return which.equals("this") || which.startsWith("diese");
    }

    private static Optional<LocalDate> startOf(Matcher named, LocalDate today) {
        Month month = month(named.group(1));
        String year = Optional.ofNullable(named.group(2)).orElse("");
        YearMonth first = YearMonth.of(today.getYear(), month);
        try {
            return Optional.of(
                    switch (year) {
                        case "" -> (first.isBefore(YearMonth.from(today)) ? first.plusYears(1) : first).atDay(1);
                        case "this year" -> first.atDay(1);
                        case "next year" -> first.plusYears(1).atDay(1);
                        default -> LocalDate.of(Integer.parseInt(year), month, 1);
                    });
        } catch (DateTimeException noYear) {
            return Optional.empty();
        }
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
    }

    private static Month month(String name) {
        return Stream.of(Month.values())
                .filter(month -> month.name().toLowerCase(Locale.ROOT).startsWith(name.substring(0, 3)))
                .findFirst()
                .orElseThrow();
    }
}
