package dev.antiphon.flow.slot;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a day that is said by its distance from another one: tomorrow, Friday week, in ten days, Tuesday of next week. */
final class DayWords {
    /** A day of the week, also shortened. */
    static final String WEEKDAY =
            "(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";

    private static final String UNIT = "(days?|weeks?|fortnights?|months?)";
    private static final BigDecimal MOST_AWAY = new BigDecimal(10_000);
    private static final Pattern NAMED =
            Pattern.compile("(?:(this|next|coming|this coming|the coming|last|the) )?" + WEEKDAY);
    private static final Pattern AFTER_NEXT = Pattern.compile("(?:the )?" + WEEKDAY + " after next");
    private static final Pattern AHEAD = Pattern.compile("in (.+?) " + UNIT + "(?:'s?)?(?: time)?");
    private static final Pattern AGO = Pattern.compile("(.+?) " + UNIT + " ago");
    private static final Pattern FROM = Pattern.compile("(?:in )?(.+?) " + UNIT + " (?:from|after|on) (.+)");
    private static final Pattern FROM_NAMED =
            Pattern.compile("(?:in )?(.+?) (weeks?|fortnights?) (today|tomorrow|" + WEEKDAY + ")");
    private static final Pattern WEEK_LATER =
            Pattern.compile("((?:the |this |next )?(?:today|tomorrow|" + WEEKDAY + ")) week");
    private static final String WEEK =
            "(?:(?:the )?(this|next|last|coming|following) week|the week after (next)|in (.+?) weeks)";
    private static final Pattern DAY_OF_WEEK = Pattern.compile(WEEKDAY + "(?: of| in)? " + WEEK);
    private static final Pattern WEEK_AND_DAY = Pattern.compile(WEEK + "(?: on)? " + WEEKDAY);

    private DayWords() {}

    /** The day that plain words in lower case are, seen from today; empty when they are no such day. */
    static Optional<LocalDate> read(String words, LocalDate today) {
        return switch (words) {
            case "today", "now", "heute" -> Optional.of(today);
            case "tomorrow", "morgen" -> Optional.of(today.plusDays(1));
            case "day after tomorrow", "the day after tomorrow", "übermorgen" -> Optional.of(today.plusDays(2));
            case "yesterday", "gestern" -> Optional.of(today.minusDays(1));
            case "day before yesterday", "the day before yesterday", "vorgestern" -> Optional.of(today.minusDays(2));
            default ->
                named(words, today)
                        .or(() -> ofAWeek(words, today))
                        .or(() -> away(words, today))
                        .or(() -> MonthWords.day(words, today));
        };
    }

    /** The day of the week of a name or its beginning. */
    static Optional<DayOfWeek> weekday(String name) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().toLowerCase(Locale.ROOT).startsWith(name))
                .findFirst();
    }

    private static Optional<LocalDate> named(String words, LocalDate today) {
        Matcher named = NAMED.matcher(words);
        if (named.matches()) {
            boolean past = "last".equals(named.group(1));
            return weekday(named.group(2))
                    .map(day -> today.with(past ? TemporalAdjusters.previous(day) : TemporalAdjusters.next(day)));
        }
        Matcher after = AFTER_NEXT.matcher(words);
        return after.matches()
                ? weekday(after.group(1))
                        .map(day -> today.with(TemporalAdjusters.next(day)).plusWeeks(1))
                : Optional.empty();
    }

    /** Weeks begin on Monday. */
    private static Optional<LocalDate> ofAWeek(String words, LocalDate today) {
        Matcher before = DAY_OF_WEEK.matcher(words);
        if (before.matches()) {
            return ofAWeek(before.group(1), before.group(2), before.group(3), before.group(4), today);
        }
        Matcher behind = WEEK_AND_DAY.matcher(words);
        return behind.matches()
                ? ofAWeek(behind.group(4), behind.group(1), behind.group(2), behind.group(3), today)
                : Optional.empty();
    }

    private static Optional<LocalDate> ofAWeek(
            String name, String which, String afterNext, String weeks, LocalDate today) {
        Optional<Long> distance = weeks != null
                ? count(weeks)
                : Optional.of(
                        afterNext != null
                                ? 2L
                                : switch (which) {
                                    case "this" -> 0L;
                                    case "last" -> -1L;
                                    default -> 1L;
                                });
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return weekday(name)
                .flatMap(day -> distance.map(count -> monday.plusWeeks(count).with(TemporalAdjusters.nextOrSame(day))));
    }

    private static Optional<LocalDate> away(String words, LocalDate today) {
        Matcher ahead = AHEAD.matcher(words);
        if (ahead.matches()) {
            return moved(today, ahead.group(1), ahead.group(2), 1);
        }
        Matcher ago = AGO.matcher(words);
        if (ago.matches()) {
            return moved(today, ago.group(1), ago.group(2), -1);
        }
        Matcher later = WEEK_LATER.matcher(words);
        if (later.matches()) {
            return read(later.group(1), today).map(day -> day.plusWeeks(1));
        }
        Matcher from = FROM.matcher(words);
        Matcher fromNamed = FROM_NAMED.matcher(words);
        Matcher counted = from.matches() ? from : fromNamed;
        return counted.matches()
                ? read(counted.group(3), today).flatMap(day -> moved(day, counted.group(1), counted.group(2), 1))
                : Optional.empty();
    }

    private static Optional<LocalDate> moved(LocalDate from, String count, String unit, int sign) {
        return count(count).map(number -> sign * number).map(number -> switch (unit.charAt(0)) {
            case 'd' -> from.plusDays(number);
            case 'w' -> from.plusWeeks(number);
            case 'f' -> from.plusWeeks(2 * number);
            default -> from.plusMonths(number);
        });
    }

    private static Optional<Long> count(String words) {
        Optional<BigDecimal> number = switch (words) {
            case "a", "an", "one more" -> Optional.of(BigDecimal.ONE);
            case "a couple of", "couple of" -> Optional.of(BigDecimal.TWO);
            default -> NumberWords.read(words);
        };
        return number.filter(each ->
                        each.stripTrailingZeros().scale() <= 0 && each.signum() >= 0 && each.compareTo(MOST_AWAY) <= 0)
                .map(BigDecimal::longValueExact);
    }
}
