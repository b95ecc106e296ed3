package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.ServerEvent;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads server events of the GA dialect (protocol section 6). */
final class ServerEventReader {
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
                        new ServerEvent.SessionCreated(id, SessionReader.LENIENT.info(event.object("session")));
                    case "session.updated" ->
                        new ServerEvent.SessionUpdated(id, SessionReader.LENIENT.info(event.object("session")));
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
                    // ".created" is the older name of ".added"; gateways still send it.
                    case "conversation.item.added", "conversation.item.created" ->
                        new ServerEvent.ItemAdded(id, previous(), ItemReader.item(event.object("item")));
                    case "conversation.item.done" ->
                        new ServerEvent.ItemDone(id, previous(), ItemReader.item(event.object("item")));
                    case "conversation.item.retrieved" ->
                        new ServerEvent.ItemRetrieved(id, ItemReader.item(event.object("item")));
                    case "conversation.item.deleted" -> new ServerEvent.ItemDeleted(id, event.text("item_id"));
                    case "conversation.item.truncated" ->
                        new ServerEvent.ItemTruncated(
                                id, event.text("item_id"), contentIndex(), event.time("audio_end_ms"));
                    case "conversation.item.input_audio_transcription.delta" ->
                        new ServerEvent.InputTranscriptDelta(
                                id, event.text("item_id"), contentIndex(), event.textOr("delta", ""));
                    case "conversation.item.input_audio_transcription.completed" ->
                        new ServerEvent.InputTranscriptCompleted(
                                id, event.text("item_id"), contentIndex(), event.textOr("transcript", ""));
                    case "conversation.item.input_audio_transcription.failed" ->
                        new ServerEvent.InputTranscriptFailed(id, event.text("item_id"), contentIndex(), error());
                    default -> null;
                });
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

    private @Nullable ServerEvent speech(String type) {
        return switch (type) {
            case AudioFrameReader.DELTA ->
                new ServerEvent.AudioDelta(
                        id, responseId(), itemId(), outputIndex(), contentIndex(), new AudioPayload(delta()));
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
            default -> null;
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

    private RawJson part() {
        return event.object("part").json();
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
