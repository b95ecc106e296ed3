package dev.antiphon.server.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that takes long to read. After a while it is asked whether there is anything new, and read anew only then. Thread-safe: who asks
 * while it is read waits for it.
 */
final class KeptFor<T> {
    private final Duration time;
    private final InstantSource clock;
    private final Supplier<?> version;
    private final Supplier<T> reader;
    private Optional<Kept<T>> kept = Optional.empty();

    private record Kept<T>(Instant at, Object version, T value) {}

    /**
     * Nothing is read yet.
     *
     * @param time until it is asked whether there is anything new
     * @param version equal as long as there is nothing new
     * @param reader reads it
     */
    KeptFor(Duration time, InstantSource clock, Supplier<?> version, Supplier<T> reader) {
        this.time = time;
        this.clock = clock;
        this.version = version;
        this.reader = reader;
    }

    synchronized T get() {
        Instant now = clock.instant();
        Optional<Kept<T>> fresh = kept.filter(
                old -> !now.isBefore(old.at()) && now.isBefore(old.at().plus(time)));
        if (fresh.isPresent()) {
            return fresh.get().value();
        }
        Object current = version.get();
        T value = kept.filter(old -> old.version().equals(current))
                .map(Kept::value)
                .orElseGet(reader);
        kept = Optional.of(new Kept<>(now, current, value));
        return value;
    }
}
