package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionInfo;
import java.math.BigDecimal;
import java.util.Optional;

/** Writes server events of the GA dialect (protocol section 6). */
final class ServerEventWriter {
    private final JsonObjectWriter out;

    private ServerEventWriter(JsonObjectWriter out) {
        this.out = out;
    }

    static void write(JsonObjectWriter out, ServerEvent event) {
        new ServerEventWriter(out).event(event);
    }

    private void event(ServerEvent event) {
        switch (event) {
            case ServerEvent.SessionCreated e -> session("session.created", e.eventId(), e.session());
            case ServerEvent.SessionUpdated e -> session("session.updated", e.eventId(), e.session());
            case ServerEvent.ItemAdded e -> item("conversation.item.added", e.eventId(), e.previousItemId(), e.item());
            case ServerEvent.ItemDone e -> item("conversation.item.done", e.eventId(), e.previousItemId(), e.item());
            case ServerEvent.ItemRetrieved e ->
                head("conversation.item.retrieved", e.eventId())
                        .object("item", object -> ItemWriter.SERVER.item(object, e.item()));
            case ServerEvent.ItemDeleted e ->
                head("conversation.item.deleted", e.eventId()).text("item_id", e.itemId());
            case ServerEvent.ItemTruncated e ->
                head("conversation.item.truncated", e.eventId())
                        .text("item_id", e.itemId())
                        .number("content_index", e.contentIndex())
                        .millis("audio_end_ms", e.audioEnd());
            case ServerEvent.SpeechStarted e ->
                head("input_audio_buffer.speech_started", e.eventId())
                        .millis("audio_start_ms", e.audioStart())
                        .text("item_id", e.itemId());
            case ServerEvent.SpeechStopped e ->
                head("input_audio_buffer.speech_stopped", e.eventId())
                        .millis("audio_end_ms", e.audioEnd())
                        .text("item_id", e.itemId());
            case ServerEvent.AudioCommitted e ->
                head("input_audio_buffer.committed", e.eventId())
                        .textOrNull("previous_item_id", e.previousItemId())
                        .text("item_id", e.itemId());
            case ServerEvent.AudioCleared e -> head("input_audio_buffer.cleared", e.eventId());
            case ServerEvent.IdleTimeoutTriggered e ->
                head("input_audio_buffer.timeout_triggered", e.eventId())
                        .millis("audio_start_ms", e.audioStart())
                        .millis("audio_end_ms", e.audioEnd())
                        .text("item_id", e.itemId());
            case ServerEvent.InputTranscriptDelta e ->
                transcription("delta", e.eventId(), e.itemId(), e.contentIndex())
                        .text("delta", e.delta());
            case ServerEvent.InputTranscriptCompleted e -> transcribed(e);
            case ServerEvent.InputTranscriptFailed e ->
                transcription("failed", e.eventId(), e.itemId(), e.contentIndex())
                        .object(
                                "error",
                                error -> error.text("type", e.error().type())
                                        .textOrNull("code", e.error().code())
                                        .text("message", e.error().message())
                                        .textOrNull("param", e.error().param()));
            case ServerEvent.ResponseCreated e ->
                head("response.created", e.eventId())
                        .object("response", object -> ResponseWriter.response(object, e.response()));
            case ServerEvent.ResponseDone e ->
                head("response.done", e.eventId())
                        .object("response", object -> ResponseWriter.response(object, e.response()));
            case ServerEvent.ResponsePart e -> part(e);
            case ServerEvent.RateLimitsUpdated e ->
                head("rate_limits.updated", e.eventId())
                        .objects("rate_limits", e.limits(), ServerEventWriter::rateLimit);
            case ServerEvent.ErrorReported e ->
                head("error", e.eventId()).object("error", error -> ResponseWriter.error(error, e.error()));
            case ServerEvent.Unknown e -> out.fieldsOf(e.raw());
        }
    }

    private void part(ServerEvent.ResponsePart part) {
        switch (part) {
            case ServerEvent.OutputItemAdded e ->
                outputItem("response.output_item.added", e, e.outputIndex(), e.item());
            case ServerEvent.OutputItemDone e -> outputItem("response.output_item.done", e, e.outputIndex(), e.item());
            case ServerEvent.ContentPartAdded e ->
                content("response.content_part.added", e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .json("part", e.part());
            case ServerEvent.ContentPartDone e ->
                content("response.content_part.done", e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .json("part", e.part());
            case ServerEvent.TextDelta e ->
                content("response.output_text.delta", e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .text("delta", e.delta());
            case ServerEvent.TextDone e ->
                content("response.output_text.done", e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .text("text", e.text());
            case ServerEvent.AudioDelta e ->
                content(AudioFrameReader.DELTA, e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .text("delta", e.delta().base64());
            case ServerEvent.AudioDone e ->
                content("response.output_audio.done", e, e.itemId(), e.outputIndex(), e.contentIndex());
            case ServerEvent.AudioTranscriptDelta e ->
                content("response.output_audio_transcript.delta", e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .text("delta", e.delta());
            case ServerEvent.AudioTranscriptDone e ->
                content("response.output_audio_transcript.done", e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .text("transcript", e.transcript());
            case ServerEvent.FunctionArgumentsDelta e ->
                call("response.function_call_arguments.delta", e, e.itemId(), e.outputIndex(), e.callId())
                        .text("delta", e.delta());
            case ServerEvent.FunctionArgumentsDone e ->
                call("response.function_call_arguments.done", e, e.itemId(), e.outputIndex(), e.callId())
                        .text("name", e.name().orElse(""))
                        .text("arguments", e.argumentsJson());
        }
    }

    private JsonObjectWriter head(String type, String eventId) {
        return out.text("type", type).text("event_id", eventId);
    }

    private void session(String type, String eventId, SessionInfo session) {
        head(type, eventId).object("session", object -> SessionWriter.info(object, session));
    }

    private void item(String type, String eventId, Optional<String> previousItemId, Item item) {
        head(type, eventId)
                .textOrNull("previous_item_id", previousItemId)
                .object("item", object -> ItemWriter.SERVER.item(object, item));
    }

    private void outputItem(String type, ServerEvent.ResponsePart part, int outputIndex, Item item) {
        head(type, part.eventId())
                .text("response_id", part.responseId())
                .number("output_index", outputIndex)
                .object("item", object -> ItemWriter.SERVER.item(object, item));
    }

    private JsonObjectWriter content(
            String type, ServerEvent.ResponsePart part, String itemId, int outputIndex, int contentIndex) {
        return head(type, part.eventId())
                .text("response_id", part.responseId())
                .text("item_id", itemId)
                .number("output_index", outputIndex)
                .number("content_index", contentIndex);
    }

    private JsonObjectWriter call(
            String type, ServerEvent.ResponsePart part, String itemId, int outputIndex, String callId) {
        return head(type, part.eventId())
                .text("response_id", part.responseId())
                .text("item_id", itemId)
                .number("output_index", outputIndex)
                .text("call_id", callId);
    }

    private JsonObjectWriter transcription(String state, String eventId, String itemId, int contentIndex) {
        return head("conversation.item.input_audio_transcription." + state, eventId)
                .text("item_id", itemId)
                .number("content_index", contentIndex);
    }

    /** The schema wants the transcription's own usage, which is not modelled: written as nothing used. */
    private void transcribed(ServerEvent.InputTranscriptCompleted event) {
        transcription("completed", event.eventId(), event.itemId(), event.contentIndex())
                .text("transcript", event.transcript())
                .object(
                        "usage",
                        usage -> usage.text("type", "tokens")
                                .number("total_tokens", 0)
                                .number("input_tokens", 0)
                                .number("output_tokens", 0));
    }

    private static void rateLimit(JsonObjectWriter out, ServerEvent.RateLimit limit) {
        out.text("name", limit.name())
                .number("limit", limit.limit())
                .number("remaining", limit.remaining())
                .decimal("reset_seconds", BigDecimal.valueOf(limit.reset().toNanos(), 9));
    }
}
