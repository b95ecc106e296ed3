package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What is peculiar to sessions that transcribe and never answer (protocol.md section 14). */
final class TranscriptionRules {
    private TranscriptionRules() {}

    /** What is wrong with a session object; sets right what an update may not bring in. */
    static Optional<ApiError> check(ObjectNode session) {
        if (session.at("/audio/input/turn_detection") instanceof ObjectNode detection) {
            detection.remove(List.of("create_response", "interrupt_response", "idle_timeout_ms"));
        }
        boolean streaming =
                session.at("/audio/input/transcription/model").asString("").equals("gpt-realtime-whisper");
        if (streaming && session.at("/audio/input/turn_detection").isObject()) {
            return Optional.of(ApiError.invalidAt(
                    "session.audio.input.turn_detection",
                    "invalid_value",
                    "Invalid 'session.audio.input.turn_detection': gpt-realtime-whisper needs null."));
        }
        return streaming && session.at("/audio/input/transcription/prompt").isString()
                ? Optional.of(ApiError.invalidAt(
                        "session.audio.input.transcription.prompt",
                        "invalid_value",
                        "Invalid 'session.audio.input.transcription.prompt': gpt-realtime-whisper takes none."))
                : Optional.empty();
    }
}
