package dev.antiphon.samples.clinic;

import java.time.LocalTime;
import java.util.List;

/** The time is not free any more. {@link #nearest()} are free times of the same day, nearest first. */
public final class SlotTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<LocalTime> nearest;

    SlotTaken(Booking wanted, List<LocalTime> nearest) {
        super("%s on %s at %s is taken".formatted(wanted.service(), wanted.date(), wanted.time()));
        this.nearest = List.copyOf(nearest);
    }

    public List<LocalTime> nearest() {
        return nearest;
    }
}
