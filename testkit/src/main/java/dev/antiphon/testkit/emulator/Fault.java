package dev.antiphon.testkit.emulator;

import java.time.Duration;

/** One thing that goes wrong in an emulated session. */
public sealed interface Fault {

    /** The upgrade is answered with an HTTP status instead of 101. */
    record RefuseUpgrade(int httpStatus, String body) implements Fault {}

    /** After {@code events} server events (0 is before the first) the session closes. */
    record CloseAfter(int events, int code, String reason) implements Fault {}

    /** After {@code events} server events the line breaks without a close frame. */
    record DropAfter(int events) implements Fault {}

    /** The upgrade succeeds and nothing is ever said. */
    record NeverAnswer() implements Fault {}

    /** The session reaches its maximum duration after {@code lifetime}. */
    record ExpireAfter(Duration lifetime) implements Fault {}

    /** Response number {@code response} (the first is 1) of the session fails with this error. */
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

    /** After {@code events} server events an event of an unknown type is sent. */
    record UnknownEventAfter(int events, String type) implements Fault {}

    /** After {@code events} server events a frame is sent that is not JSON. */
    record MalformedFrameAfter(int events) implements Fault {}

    /** {@code response.done} carries no usage. */
    record OmitUsage() implements Fault {}
}
