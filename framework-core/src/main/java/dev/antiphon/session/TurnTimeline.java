package dev.antiphon.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The latency of one answered turn, from the caller's last voice to the first agent audio handed to the caller's side, in
 * parts that add up to the total.
 *
 * @param parts every part that occurred; absent parts took no time
 * @param tool whether a tool ran in this turn: such turns are a series of their own
 */
public record TurnTimeline(Map<Part, Duration> parts, boolean tool) {
    public TurnTimeline {
        parts = Map.copyOf(parts);
    }

    /** The parts, in the order of time. */
    public enum Part {
        /** Last voiced frame until the model says that speech stopped. */
        ENDPOINTING,
        /** Speech stopped, or response asked for, until the first output (audio, or a tool call). */
        MODEL,
        /** Tool call complete until its result was sent; all tools of the turn. */
        TOOL,
        /** Result sent until the first audio. */
        MODEL2,
        /** First audio received until it was handed to the caller's side. */
        DELIVERY
    }

    /** The whole: always the sum of the parts. */
    public Duration total() {
        return parts.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** The parts in order of time, for printing. */
    public Map<Part, Duration> ordered() {
        return parts.isEmpty() ? Map.of() : new EnumMap<>(parts);
    }
}
