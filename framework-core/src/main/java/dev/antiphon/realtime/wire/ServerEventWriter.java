package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.LogProb;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.TranscriptionUsage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes server events (protocol section 6), spelled as in one dialect. */
record ServerEventWriter(JsonObjectWriter out, Spelling spelling) {

    void event(ServerEvent event) {
        switch (event) {
            case ServerEvent.SessionCreated e -> session("session.created", e.eventId(), e.session());
            case ServerEvent.SessionUpdated e -> session("session.updated", e.eventId(), e.session());
            case ServerEvent.ConversationCreated e ->
                head("conversation.created", e.eventId())
                        .object(
                                "conversation",
                                c -> c.text("id", e.conversationId()).text("object", "realtime.conversation"));
            case ServerEvent.ItemAdded e -> item("conversation.item.added", e.eventId(), e.previousItemId(), e.item());
            case ServerEvent.ItemDone e -> item("conversation.item.done", e.eventId(), e.previousItemId(), e.item());
            case ServerEvent.ItemRetrieved e ->
                head("conversation.item.retrieved", e.eventId())
                        .object("item", object -> items().item(object, e.item()));
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
            case ServerEvent.DtmfReceived e ->
                head("input_audio_buffer.dtmf_event_received", e.eventId())
                        .text("event", e.key())
                        .number("received_at", e.receivedAt().getEpochSecond());
            case ServerEvent.OutputAudioStarted e -> buffer("started", e.eventId(), e.responseId());
            case ServerEvent.OutputAudioStopped e -> buffer("stopped", e.eventId(), e.responseId());
            case ServerEvent.OutputAudioCleared e -> buffer("cleared", e.eventId(), e.responseId());
            case ServerEvent.InputTranscriptDelta e -> transcriptDelta(e);
            case ServerEvent.InputTranscriptSegment e -> segment(e);
            case ServerEvent.McpListToolsInProgress e ->
                head("mcp_list_tools.in_progress", e.eventId()).text("item_id", e.itemId());
            case ServerEvent.McpListToolsCompleted e ->
                head("mcp_list_tools.completed", e.eventId()).text("item_id", e.itemId());
            case ServerEvent.McpListToolsFailed e ->
                head("mcp_list_tools.failed", e.eventId()).text("item_id", e.itemId());
            case ServerEvent.McpCallInProgress e -> mcpCall("in_progress", e.eventId(), e.itemId(), e.outputIndex());
            case ServerEvent.McpCallCompleted e -> mcpCall("completed", e.eventId(), e.itemId(), e.outputIndex());
            case ServerEvent.McpCallFailed e -> mcpCall("failed", e.eventId(), e.itemId(), e.outputIndex());
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
                        .object("response", object -> new ResponseWriter(spelling).response(object, e.response()));
            case ServerEvent.ResponseDone e ->
                head("response.done", e.eventId())
                        .object("response", object -> new ResponseWriter(spelling).response(object, e.response()));
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
                        .object("part", object -> ItemWriter.eventPart(object, e.part()));
            case ServerEvent.ContentPartDone e ->
                content("response.content_part.done", e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .object("part", object -> ItemWriter.eventPart(object, e.part()));
            case ServerEvent.TextDelta e ->
                content("response.output_text.delta", e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .text("delta", e.delta());
            case ServerEvent.TextDone e ->
                content("response.output_text.done", e, e.itemId(), e.outputIndex(), e.contentIndex())
                        .text("text", e.text());
            case ServerEvent.AudioDelta e ->
                content(AudioFrameWriter.DELTA, e, e.itemId(), e.outputIndex(), e.contentIndex())
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
                        .text("name", spelling == Spelling.GA ? e.name().or(() -> Optional.of("")) : e.name())
                        .text("arguments", e.argumentsJson());
            case ServerEvent.McpArgumentsDelta e ->
                mcpArguments("delta", e, e.itemId(), e.outputIndex()).text("delta", e.delta());
            case ServerEvent.McpArgumentsDone e ->
                mcpArguments("done", e, e.itemId(), e.outputIndex()).text("arguments", e.argumentsJson());
        }
    }

    private JsonObjectWriter head(String type, String eventId) {
        return out.text("type", spelling.type(type)).text("event_id", eventId);
    }

    private void session(String type, String eventId, SessionInfo session) {
        boolean ownType = spelling == Spelling.BETA && session.config().kind() == SessionConfig.Kind.TRANSCRIPTION;
        head(ownType ? "transcription_" + type : type, eventId)
                .object("session", object -> new SessionWriter(spelling, true).info(object, session));
    }

    private ItemWriter items() {
        return new ItemWriter(spelling, true);
    }

    private void buffer(String state, String eventId, String responseId) {
        head("output_audio_buffer." + state, eventId).text("response_id", responseId);
    }

    private void mcpCall(String state, String eventId, String itemId, int outputIndex) {
        head("response.mcp_call." + state, eventId)
                .number("output_index", outputIndex)
                .text("item_id", itemId);
    }

    private JsonObjectWriter mcpArguments(String state, ServerEvent.ResponsePart part, String itemId, int outputIndex) {
        return head("response.mcp_call_arguments." + state, part.eventId())
                .text("response_id", part.responseId())
                .text("item_id", itemId)
                .number("output_index", outputIndex);
    }

    private void item(String type, String eventId, Optional<String> previousItemId, Item item) {
        head(type, eventId)
                .textOrNull("previous_item_id", previousItemId)
                .object("item", object -> items().item(object, item));
    }

    private void outputItem(String type, ServerEvent.ResponsePart part, int outputIndex, Item item) {
        head(type, part.eventId())
                .text("response_id", part.responseId())
                .number("output_index", outputIndex)
                .object("item", object -> items().item(object, item));
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

    /** The schema wants the usage; what is not known is written as nothing used. */
    private void transcribed(ServerEvent.InputTranscriptCompleted event) {
        transcription("completed", event.eventId(), event.itemId(), event.contentIndex())
                .text("transcript", event.transcript());
        if (!event.languages().isEmpty()) {
            out.objects("languages", event.languages(), (language, code) -> language.text("code", code));
        }
        logProbs(event.logProbs());
        TranscriptionUsage usage = event.usage().orElse(new TranscriptionUsage.Tokens(0, 0, 0));
        out.object("usage", object -> transcriptionUsage(object, usage));
    }

    private static void transcriptionUsage(JsonObjectWriter out, TranscriptionUsage usage) {
        switch (usage) {
            case TranscriptionUsage.Audio audio -> out.text("type", "duration").seconds("seconds", audio.length());
            case TranscriptionUsage.Tokens tokens ->
                out.text("type", "tokens")
                        .number("total_tokens", (long) tokens.inputTokens() + tokens.outputTokens())
                        .number("input_tokens", tokens.inputTokens())
                        .object(
                                "input_token_details",
                                details -> details.number("text_tokens", tokens.inputTextTokens())
                                        .number("audio_tokens", tokens.inputAudioTokens()))
                        .number("output_tokens", tokens.outputTokens());
        }
    }

    private void transcriptDelta(ServerEvent.InputTranscriptDelta event) {
        transcription("delta", event.eventId(), event.itemId(), event.contentIndex())
                .text("delta", event.delta());
        logProbs(event.logProbs());
    }

    private void segment(ServerEvent.InputTranscriptSegment event) {
        transcription("segment", event.eventId(), event.itemId(), event.contentIndex())
                .text("id", event.segmentId())
                .text("speaker", event.speaker())
                .text("text", event.text())
                .seconds("start", event.start())
                .seconds("end", event.end());
    }

    private void logProbs(List<LogProb> probabilities) {
        if (!probabilities.isEmpty()) {
            out.objects(
                    "logprobs",
                    probabilities,
                    (object, p) -> object.text("token", p.token())
                            .decimal("logprob", BigDecimal.valueOf(p.logprob()))
                            .numbers("bytes", p.bytes()));
        }
    }

    private static void rateLimit(JsonObjectWriter out, ServerEvent.RateLimit limit) {
        out.text("name", Optional.of(limit.name()).filter(name -> !name.isEmpty()))
                .number("limit", limit.limit())
                .number("remaining", limit.remaining())
                .seconds("reset_seconds", limit.reset());
    }
}
