package dev.antiphon.flow.slot;

import java.time.ZonedDateTime;
import java.util.stream.Collectors;

/** Readings as text, for tables: a normal form, {@code ? one / or another}, or {@code ! the reason of a refusal}. */
final class Readings {
    static final ZonedDateTime FRIDAY_MORNING = ZonedDateTime.parse("2026-11-20T10:00:00+01:00[Europe/Berlin]");

    private Readings() {}

    static <T> String of(SlotType<T> type, String said) {
        return of(type, said, FRIDAY_MORNING);
    }

    static <T> String of(SlotType<T> type, String said, ZonedDateTime now) {
        return switch (type.read(said, now)) {
            case Reading.Understood<T> understood -> type.normal(understood.value());
            case Reading.Unsure<T> unsure ->
                unsure.candidates().stream().map(type::normal).collect(Collectors.joining(" / ", "? ", ""));
            case Reading.Unclear<T> unclear -> "! " + unclear.reason();
        };
    }

    static <T> T value(SlotType<T> type, String said) {
        return type.restore(of(type, said));
    }
}
