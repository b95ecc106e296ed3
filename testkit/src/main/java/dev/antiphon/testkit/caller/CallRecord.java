package dev.antiphon.testkit.caller;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened in a simulated call, as the caller saw it.
 *
 * @param transcript who said what, oldest first
 * @param latencies for each of the caller's turns that was answered, the time from the end of its words to the first sound or
 *     letter of the answer, waiting for the end of the turn included
 * @param errors the messages of {@code error} events
 * @param end how the call ended; empty while it lasts
 */
public record CallRecord(
        List<Utterance> transcript, List<Duration> latencies, List<String> errors, Optional<CallEnd> end) {
    public CallRecord {
        transcript = List.copyOf(transcript);
        latencies = List.copyOf(latencies);
        errors = List.copyOf(errors);
    }

    /** Who speaks. */
    public enum Speaker {
        CALLER,
        AGENT
    }

    /**
     * One utterance.
     *
     * @param cutShort whether the caller cut in before its end
     */
    public record Utterance(Speaker speaker, String text, Instant at, boolean cutShort) {}

    /** How a call ended. */
    public sealed interface CallEnd {
        /** The gateway closed the call; {@code reason} is its close reason. */
        record Closed(int code, String reason) implements CallEnd {}

        /** The caller hung up. */
        record HungUp() implements CallEnd {}

        /** The outcome that this end tells; a caller that hangs up abandons the call. */
        default Optional<ExpectedOutcome> outcome() {
            return switch (this) {
                case Closed closed -> ExpectedOutcome.ofWireName(closed.reason());
                case HungUp ignored -> Optional.of(ExpectedOutcome.ABANDONED);
            };
        }
    }

    /** Whether the call ended as the script expects. */
    public boolean endedAs(ExpectedOutcome expected) {
        return end.flatMap(CallEnd::outcome).filter(expected::equals).isPresent();
    }
}
