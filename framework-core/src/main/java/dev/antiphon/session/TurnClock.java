package dev.antiphon.session;

import dev.antiphon.session.TurnTimeline.Part;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Splits the time from the caller's last voice to the agent's first audio into parts. Each mark closes the part that ran
 * since the mark before, so the parts always add up to the total. Pure; times are monotonic nanoseconds.
 *
 * @param cursorNanos the last mark
 * @param parts nanoseconds of each part so far
 * @param tool whether a tool ran
 * @param waitingForTool whether the model's last output was a tool call
 */
record TurnClock(long cursorNanos, Map<Part, Long> parts, boolean tool, boolean waitingForTool) {

    /** The caller stopped speaking at {@code voiceEnd}, and that was noticed at {@code stopped}. */
    static TurnClock startedByVoice(long voiceEnd, long stopped) {
        return new TurnClock(voiceEnd, Map.of(), false, false).close(Part.ENDPOINTING, stopped);
    }

    /** The caller's turn came whole: typed, or committed by hand. */
    static TurnClock started(long now) {
        return new TurnClock(now, Map.of(), false, false);
    }

    /** The model finished a tool call. */
    TurnClock toolCalled(long now) {
        if (waitingForTool) {
            return this;
        }
        TurnClock closed = close(tool ? Part.MODEL2 : Part.MODEL, now);
        return new TurnClock(closed.cursorNanos, closed.parts, true, true);
    }

    /** The results of all tool calls were sent. */
    TurnClock resultsSent(long now) {
        if (!waitingForTool) {
            return this;
        }
        TurnClock closed = close(Part.TOOL, now);
        return new TurnClock(closed.cursorNanos, closed.parts, true, false);
    }

    /** The first audio (or text) arrived: everything but the delivery is known. */
    TurnTimeline answered(long now) {
        Part part = waitingForTool ? Part.TOOL : tool ? Part.MODEL2 : Part.MODEL;
        Map<Part, Duration> durations = new EnumMap<>(Part.class);
        close(part, now).parts.forEach((p, nanos) -> durations.put(p, Duration.ofNanos(nanos)));
        return new TurnTimeline(durations, tool);
    }

    private TurnClock close(Part part, long now) {
        long nanos = Math.max(0, now - cursorNanos);
        Map<Part, Long> next = new EnumMap<>(Part.class);
        next.putAll(parts);
        next.put(part, Optional.ofNullable(next.get(part)).orElse(0L) + nanos);
        return new TurnClock(Math.max(now, cursorNanos), Map.copyOf(next), tool, waitingForTool);
    }
}
