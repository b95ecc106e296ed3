package dev.antiphon.flow;

import dev.antiphon.flow.ReferenceBooking.Booking;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A calendar in memory: half-hour visits from nine to five. */
final class Calendar {
    static final class SlotTaken extends Exception {
        private final transient List<LocalTime> nearest;

        SlotTaken(List<LocalTime> nearest) {
            super("the time is taken");
            this.nearest = List.copyOf(nearest);
        }

        List<LocalTime> nearest() {
            return nearest;
        }
    }

    private record Place(LocalDate date, LocalTime time) {}

    private final Set<Place> taken = new HashSet<>();
    final List<Booking> bookings = new ArrayList<>();

    Calendar take(LocalDate date, LocalTime time) {
        taken.add(new Place(date, time));
        return this;
    }

    boolean isFree(Service service, LocalDate date, LocalTime time) {
        return !taken.contains(new Place(date, time));
    }

    List<LocalTime> nearest(Service service, LocalDate date, LocalTime time, int count) {
        return IntStream.range(0, 17)
                .mapToObj(half -> LocalTime.of(9, 0).plusMinutes(30L * half))
                .filter(candidate -> isFree(service, date, candidate))
                .sorted(Comparator.comparingInt(
                        candidate -> Math.abs(candidate.toSecondOfDay() - time.toSecondOfDay())))
                .limit(count)
                .toList();
    }

    String book(Booking booking) throws SlotTaken {
        if (!isFree(booking.service(), booking.date(), booking.time())) {
            throw new SlotTaken(nearest(booking.service(), booking.date(), booking.time(), 3));
        }
        take(booking.date(), booking.time());
        bookings.add(booking);
        return "A" + bookings.size() + "7";
    }
}
