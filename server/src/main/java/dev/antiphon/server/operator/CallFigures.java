package dev.antiphon.server.operator;

import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.TurnTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the figures need to know of one call; no word of it. Immutable. */
record CallFigures(
        String id,
        Instant startedAt,
        String flow,
        String version,
        String startTier,
        String tier,
        Optional<End> end,
        Optional<String> caller,
        List<Turn> turns,
        int callerTurns,
        List<String> steps,
        String step,
        Map<String, Slot> slots,
        Set<String> filled,
        List<ToolCall> tools,
        List<Duration> stops,
        Optional<Duration> firstHeard,
        CallCost cost,
        Usage usage,
        List<Instant> troubles,
        Optional<String> handoverReason) {

    CallFigures {
        turns = List.copyOf(turns);
        steps = List.copyOf(steps);
        slots = Map.copyOf(slots);
        filled = Set.copyOf(filled);
        tools = List.copyOf(tools);
        stops = List.copyOf(stops);
        troubles = List.copyOf(troubles);
    }

    /** How and when it ended. */
    record End(Instant at, String outcome, Duration duration) {}

    /** An answered turn. */
    record Turn(Instant at, String tier, TurnTimeline timeline) {
        long totalMs() {
            return timeline.total().toMillis();
        }

        /** With its fractions, as the store keeps it. */
        double exactMs() {
            return timeline.total().toNanos() / 1e6;
        }
    }

    /** A tool or effect that settled. */
    record ToolCall(Instant at, boolean ok) {}

    /** What a slot went through. */
    record Slot(int noMatch, int repeated, int corrected) {
        static final Slot ASKED = new Slot(0, 0, 0);
    }

    boolean isOver() {
        return end.isPresent();
    }

    boolean isCompleted() {
        return endedAs("completed");
    }

    boolean endedAs(String outcome) {
        return end.filter(e -> e.outcome().equals(outcome)).isPresent();
    }

    int slowTurns(long slowMs) {
        return (int) turns.stream().filter(turn -> turn.totalMs() > slowMs).count();
    }

    double usd() {
        return cost.total().usd().doubleValue();
    }

    /** As a line of a list; {@code now} tells how long a live call has lasted. */
    CallLine line(Instant now, long slowMs) {
        return new CallLine(
                id,
                startedAt,
                flow,
                startTier,
                tier,
                step,
                end.map(End::outcome),
                end.map(End::duration)
                        .orElseGet(() -> Duration.between(startedAt, now))
                        .toMillis(),
                callerTurns,
                slowTurns(slowMs),
                usd(),
                troubles.size());
    }
}
