package dev.antiphon.testkit.emulator;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What is peculiar to sessions that transcribe and never answer (protocol.md section 14). */
final class TranscriptionRules {
    /** The client events that make sense there. */
    static final List<String> EVENT_TYPES = List.of(
            "session.update",
            "input_audio_buffer.append",
            "input_audio_buffer.commit",
            "input_audio_buffer.clear",
            "conversation.item.retrieve",
            "conversation.item.delete");

    private TranscriptionRules() {}

    /** What is wrong with a session object; sets right what an update may not bring in. */
    static Optional<ApiProblem> check(ObjectNode session) {
        if (session.at("/audio/input/turn_detection") instanceof ObjectNode detection) {
            detection.remove(List.of("create_response", "interrupt_response", "idle_timeout_ms"));
        }
        boolean streaming =
                session.at("/audio/input/transcription/model").asString("").equals("gpt-realtime-whisper");
        if (streaming && session.at("/audio/input/turn_detection").isObject()) {
            return Shape.problem(
                    "session.audio.input.turn_detection",
                    "invalid_value",
                    "Invalid 'session.audio.input.turn_detection': gpt-realtime-whisper needs null.");
        }
        return streaming && session.at("/audio/input/transcription/prompt").isString()
                ? Shape.problem(
                        "session.audio.input.transcription.prompt",
                        "invalid_value",
                        "Invalid 'session.audio.input.transcription.prompt': gpt-realtime-whisper takes none.")
                : Optional.empty();
    }
}
