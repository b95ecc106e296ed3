package dev.antiphon.samples.clinic;

import dev.antiphon.flow.slot.PhoneNumber;
import java.time.LocalDate;
import java.time.LocalTime;

/** One visit to be booked. */
public record Booking(Service service, LocalDate date, LocalTime time, String name, PhoneNumber phone) {}
