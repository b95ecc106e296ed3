package dev.antiphon.tool;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/** Dates and times as people say them: without the offset that JSON Schema's own {@code time} demands. */
enum LocalFormat implements Format {
    DATE("date", "a date like 2026-11-20"),
    TIME("time", "a time like 15:30"),
    DATE_TIME("date-time", "a date and time like 2026-11-20T15:30");

    private final String keyword;
    private final String example;

    LocalFormat(String keyword, String example) {
        this.keyword = keyword;
        this.example = example;
    }

    @Override
    public String getName() {
        return keyword;
    }

    /** For the model: what a value of this JSON Schema format looks like; {@code local} dates and times have no offset. */
    static String exampleOf(String format, boolean local) {
        return switch (format) {
            case "date" -> DATE.example;
            case "time" -> local ? TIME.example : "a time with its offset like 15:30:00Z";
            case "date-time" -> local ? DATE_TIME.example : "a date and time with its offset like 2026-11-20T15:30:00Z";
            case "email", "idn-email" -> "an e-mail address";
            case "uuid" -> "a UUID like 123e4567-e89b-12d3-a456-426614174000";
            case "uri", "iri" -> "a web address with its scheme";
            case "hostname", "idn-hostname" -> "the name of a host";
            case "ipv4", "ipv6" -> "an IP address";
            case "duration" -> "a duration like PT30M";
            case "regex" -> "a regular expression";
            default -> "of the format " + format;
        };
    }

    private TemporalAccessor parsed(String value) {
        return switch (this) {
            case DATE -> LocalDate.parse(value);
            case TIME -> LocalTime.parse(value);
            case DATE_TIME -> LocalDateTime.parse(value);
        };
    }

    @Override
    public boolean matches(ExecutionContext context, String value) {
        try {
            return parsed(value).isSupported(this == TIME ? ChronoField.HOUR_OF_DAY : ChronoField.DAY_OF_MONTH);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
