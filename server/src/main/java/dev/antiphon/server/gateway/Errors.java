package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.StreamReadConstraints;

/** The errors that a client can cause, spelled as the service spells them (protocol section 12). */
final class Errors {
    private static final Map<String, String> BETA_NAMES = Map.of(
            "session.audio.input.format", "session.input_audio_format",
            "session.audio.output.format", "session.output_audio_format",
            "session.audio.output.voice", "session.voice");

    private Errors() {}

    static ApiError request(String code, String message, String param, Optional<String> cause) {
        return ApiError.invalidAt(param, code, message).causedBy(cause);
    }

    static ApiError request(String code, String message, Optional<String> cause) {
        return ApiError.invalid(code, message).causedBy(cause);
    }

    static ApiError withoutCode(String message, Optional<String> cause) {
        return ApiError.invalid(message).causedBy(cause);
    }

    static ApiError server(String code, String message) {
        return new ApiError("server_error", Optional.of(code), message, Optional.empty(), Optional.empty());
    }

    static ApiError transcription(String code, String message) {
        return new ApiError("transcription_error", Optional.of(code), message, Optional.empty(), Optional.empty());
    }

    static ApiError binaryFrame() {
        return request(
                "invalid_event",
                "Expected a text WebSocket message; binary frames are not supported. Send JSON text.",
                Optional.empty());
    }

    static ApiError tooLarge(int bytes, int limit) {
        return request(
                "invalid_event",
                "A message may have at most " + limit + " bytes, but this one had " + bytes
                        + ". Send audio in smaller pieces.",
                Optional.empty());
    }

    static ApiError alreadyActive(Optional<String> responseId, Optional<String> cause) {
        return request(
                "conversation_already_has_active_response",
                "Conversation already has an active response in progress"
                        + responseId.map(id -> ": " + id).orElse("")
                        + ". Wait until the response is finished before creating a new one.",
                cause);
    }

    static ApiError beyondLimits(StreamReadConstraints limits) {
        return request(
                "invalid_json",
                "The message is beyond what is read: JSON may have at most " + limits.getMaxNestingDepth()
                        + " levels of nesting, numbers of " + limits.getMaxNumberLength()
                        + " digits and 32-bit exponents,"
                        + " and names of " + limits.getMaxNameLength() + " characters.",
                Optional.empty());
    }

    /** With the parameter as the beta dialect spells it (protocol section 4). */
    static ApiError inBeta(ApiError error) {
        return new ApiError(
                error.type(),
                error.code(),
                error.message(),
                error.param().map(param -> BETA_NAMES.getOrDefault(param, param)),
                error.clientEventId());
    }
}
