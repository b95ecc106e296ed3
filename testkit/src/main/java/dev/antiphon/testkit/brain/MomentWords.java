package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.brain.TimeWords.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A day and a time of day that belong together.
 *
 * @param date the day, when one was said
 * @param time the time, when one was said
 * @param left the words that neither explains
 */
record MomentWords(Optional<LocalDate> date, Optional<Clock> time, Words left) {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final Pattern OPEN = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}) at (\\d{1,2})(?::(\\d{2}))?");

    /** Finds the day and the time that are meant; bare hours only when {@code asked}, or beside a day. */
    static MomentWords of(Words words, LocalDate today, boolean asked) {
        List<Found<LocalDate>> dates = DateWords.findAll(words, today);
        Optional<Found<LocalDate>> date = Found.meant(dates, words.text());
        Words rest = words;
        for (Found<LocalDate> each : dates) {
            rest = rest.without(each);
        }
        List<Found<Clock>> times =
                TimeWords.clocks(TimeWords.withoutRanges(rest), words.text(), asked || date.isPresent());
        Optional<Found<Clock>> time = Found.meant(times, rest.text());
        Words left = time.isPresent() ? rest.without(time.get()) : rest;
        return new MomentWords(date.map(Found::value), time.map(Found::value), left);
    }

    /** The same, where the likelier half of the day is meant. */
    MomentWords guessed() {
        return new MomentWords(date, time.map(clock -> new Clock(clock.time(), false)), left);
    }

    /**
     * The moment in ISO 8601 without a zone, or as in {@code 2026-11-24 at 7} when the half of the day is open; empty when the day
     * or the time was not said.
     */
    Optional<String> whole() {
        return date.flatMap(day -> time.map(clock -> written(day, clock)));
    }

    private static String written(LocalDate day, Clock clock) {
        return clock.open() ? day + " at " + clock.said() : ISO.format(day.atTime(clock.time()));
    }

    /** "Make it four": what was not said is taken from the moment that is known; else what was said alone. */
    Optional<String> completedBy(String known) {
        Optional<MomentWords> before = date.isPresent() || time.isPresent() ? moment(known) : Optional.empty();
        return before.flatMap(old -> new MomentWords(date.or(old::date), time.or(old::time), left).whole())
                .or(this::whole)
                .or(() -> date.map(LocalDate::toString))
                .or(() -> time.map(Clock::said));
    }

    private static Optional<MomentWords> moment(String written) {
        Matcher open = OPEN.matcher(written);
        try {
            LocalDateTime moment = open.matches()
                    ? LocalDate.parse(open.group(1))
                            .atTime(
                                    Integer.parseInt(open.group(2)),
                                    Integer.parseInt(
                                            Optional.ofNullable(open.group(3)).orElse("0")))
                    : LocalDateTime.parse(written);
            return Optional.of(new MomentWords(
                    Optional.of(moment.toLocalDate()),
                    Optional.of(new Clock(moment.toLocalTime(), open.matches())),
                    Words.of("")));
        } catch (DateTimeException noMoment) {
            return Optional.empty();
        }
    }
}
