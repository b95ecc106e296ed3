package dev.antiphon.server.store;

import dev.antiphon.realtime.Usage;
import dev.antiphon.session.TurnTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call as the store has it, with all that belongs to it.
 *
 * @param id the session's
 * @param unit the hash of its caller; empty of one nobody named
 * @param simulated whether no real model answered it
 * @param lastStep where its dialog stood at the end; may be empty
 * @param end how it ended; empty when it has not, or its process ended before it
 * @param turnsTaken of the caller
 * @param costMicros by tier, in millionths of a US dollar
 * @param transcriptionMicros the same of transcripts
 * @param unknownUsages usages without a known price
 * @param troubles of its connections
 * @param turns answered ones
 * @param stops how long the agent went on after each interruption
 * @param firstHeard from its start to the agent's first audio; empty when nothing was heard, or of an older version
 * @param tools in their order
 * @param decisions about its tier, in their order
 */
public record StoredCall(
        String id,
        Optional<String> unit,
        String flow,
        String version,
        String model,
        boolean simulated,
        String startTier,
        String endTier,
        Instant startedAt,
        String lastStep,
        Optional<End> end,
        int turnsTaken,
        Map<String, Long> costMicros,
        long transcriptionMicros,
        int unknownUsages,
        Usage usage,
        int troubles,
        List<Turn> turns,
        List<Duration> stops,
        Optional<Duration> firstHeard,
        List<Step> steps,
        List<Slot> slots,
        List<Tool> tools,
        List<Decision> decisions) {
    public StoredCall {
        costMicros = Map.copyOf(costMicros);
        turns = List.copyOf(turns);
        stops = List.copyOf(stops);
        steps = List.copyOf(steps);
        slots = List.copyOf(slots);
        tools = List.copyOf(tools);
        decisions = List.copyOf(decisions);
    }

    /**
     * Its end.
     *
     * @param outcome {@code completed}, {@code handed_over}, {@code abandoned} or {@code failed}
     * @param detail more of it, one of few words; may be empty
     */
    public record End(Instant at, Duration duration, String outcome, String detail) {}

    /** An answered turn; {@code interrupted} when the caller cut in. */
    public record Turn(Instant at, String tier, TurnTimeline timeline, boolean interrupted) {}

    /** A step that its dialog came to, so long after its start. */
    public record Step(String step, Duration after) {}

    /** A slot: {@code filled}, {@code failed} or {@code dropped}. */
    public record Slot(String slot, String result, int attempts, int noMatches, int corrections) {}

    /** A tool or effect that settled. */
    public record Tool(String tool, boolean effect, String outcome, Duration took) {}

    /**
     * What was decided about its tier.
     *
     * @param to empty when it stayed on its model
     * @param rung what it climbed to, as {@link dev.antiphon.tier.Rung#words}; empty to stay, and in rows of earlier versions
     * @param estimateMicros what the rung, or of a stay the next one, was estimated to cost besides, in millionths of a dollar; empty when
     *     that was not known, and in rows of earlier versions
     * @param reason empty in rows of earlier versions
     */
    public record Decision(
            Instant at,
            String from,
            Optional<String> to,
            Optional<String> rung,
            double evidence,
            String signals,
            OptionalLong estimateMicros,
            String reason) {}
}
