package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink.Breakdown;
import java.time.Duration;

/**
 * One thing that goes wrong in an emulated session. Numbers of events count the server events of the session; those of
 * responses and of events of one type begin with 1.
 */
public sealed interface Fault {

    // The connection.

    /** The upgrade is answered with an HTTP status instead of 101. */
    record RefuseUpgrade(int httpStatus, String body) implements Fault {}

    /** The upgrade succeeds, one error event follows, and the session closes, as the service treats bad keys. */
    record Reject(String type, String code, String message, int closeCode) implements Fault {}

    /** The upgrade succeeds and nothing is ever said. */
    record NeverAnswer() implements Fault {}

    /** After {@code events} server events (0 is before the first) the session closes. */
    record CloseAfter(int events, int code, String reason) implements Fault {}

    /** The session closes right after the {@code occurrence}th event of a type. */
    record CloseAt(String type, int occurrence, int code, String reason) implements Fault {}

    /** After {@code events} server events the line breaks without a close frame. */
    record DropAfter(int events) implements Fault {}

    /** After {@code events} server events the line is torn within a frame, or stays open and dead: not even pings are answered. */
    record BreakAfter(int events, Breakdown how) implements Fault {}

    /** The session reaches its maximum duration after {@code lifetime}. */
    record ExpireAfter(Duration lifetime) implements Fault {}

    // The stream of events.

    /** The {@code occurrence}th event of a type, and all that follows, comes so much later. */
    record Delay(String type, int occurrence, Duration by) implements Fault {}

    /** The {@code occurrence}th event of a type comes after the one that should follow it. */
    record Reorder(String type, int occurrence) implements Fault {}

    /** The {@code occurrence}th event of a type comes twice. */
    record Duplicate(String type, int occurrence) implements Fault {}

    /** After {@code events} server events an event of an unknown type is sent. */
    record UnknownEventAfter(int events, String type) implements Fault {}

    /** After {@code events} server events a frame is sent that is not JSON. */
    record MalformedFrameAfter(int events) implements Fault {}

    /** After {@code events} server events the service reports an error of its own; the session goes on. */
    record ReportErrorAfter(int events, String type, String code, String message) implements Fault {}

    // Responses.

    /** {@code response.done} carries no usage. */
    record OmitUsage() implements Fault {}

    /** Each delta comes so much later than the one before, besides its usual pause. */
    record SlowDeltas(Duration pause) implements Fault {}

    /** Response number {@code response} of the session fails with this error. */
    record FailResponse(int response, String type, String code, String message) implements Fault {
        /** The failure of a session that used up its tokens for the minute. */
        public static FailResponse rateLimited(int response) {
            return new FailResponse(
                    response,
                    "tokens",
                    "rate_limit_exceeded",
                    "Rate limit reached for tokens per minute (TPM): Limit 40000. Please try again in 6.946s.");
        }

        /** An account without quota. */
        public static FailResponse insufficientQuota(int response) {
            return new FailResponse(
                    response, "insufficient_quota", "insufficient_quota", "You exceeded your current quota.");
        }

        /** A failure inside the service. */
        public static FailResponse serverError(int response) {
            return new FailResponse(
                    response, "server_error", "server_error", "The server had an error while processing your request.");
        }
    }

    /** The {@code response}th {@code response.create} is never answered. */
    record IgnoreResponse(int response) implements Fault {}

    /** Response number {@code response} says nothing more after so many deltas, and does not end. */
    record StallResponse(int response, int deltas) implements Fault {}

    /** Response number {@code response} says these words, whatever it should do: a model that claims success, for example. */
    record Claim(int response, String words) implements Fault {
        /** A booking that nobody made. */
        public static Claim success(int response) {
            return new Claim(response, "All done, your appointment is booked. Your reference is A B C 2 3 4.");
        }
    }

    /** Response number {@code response} makes each of its function calls twice, with the same arguments. */
    record CallTwice(int response) implements Fault {}

    /** In response number {@code response} the end of a call's arguments names a call that does not exist. */
    record WrongCallId(int response) implements Fault {}

    // Transcripts of the caller.

    /** Transcripts come so much later. */
    record LateTranscription(Duration by) implements Fault {}

    /** The caller's speech cannot be transcribed. */
    record FailTranscription() implements Fault {}
}
