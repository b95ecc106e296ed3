package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.LogProb;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads server events of either dialect (protocol section 6); types come by their GA names. */
final class ServerEventReader {
    private static final String TRANSCRIPTION = "conversation.item.input_audio_transcription.";

    private final String id;
    private final Fields event;

    private ServerEventReader(Fields event) {
        this.event = event;
        this.id = event.textOr("event_id", "");
    }

    /**
     * @return empty when the type is not modelled
     * @throws UnreadableShape when the type is modelled but the event lacks what it needs
     */
    static Optional<ServerEvent> read(String type, Fields event) {
        ServerEventReader reader = new ServerEventReader(event);
        if (type.startsWith("response.")) {
            return reader.response(type);
        }
        if (type.startsWith("conversation.")) {
            return reader.conversation(type);
        }
        if (type.startsWith("input_audio_buffer.")) {
            return reader.inputAudio(type);
        }
        return reader.session(type);
    }

    private Optional<ServerEvent> session(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "session.created" ->
                        new ServerEvent.SessionCreated(id, SessionReader.info(event.object("session")));
                    case "session.updated" ->
                        new ServerEvent.SessionUpdated(id, SessionReader.info(event.object("session")));
                    case "transcription_session.created" ->
                        new ServerEvent.SessionCreated(
                                id, SessionReader.info(event.object("session"), SessionConfig.Kind.TRANSCRIPTION));
                    case "transcription_session.updated" ->
                        new ServerEvent.SessionUpdated(
                                id, SessionReader.info(event.object("session"), SessionConfig.Kind.TRANSCRIPTION));
                    case "output_audio_buffer.started" ->
                        new ServerEvent.OutputAudioStarted(id, event.text("response_id"));
                    case "output_audio_buffer.stopped" ->
                        new ServerEvent.OutputAudioStopped(id, event.text("response_id"));
                    case "output_audio_buffer.cleared" ->
                        new ServerEvent.OutputAudioCleared(id, event.text("response_id"));
                    case "mcp_list_tools.in_progress" -> new ServerEvent.McpListToolsInProgress(id, itemId());
                    case "mcp_list_tools.completed" -> new ServerEvent.McpListToolsCompleted(id, itemId());
                    case "mcp_list_tools.failed" -> new ServerEvent.McpListToolsFailed(id, itemId());
                    case "rate_limits.updated" ->
                        new ServerEvent.RateLimitsUpdated(
                                id,
                                event.array("rate_limits").stream()
                                        .filter(JsonNode::isObject)
                                        .map(ServerEventReader::rateLimit)
                                        .toList());
                    case "error" -> new ServerEvent.ErrorReported(id, error());
                    default -> null;
                });
    }

    private Optional<ServerEvent> conversation(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "conversation.created" ->
                        new ServerEvent.ConversationCreated(
                                id, event.object("conversation").textOr("id", ""));
                    case "conversation.item.added" ->
                        new ServerEvent.ItemAdded(id, previous(), ItemReader.item(event.object("item")));
                    case "conversation.item.done" ->
                        new ServerEvent.ItemDone(id, previous(), ItemReader.item(event.object("item")));
                    case "conversation.item.retrieved" ->
                        new ServerEvent.ItemRetrieved(id, ItemReader.item(event.object("item")));
                    case "conversation.item.deleted" -> new ServerEvent.ItemDeleted(id, event.text("item_id"));
                    case "conversation.item.truncated" ->
                        new ServerEvent.ItemTruncated(
                                id, event.text("item_id"), contentIndex(), event.time("audio_end_ms"));
                    default ->
                        type.startsWith(TRANSCRIPTION) ? transcription(type.substring(TRANSCRIPTION.length())) : null;
                });
    }

    private @Nullable ServerEvent transcription(String state) {
        String item = event.text("item_id");
        return switch (state) {
            case "delta" ->
                new ServerEvent.InputTranscriptDelta(id, item, contentIndex(), event.textOr("delta", ""), logProbs());
            case "completed" ->
                new ServerEvent.InputTranscriptCompleted(
                        id,
                        item,
                        contentIndex(),
                        event.textOr("transcript", ""),
                        event.optionalObject("usage").flatMap(TranscriptionUsageReader::usage),
                        languages(),
                        logProbs());
            case "failed" -> new ServerEvent.InputTranscriptFailed(id, item, contentIndex(), error());
            case "segment" ->
                new ServerEvent.InputTranscriptSegment(
                        id,
                        item,
                        contentIndex(),
                        event.textOr("id", ""),
                        event.textOr("speaker", ""),
                        event.textOr("text", ""),
                        event.seconds("start"),
                        event.seconds("end"));
            default -> null;
        };
    }

    private List<String> languages() {
        return event.array("languages").stream()
                .filter(JsonNode::isObject)
                .map(language -> Fields.of(language).textOr("code", ""))
                .toList();
    }

    private List<LogProb> logProbs() {
        return event.array("logprobs").stream()
                .filter(JsonNode::isObject)
                .map(Fields::of)
                .map(p -> new LogProb(
                        p.textOr("token", ""),
                        p.optionalNumber("logprob").orElse(0.0),
                        p.array("bytes").stream()
                                .filter(JsonNode::isNumber)
                                .map(b -> (int) Fields.number(b))
                                .toList()))
                .toList();
    }

    private Optional<ServerEvent> inputAudio(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "input_audio_buffer.speech_started" ->
                        new ServerEvent.SpeechStarted(id, event.time("audio_start_ms"), itemId());
                    case "input_audio_buffer.speech_stopped" ->
                        new ServerEvent.SpeechStopped(id, event.time("audio_end_ms"), itemId());
                    case "input_audio_buffer.committed" ->
                        new ServerEvent.AudioCommitted(id, previous(), event.text("item_id"));
                    case "input_audio_buffer.cleared" -> new ServerEvent.AudioCleared(id);
                    case "input_audio_buffer.timeout_triggered" ->
                        new ServerEvent.IdleTimeoutTriggered(
                                id, event.time("audio_start_ms"), event.time("audio_end_ms"), itemId());
                    case "input_audio_buffer.dtmf_event_received" ->
                        new ServerEvent.DtmfReceived(id, event.text("event"), receivedAt());
                    default -> null;
                });
    }

    private Optional<ServerEvent> response(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "response.created" ->
                        new ServerEvent.ResponseCreated(id, ResponseReader.response(event.object("response")));
                    case "response.done" ->
                        new ServerEvent.ResponseDone(id, ResponseReader.response(event.object("response")));
                    case "response.output_item.added" ->
                        new ServerEvent.OutputItemAdded(
                                id, responseId(), outputIndex(), ItemReader.item(event.object("item")));
                    case "response.output_item.done" ->
                        new ServerEvent.OutputItemDone(
                                id, responseId(), outputIndex(), ItemReader.item(event.object("item")));
                    case "response.content_part.added" ->
                        new ServerEvent.ContentPartAdded(
                                id, responseId(), itemId(), outputIndex(), contentIndex(), part());
                    case "response.content_part.done" ->
                        new ServerEvent.ContentPartDone(
                                id, responseId(), itemId(), outputIndex(), contentIndex(), part());
                    case "response.function_call_arguments.delta" ->
                        new ServerEvent.FunctionArgumentsDelta(
                                id, responseId(), itemId(), outputIndex(), event.textOr("call_id", ""), delta());
                    case "response.function_call_arguments.done" ->
                        new ServerEvent.FunctionArgumentsDone(
                                id,
                                responseId(),
                                itemId(),
                                outputIndex(),
                                event.text("call_id"),
                                event.optionalText("name").filter(name -> !name.isEmpty()),
                                event.text("arguments"));
                    default -> speech(type);
                });
    }

    private Instant receivedAt() {
        return Instant.ofEpochSecond(
                event.optionalNumber("received_at").map(Double::longValue).orElse(0L));
    }

    private @Nullable ServerEvent mcp(String type) {
        return switch (type) {
            case "response.mcp_call_arguments.delta" ->
                new ServerEvent.McpArgumentsDelta(id, responseId(), itemId(), outputIndex(), delta());
            case "response.mcp_call_arguments.done" ->
                new ServerEvent.McpArgumentsDone(id, responseId(), itemId(), outputIndex(), event.text("arguments"));
            case "response.mcp_call.in_progress" -> new ServerEvent.McpCallInProgress(id, itemId(), outputIndex());
            case "response.mcp_call.completed" -> new ServerEvent.McpCallCompleted(id, itemId(), outputIndex());
            case "response.mcp_call.failed" -> new ServerEvent.McpCallFailed(id, itemId(), outputIndex());
            default -> null;
        };
    }

    private @Nullable ServerEvent speech(String type) {
        return switch (type) {
            case AudioFrameWriter.DELTA ->
                new ServerEvent.AudioDelta(
                        id, responseId(), itemId(), outputIndex(), contentIndex(), event.audio("delta"));
            case "response.output_audio.done" ->
                new ServerEvent.AudioDone(id, responseId(), itemId(), outputIndex(), contentIndex());
            case "response.output_text.delta" ->
                new ServerEvent.TextDelta(id, responseId(), itemId(), outputIndex(), contentIndex(), delta());
            case "response.output_text.done" ->
                new ServerEvent.TextDone(id, responseId(), itemId(), outputIndex(), contentIndex(), event.text("text"));
            case "response.output_audio_transcript.delta" ->
                new ServerEvent.AudioTranscriptDelta(
                        id, responseId(), itemId(), outputIndex(), contentIndex(), delta());
            case "response.output_audio_transcript.done" ->
                new ServerEvent.AudioTranscriptDone(
                        id, responseId(), itemId(), outputIndex(), contentIndex(), event.text("transcript"));
            default -> mcp(type);
        };
    }

    /** Gateways send the error as an object, as a bare text, or spread over the event itself. */
    private ApiError error() {
        Optional<String> bare = event.optionalText("error");
        return bare.isPresent()
                ? new ApiError("", Optional.empty(), bare.get(), Optional.empty(), Optional.empty())
                : event.optionalObject("error")
                        .map(ResponseReader::error)
                        .orElseGet(() -> ResponseReader.spread(event));
    }

    private static ServerEvent.RateLimit rateLimit(JsonNode value) {
        Fields limit = Fields.of(value);
        double seconds = limit.optionalNumber("reset_seconds").orElse(0.0);
        return new ServerEvent.RateLimit(
                limit.textOr("name", ""),
                limit.integer("limit"),
                limit.integer("remaining"),
                Duration.ofNanos(Math.max(0, Math.round(seconds * 1e9))));
    }

    private ContentPart part() {
        return ItemReader.part(event.object("part"));
    }

    private String delta() {
        return event.text("delta");
    }

    private String responseId() {
        return event.textOr("response_id", "");
    }

    private String itemId() {
        return event.textOr("item_id", "");
    }

    private int outputIndex() {
        return event.integer("output_index");
    }

    private int contentIndex() {
        return event.integer("content_index");
    }

    private Optional<String> previous() {
        return event.optionalText("previous_item_id");
    }
}
