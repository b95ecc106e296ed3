package dev.antiphon.session;

import java.time.Duration;

/** What became of a tool call or an effect. */
public sealed interface ToolOutcome {

    /** The bounded name used in meters: {@code ok}, {@code failed}, {@code timed_out}, … */
    String name();

    /**
     * It worked.
     *
     * @param value what the work returned; for model-called tools its JSON text
     */
    record Ok(Object value) implements ToolOutcome {
        @Override
        public String name() {
            return "ok";
        }
    }

    /** The work threw. {@code cause} is what it threw; {@code message} is safe for the model. */
    record Failed(String message, Throwable cause) implements ToolOutcome {
        @Override
        public String name() {
            return "failed";
        }
    }

    /** It did not finish in time; it may still have had an effect. */
    record TimedOut(Duration after) implements ToolOutcome {
        @Override
        public String name() {
            return "timed_out";
        }
    }

    /** It was not run: bad arguments, bulkhead full, not allowed now. {@code rule} says which rule and value. */
    record Rejected(String rule) implements ToolOutcome {
        @Override
        public String name() {
            return "rejected";
        }
    }

    /** Nobody knows a tool of this name. */
    record UnknownTool(String tool) implements ToolOutcome {
        @Override
        public String name() {
            return "unknown_tool";
        }
    }

    /** The session ended or the caller barged in before it finished. */
    record Cancelled(String reason) implements ToolOutcome {
        @Override
        public String name() {
            return "cancelled";
        }
    }
}
