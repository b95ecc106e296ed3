package dev.antiphon.samples.readymade;

import dev.antiphon.flow.slot.PhoneNumber;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/** The back end of {@link CallbackFlow}. Thread-safe. */
public interface CallbackList {

    /**
     * Who is to be called about what, and when.
     *
     * @param date empty for the next working day
     */
    record Callback(String name, PhoneNumber phone, String topic, Optional<LocalDate> date, LocalTime time) {}

    /** Adds a request; its number. */
    int add(Callback wanted);
}
