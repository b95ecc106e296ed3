package dev.antiphon.tier;

import dev.antiphon.model.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What the router keeps of one flow beyond the life of a process, in plain fields.
 *
 * @param flow its name
 * @param pin the tier that an operator pinned it to; empty for none
 * @param paused whether an operator paused escalation
 * @param latest number of the last call that began
 * @param day of the budget, UTC
 * @param renewed when the budget began
 * @param spent of it
 * @param circuits one for each tier of the ladder
 */
public record FlowSnapshot(
        String flow,
        String pin,
        boolean paused,
        long latest,
        LocalDate day,
        Instant renewed,
        Money spent,
        List<CircuitSnapshot> circuits) {
    public FlowSnapshot {
        circuits = List.copyOf(circuits);
        if (latest < 0) {
            throw new IllegalArgumentException("latest must not be negative, but was " + latest);
        }
        if (spent.usd().signum() < 0) {
            throw new IllegalArgumentException("spent must not be negative, but was " + spent);
        }
        for (CircuitSnapshot circuit : circuits) {
            if (!circuit.flow().equals(flow)) {
                throw new IllegalArgumentException(
                        "circuits must be of the flow '" + flow + "', but one was of '" + circuit.flow() + "'");
            }
        }
    }
}
