package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * A day and a time of day that belong together.
 *
 * @param date the day, when one was said
 * @param time the time, when one was said
 * @param left the words that neither explains
 */
record MomentWords(Optional<LocalDate> date, Optional<LocalTime> time, Words left) {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    /** Finds the day and the time that are meant; bare hours only when {@code asked}, or beside a day. */
    static MomentWords of(Words words, LocalDate today, boolean asked) {
        List<Found<LocalDate>> dates = DateWords.findAll(words, today);
        Optional<Found<LocalDate>> date = Found.meant(dates, words.text());
        Words rest = words;
        for (Found<LocalDate> each : dates) {
            rest = rest.without(each);
        }
        List<Found<LocalTime>> times =
                TimeWords.clocks(TimeWords.withoutRanges(rest), words.text(), asked || date.isPresent()).stream()
                        .map(found -> new Found<>(found.value().time(), found.start(), found.end()))
                        .toList();
        Optional<Found<LocalTime>> time = Found.meant(times, rest.text());
        Words left = time.isPresent() ? rest.without(time.get()) : rest;
        return new MomentWords(date.map(Found::value), time.map(Found::value), left);
    }

    /** The moment in ISO 8601 without a zone; empty when the day or the time was not said. */
    Optional<String> whole() {
        return date.flatMap(day -> time.map(day::atTime)).map(ISO::format);
    }

    /** "Make it four": what was not said is taken from the moment that is known; else what was said alone. */
    Optional<String> completedBy(String known) {
        Optional<LocalDateTime> before = moment(known);
        return before.isPresent() && (date.isPresent() || time.isPresent())
                ? before.map(old -> ISO.format(date.orElse(old.toLocalDate()).atTime(time.orElse(old.toLocalTime()))))
                : whole().or(() -> date.map(LocalDate::toString)).or(() -> time.map(LocalTime::toString));
    }

    private static Optional<LocalDateTime> moment(String iso) {
        try {
            return Optional.of(LocalDateTime.parse(iso));
        } catch (DateTimeParseException noMoment) {
            return Optional.empty();
        }
    }
}
