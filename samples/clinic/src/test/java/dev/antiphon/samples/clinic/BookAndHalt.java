package dev.antiphon.samples.clinic;

import dev.antiphon.flow.slot.PhoneNumber;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/** A process that books a visit in the database file it is given, tells so, and is gone as if it was killed. */
final class BookAndHalt {
    private BookAndHalt() {}

    public static void main(String[] args) {
        Calendar calendar = new Calendar(
                Database.inFile(Path.of(args[0])),
                InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")),
                ZoneOffset.UTC,
                RandomGenerator.getDefault());
        calendar.book(new Booking(
                Service.CHECKUP,
                LocalDate.of(2026, 11, 24),
                LocalTime.of(15, 0),
                "Ada Lovelace",
                new PhoneNumber("+12025550147")));
        System.out.println("booked");
        System.out.flush();
        Runtime.getRuntime().halt(1);
    }
}
