package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import java.util.Optional;
import tools.jackson.core.StreamReadConstraints;

/** The errors that a client can cause, spelled as the service spells them (protocol section 12). */
final class Errors {
    private static final String SUPPORTED =
            "'session.update', 'input_audio_buffer.append', 'input_audio_buffer.commit',"
                    + " 'input_audio_buffer.clear', 'conversation.item.create', 'conversation.item.truncate',"
                    + " 'conversation.item.delete', 'conversation.item.retrieve', 'response.create', and 'response.cancel'";

    private Errors() {}

    static ApiError request(String code, String message, String param, Optional<String> cause) {
        return new ApiError("invalid_request_error", Optional.of(code), message, Optional.of(param), cause);
    }

    static ApiError request(String code, String message, Optional<String> cause) {
        return new ApiError("invalid_request_error", Optional.of(code), message, Optional.empty(), cause);
    }

    static ApiError withoutCode(String message, Optional<String> cause) {
        return new ApiError("invalid_request_error", Optional.empty(), message, Optional.empty(), cause);
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

    static ApiError unknownType(String type, Optional<String> cause) {
        return request(
                "invalid_value",
                "Invalid value: '" + type + "'. Supported values are: " + SUPPORTED + ".",
                "type",
                cause);
    }

    static ApiError unknownParameter(String param, Optional<String> cause) {
        return request("unknown_parameter", "Unknown parameter: '" + param + "'.", param, cause);
    }

    static ApiError unreadable(String type, Optional<String> cause) {
        return request(
                "missing_required_parameter",
                "A '" + type + "' event lacks a required field, or a field has the wrong type.",
                cause);
    }
}
