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

    /** Whether the error carries exactly this code. */
    public boolean hasCode(String expected) {
        return code.filter(expected::equals).isPresent();
    }
}
