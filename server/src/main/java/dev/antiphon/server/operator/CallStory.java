package dev.antiphon.server.operator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One call, from its beginning.
 *
 * @param call the summary
 * @param model the model it began on
 * @param words one sentence: whether what was said is kept
 * @param entries what happened, oldest first
 */
public record CallStory(CallLine call, String model, String words, List<Entry> entries) {

    /** What an entry is about. */
    public enum Kind {
        /** The call as a whole. */
        CALL,
        /** The caller's turn. */
        CALLER,
        /** What the agent said. */
        AGENT,
        /** An answered turn, with its parts. */
        TURN,
        /** The caller interrupted. */
        BARGE_IN,
        /** A tool or an effect. */
        TOOL,
        /** The dialog moved. */
        DIALOG,
        /** Evidence of struggle, and what was decided. */
        DECISION,
        /** The model's connection. */
        CONNECTION,
        /** A person is asked. */
        HANDOVER
    }

    /**
     * One thing that happened.
     *
     * @param at when
     * @param offsetMs the same since the first entry
     * @param kind what it is about
     * @param title one line
     * @param detail more; may be empty
     * @param parts of a turn
     */
    public record Entry(
            Instant at, long offsetMs, Kind kind, String title, String detail, Optional<LatencyView.Parts> parts) {}
}
