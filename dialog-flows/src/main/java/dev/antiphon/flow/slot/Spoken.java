package dev.antiphon.flow.slot;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How values sound in English. */
public final class Spoken {
    private Spoken() {}

    /** The words for a value: dates, times, durations, amounts, addresses, enum constants, phone numbers; anything else as text. */
    public static String of(Object value) {
        return switch (value) {
            case LocalDate date -> date(date);
            case LocalTime time -> time(time);
            case Choosable choosable -> choosable.spoken();
            case Enum<?> constant -> enumConstant(constant);
            case ZonedDateTime moment -> date(moment.toLocalDate()) + " at " + time(moment.toLocalTime());
            case Duration duration -> duration(duration);
            case PhoneNumber phone -> phone.spoken();
            case EmailAddress email -> email.spoken();
            case Amount money -> money.spoken();
            case PostalAddress address -> address.spoken();
            case BigDecimal number -> number.toPlainString();
            case Boolean flag -> flag ? "yes" : "no";
            case Optional<?> maybe -> maybe.map(Spoken::of).orElse("none");
            default -> value.toString();
        };
    }

    /** For example {@code Tuesday, November 24th}. */
    static String date(LocalDate date) {
        return date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + ", "
                + date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + ordinal(date.getDayOfMonth());
    }

    /** For example {@code 3 PM}, {@code 9:05 AM}, {@code noon}. */
    static String time(LocalTime time) {
        if (time.equals(LocalTime.NOON)) {
            return "noon";
        }
        if (time.equals(LocalTime.MIDNIGHT)) {
            return "midnight";
        }
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        String minutes = time.getMinute() == 0 ? "" : String.format(Locale.ROOT, ":%02d", time.getMinute());
        return hour + minutes + (time.getHour() < 12 ? " AM" : " PM");
    }

    /** For example {@code 1 day, 2 hours and 30 minutes}. */
    static String duration(Duration duration) {
        List<String> parts = new ArrayList<>();
        counted(parts, duration.toDaysPart(), "day");
        counted(parts, duration.toHoursPart(), "hour");
        counted(parts, duration.toMinutesPart(), "minute");
        counted(parts, duration.toSecondsPart(), "second");
        return parts.isEmpty() ? "0 minutes" : all(parts);
    }

    private static void counted(List<String> parts, long count, String unit) {
        if (count != 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }

    /** Words without what only machines read: control characters, brackets of markup and templates, repeated quotes. */
    static String plain(String words) {
        return words.replaceAll("\\p{Cf}+", "")
                .replaceAll("[\\p{Cc}<>{}\\[\\]|`\\\\]+", " ")
                .replaceAll("\"{2,}", "\"")
                .replaceAll(" +", " ")
                .strip();
    }

    /** For example {@code S M I T H}: letters and digits one by one, a comma between words. */
    public static String spelled(Object value) {
        return Spelling.letters(value.toString().replaceAll("[\\-_]+", " "));
    }

    /** For example {@code 2 PM, 2:30 PM or 4 PM}. */
    public static String either(List<String> options) {
        return list(options, " or ");
    }

    /** For example {@code the date and the time}. */
    public static String all(List<String> parts) {
        return list(parts, " and ");
    }

    private static String list(List<String> parts, String last) {
        int size = parts.size();
        return size < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, size - 1)) + last + parts.get(size - 1);
    }

    /** The first letter in upper case. */
    public static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String enumConstant(Enum<?> constant) {
        String text = constant.toString();
        return text.equals(constant.name()) ? text.toLowerCase(Locale.ROOT).replace('_', ' ') : text;
    }

    private static String ordinal(int day) {
        if (day >= 11 && day <= 13) {
            return day + "th";
        }
        return day
                + switch (day % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }
}
