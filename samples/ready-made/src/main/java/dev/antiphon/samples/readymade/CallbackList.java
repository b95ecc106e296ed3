package dev.antiphon.samples.readymade;

import dev.antiphon.flow.slot.PhoneNumber;
import java.time.LocalTime;

/** The back end of {@link CallbackFlow}. Thread-safe. */
public interface CallbackList {

    /** Who is to be called about what, and when. */
    record Callback(String name, PhoneNumber phone, String topic, LocalTime time) {}

    /** Adds a request; its number. */
    int add(Callback wanted);
}
