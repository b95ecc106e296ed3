package dev.antiphon.server.simulate;

import dev.antiphon.model.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What became of one simulated call, as its session told it.
 *
 * @param began when, in virtual time
 * @param flow the dialog that answered
 * @param start the tier it began on
 * @param end the tier it ended on
 * @param moves how often it changed its tier
 * @param outcome {@code completed}, {@code handed_over}, {@code abandoned} or {@code failed}
 * @param turns of the caller
 * @param duration of the call
 * @param plain latencies of answered turns without tools, in order
 * @param withTools latencies of answered turns with tools, in order
 * @param cost all of it, as far as it is known
 */
public record SimulatedCall(
        Instant began,
        String flow,
        String start,
        String end,
        int moves,
        String outcome,
        int turns,
        Duration duration,
        List<Duration> plain,
        List<Duration> withTools,
        Money cost) {
    public SimulatedCall {
        plain = List.copyOf(plain);
        withTools = List.copyOf(withTools);
    }

    /** Whether the flow reached its goal. */
    public boolean completed() {
        return outcome.equals("completed");
    }
}
