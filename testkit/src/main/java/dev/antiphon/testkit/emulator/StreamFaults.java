package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The stream of a session's events with the faults that change their number, order or time. Not thread-safe. */
final class StreamFaults {
    private final FaultScript faults;
    private final Timeline timeline;
    private final Consumer<String> out;
    private final Map<String, Integer> seen = new HashMap<>();
    private final ArrayDeque<String> late = new ArrayDeque<>();
    private Optional<String> overtaken = Optional.empty();
    /** When what comes now may go out: every delay moves it on. */
    private Instant due = Instant.MIN;

    StreamFaults(FaultScript faults, Timeline timeline, Consumer<String> out) {
        this.faults = faults;
        this.timeline = timeline;
        this.out = out;
    }

    /** Takes one event; how often its type has been seen, this one included. */
    int pass(String type, String json) {
        int occurrence = seen.merge(type, 1, Integer::sum);
        faults.first(Fault.Delay.class, fault -> fault.type().equals(type) && fault.occurrence() == occurrence)
                .ifPresent(this::delay);
        boolean isOvertaken = faults.first(
                        Fault.Reorder.class, fault -> fault.type().equals(type) && fault.occurrence() == occurrence)
                .isPresent();
        if (isOvertaken && overtaken.isEmpty()) {
            overtaken = Optional.of(json);
            return occurrence;
        }
        emit(json);
        faults.first(Fault.Duplicate.class, fault -> fault.type().equals(type) && fault.occurrence() == occurrence)
                .ifPresent(fault -> emit(json));
        Optional<String> held = overtaken;
        overtaken = Optional.empty();
        held.ifPresent(this::emit);
        return occurrence;
    }

    private void delay(Fault.Delay fault) {
        Instant now = timeline.now();
        due = (due.isAfter(now) ? due : now).plus(fault.by());
    }

    private void emit(String json) {
        Duration wait = due.isAfter(timeline.now()) ? Duration.between(timeline.now(), due) : Duration.ZERO;
        if (wait.isZero() && late.isEmpty()) {
            out.accept(json);
        } else {
            late.add(json);
            timeline.schedule(wait, () -> out.accept(late.remove()));
        }
    }
}
