package dev.antiphon.realtime;

import java.util.Optional;

/**
 * An error as the service reports it (protocol section 12).
 *
 * @param type for example {@code invalid_request_error} or {@code server_error}
 * @param code for example {@code conversation_already_has_active_response}
 * @param message for people
 * @param param the offending field, for example {@code session.voice}
 * @param clientEventId the {@code event_id} of the client event that caused it
 */
public record ApiError(
        String type, Optional<String> code, String message, Optional<String> param, Optional<String> clientEventId) {

    private static final String INVALID = "invalid_request_error";

    /** A request that cannot be served, without a code. */
    public static ApiError invalid(String message) {
        return new ApiError(INVALID, Optional.empty(), message, Optional.empty(), Optional.empty());
    }

    /** A request that cannot be served. */
    public static ApiError invalid(String code, String message) {
        return new ApiError(INVALID, Optional.of(code), message, Optional.empty(), Optional.empty());
    }

    /** A request that cannot be served for one of its fields. */
    public static ApiError invalidAt(String param, String code, String message) {
        return new ApiError(INVALID, Optional.of(code), message, Optional.of(param), Optional.empty());
    }

    /** The same, with the event that caused it. */
    public ApiError causedBy(Optional<String> eventId) {
        return new ApiError(type, code, message, param, eventId);
    }

    /** Whether the error carries exactly this code. */
    public boolean hasCode(String expected) {
        return code.filter(expected::equals).isPresent();
    }
}
