package dev.antiphon.samples.clinic;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;

/** When visits begin: Monday to Friday from 9:00, each half hour, the last one at 16:30. Pure. */
public final class OpeningHours {
    private static final LocalTime FIRST = LocalTime.of(9, 0);
    private static final LocalTime LAST = LocalTime.of(16, 30);
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final List<LocalTime> TIMES = Stream.iterate(
                    FIRST, time -> !time.isAfter(LAST), time -> time.plus(STEP))
            .toList();

    private OpeningHours() {}

    public static boolean openOn(LocalDate date) {
        return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    /** The times at which a visit may begin on that day, earliest first; none when the clinic is closed. */
    static List<LocalTime> timesOn(LocalDate date) {
        return openOn(date) ? TIMES : List.of();
    }
}
