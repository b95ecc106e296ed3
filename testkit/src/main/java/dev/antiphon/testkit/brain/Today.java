package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the day of the call from a session's instructions: {@code Today is Friday, 2026-11-20.} */
final class Today {
    private static final Pattern LINE =
            Pattern.compile("today is\\s+(?:\\p{L}+,?\\s+)?(\\d{4}-\\d{2}-\\d{2})", Pattern.CASE_INSENSITIVE);

    private Today() {}

    /** The day that the instructions name, else the day of {@code now}. */
    static LocalDate of(String instructions, ZonedDateTime now) {
        Matcher matcher = LINE.matcher(instructions);
        if (!matcher.find()) {
            return now.toLocalDate();
        }
        try {
            return LocalDate.parse(matcher.group(1));
        } catch (DateTimeParseException impossibleDay) {
            return now.toLocalDate();
        }
    }
}
