package dev.antiphon.testkit.emulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types of server events (protocol.md section 6). */
final class EventTypes {
    private static final Set<String> GA = Set.of(
            "conversation.created",
            "conversation.item.added",
            "conversation.item.deleted",
            "conversation.item.done",
            "conversation.item.input_audio_transcription.completed",
            "conversation.item.input_audio_transcription.delta",
            "conversation.item.input_audio_transcription.failed",
            "conversation.item.input_audio_transcription.segment",
            "conversation.item.retrieved",
            "conversation.item.truncated",
            "error",
            "input_audio_buffer.cleared",
            "input_audio_buffer.committed",
            "input_audio_buffer.dtmf_event_received",
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "input_audio_buffer.timeout_triggered",
            "mcp_list_tools.completed",
            "mcp_list_tools.failed",
            "mcp_list_tools.in_progress",
            "output_audio_buffer.cleared",
            "output_audio_buffer.started",
            "output_audio_buffer.stopped",
            "rate_limits.updated",
            "response.content_part.added",
            "response.content_part.done",
            "response.created",
            "response.done",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.mcp_call.completed",
            "response.mcp_call.failed",
            "response.mcp_call.in_progress",
            "response.mcp_call_arguments.delta",
            "response.mcp_call_arguments.done",
            "response.output_audio.delta",
            "response.output_audio.done",
            "response.output_audio_transcript.delta",
            "response.output_audio_transcript.done",
            "response.output_item.added",
            "response.output_item.done",
            "response.output_text.delta",
            "response.output_text.done",
            "session.created",
            "session.updated");

    /** By their names in the beta dialect, where that has others. */
    private static final Map<String, String> BETA = Map.of(
            "conversation.item.created", "conversation.item.added",
            "response.audio.delta", "response.output_audio.delta",
            "response.audio.done", "response.output_audio.done",
            "response.audio_transcript.delta", "response.output_audio_transcript.delta",
            "response.audio_transcript.done", "response.output_audio_transcript.done",
            "response.text.delta", "response.output_text.delta",
            "response.text.done", "response.output_text.done",
            "transcription_session.created", "session.created",
            "transcription_session.updated", "session.updated");

    private EventTypes() {}

    /** The GA name of a type of either dialect; empty when neither has it. */
    static Optional<String> gaName(String type) {
        return Optional.of(BETA.getOrDefault(type, type)).filter(GA::contains);
    }
}
