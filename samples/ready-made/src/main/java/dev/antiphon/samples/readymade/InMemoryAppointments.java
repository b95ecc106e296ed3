package dev.antiphon.samples.readymade;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Appointments for trying: each half hour from nine to five on weekdays, in memory. Thread-safe. */
public final class InMemoryAppointments implements Appointments {
    private static final LocalTime FIRST = LocalTime.of(9, 0);
    private static final LocalTime LAST = LocalTime.of(16, 30);
    private static final int STEP_MINUTES = 30;

    private final Map<String, Appointment> byReference = new LinkedHashMap<>();
    private int made;

    @Override
    public synchronized boolean isFree(LocalDate date, LocalTime time) {
        return free(date).anyMatch(time::equals);
    }

    @Override
    public synchronized List<LocalTime> nearest(LocalDate date, LocalTime wanted, int limit) {
        Comparator<LocalTime> distance =
                Comparator.comparing(time -> Duration.between(wanted, time).abs());
        return free(date)
                .sorted(distance.thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean has(String reference) {
        return byReference.containsKey(reference);
    }

    @Override
    public synchronized Appointment get(String reference) {
        return Optional.ofNullable(byReference.get(reference)).orElseThrow();
    }

    @Override
    public synchronized Appointment book(Wish wanted) {
        requireFree(wanted.date(), wanted.time());
        made++;
        return keep(new Appointment("A" + (100 + made), wanted.date(), wanted.time(), wanted.name()));
    }

    @Override
    public synchronized Appointment move(Move wanted) {
        Appointment old = get(wanted.reference());
        requireFree(wanted.date(), wanted.time());
        return keep(new Appointment(wanted.reference(), wanted.date(), wanted.time(), old.name()));
    }

    @Override
    public synchronized Appointment cancel(String reference) {
        Appointment gone = get(reference);
        byReference.remove(reference);
        return gone;
    }

    /** All that there are, the oldest first. */
    public synchronized List<Appointment> all() {
        return List.copyOf(byReference.values());
    }

    private Appointment keep(Appointment appointment) {
        byReference.put(appointment.reference(), appointment);
        return appointment;
    }

    private void requireFree(LocalDate date, LocalTime time) {
        if (!isFree(date, time)) {
            throw new TimeTaken(nearest(date, time, 3));
        }
    }

    private Stream<LocalTime> free(LocalDate date) {
        boolean open = date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;
        return Stream.iterate(FIRST, time -> !time.isAfter(LAST), time -> time.plusMinutes(STEP_MINUTES))
                .filter(time -> open
                        && byReference.values().stream()
                                .noneMatch(taken -> taken.date().equals(date)
                                        && taken.time().equals(time)));
    }
}
