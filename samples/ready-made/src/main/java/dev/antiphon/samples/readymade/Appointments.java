package dev.antiphon.samples.readymade;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/** The back end of {@link AppointmentFlow}. Thread-safe; all but booking, moving and cancelling is quick. */
public interface Appointments {

    /**
     * An appointment.
     *
     * @param reference four capital letters and digits
     */
    record Appointment(String reference, LocalDate date, LocalTime time, String name) {
        /** Day and time. */
        public LocalDateTime at() {
            return date.atTime(time);
        }
    }

    /** What is to be booked. */
    record Wish(LocalDate date, LocalTime time, String name) {}

    /** What is to be moved, and whereto. */
    record Move(String reference, LocalDate date, LocalTime time) {
        /** The new day and time. */
        public LocalDateTime at() {
            return date.atTime(time);
        }
    }

    /** Someone else was faster. */
    final class TimeTaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<LocalTime> nearest;

        /** The time is taken; these of the same day are free, the nearest first. */
        public TimeTaken(List<LocalTime> nearest) {
            super("the time is taken");
            this.nearest = List.copyOf(nearest);
        }

        /** Free times of the same day, the nearest first. */
        public List<LocalTime> nearest() {
            return nearest;
        }
    }

    /** Whether someone may come then. */
    boolean isFree(LocalDate date, LocalTime time);

    /** At most {@code limit} free times of that day, the nearest to {@code wanted} first. */
    List<LocalTime> nearest(LocalDate date, LocalTime wanted, int limit);

    /** Whether there is an appointment of this reference. */
    boolean has(String reference);

    /**
     * The appointment of this reference.
     *
     * @throws java.util.NoSuchElementException when there is none (any more)
     */
    Appointment get(String reference);

    /**
     * Day and time of the appointment of this reference.
     *
     * @throws java.util.NoSuchElementException when there is none (any more)
     */
    default LocalDateTime at(String reference) {
        return get(reference).at();
    }

    /**
     * Books it.
     *
     * @throws TimeTaken when it is not free any more
     */
    Appointment book(Wish wanted);

    /**
     * Moves it; the reference stays.
     *
     * @throws TimeTaken when it is not free any more
     */
    Appointment move(Move wanted);

    /** Cancels it; the appointment that there was. */
    Appointment cancel(String reference);
}
