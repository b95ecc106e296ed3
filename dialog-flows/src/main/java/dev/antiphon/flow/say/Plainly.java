package dev.antiphon.flow.say;

import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.StringJoiner;

/** Counts and lengths of time in English, for messages to authors: {@code 1 slot}, {@code 20 days}, {@code 1.5 seconds}. */
public final class Plainly {
    private Plainly() {}

    /** So many of something, for example {@code 1 slot} or {@code 3 slots}; the plural has an s. */
    public static String count(long number, String noun) {
        return number + " " + noun + (Math.abs(number) == 1 ? "" : "s");
    }

    /** A length of days, for example {@code 20 days} or {@code 1 year and 2 months}. */
    public static String time(Period period) {
        StringJoiner parts = new StringJoiner(" and ");
        add(parts, period.getYears(), "year");
        add(parts, period.getMonths(), "month");
        if (period.getDays() != 0 || period.isZero()) {
            parts.add(count(period.getDays(), "day"));
        }
        return parts.toString();
    }

    /** A length of time, for example {@code 8 seconds}, {@code 0.9 seconds} or {@code 1 hour and 30 minutes}. */
    public static String time(Duration duration) {
        StringJoiner parts = new StringJoiner(" and ");
        add(parts, duration.toHours(), "hour");
        add(parts, duration.toMinutesPart(), "minute");
        long millis = duration.toMillis() % 60_000;
        if (millis % 1000 != 0) {
            parts.add(String.format(Locale.ROOT, "%.3f", millis / 1000.0).replaceFirst("0+$", "") + " seconds");
        } else if (millis != 0 || duration.toMillis() == 0) {
            parts.add(count(millis / 1000, "second"));
        }
        return parts.toString();
    }

    private static void add(StringJoiner parts, long number, String noun) {
        if (number != 0) {
            parts.add(count(number, noun));
        }
    }
}
