package dev.antiphon.tool;

import dev.antiphon.session.ToolOutcome;
import java.util.EnumMap;
import java.util.Map;

/** How often what happened to the calls of one tool. Not thread-safe; confined to the dispatcher. */
final class ToolCounts {

    /** What is counted. */
    enum Kind {
        OK,
        FAILED,
        TIMED_OUT,
        REJECTED,
        CANCELLED,
        CACHED,
        JOINED,
        REPLAYED,
        RETRIED,
        LATE
    }

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    void count(Kind kind) {
        counts.merge(kind, 1L, Long::sum);
    }

    void count(ToolOutcome outcome) {
        count(
                switch (outcome) {
                    case ToolOutcome.Ok ignored -> Kind.OK;
                    case ToolOutcome.Failed ignored -> Kind.FAILED;
                    case ToolOutcome.TimedOut ignored -> Kind.TIMED_OUT;
                    case ToolOutcome.Rejected ignored -> Kind.REJECTED;
                    case ToolOutcome.UnknownTool ignored -> Kind.REJECTED;
                    case ToolOutcome.Cancelled ignored -> Kind.CANCELLED;
                });
    }

    private long of(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    ToolLoad.Counts read() {
        return new ToolLoad.Counts(
                of(Kind.OK),
                of(Kind.FAILED),
                of(Kind.TIMED_OUT),
                of(Kind.REJECTED),
                of(Kind.CANCELLED),
                of(Kind.CACHED),
                of(Kind.JOINED),
                of(Kind.REPLAYED),
                of(Kind.RETRIED),
                of(Kind.LATE));
    }
}
