package dev.antiphon.realtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server may send (protocol section 6). {@link #eventId()} is empty on servers that omit it.
 *
 * <p>{@code outputIndex} counts the items of a response, {@code contentIndex} the parts of an item, both from 0.
 */
public sealed interface ServerEvent {

    /** The server's id of this event, or the empty text when the server omitted it. */
    String eventId();

    /** Deltas and ends of generated content: all belong to one response. */
    sealed interface ResponsePart extends ServerEvent {
        /** The response this belongs to. */
        String responseId();
    }

    record SessionCreated(String eventId, SessionInfo session) implements ServerEvent {}

    record SessionUpdated(String eventId, SessionInfo session) implements ServerEvent {}

    /** The default conversation (beta; GA servers leave it out). */
    record ConversationCreated(String eventId, String conversationId) implements ServerEvent {}

    /** An item exists (GA {@code .added}, beta {@code .created}). */
    record ItemAdded(String eventId, Optional<String> previousItemId, Item item) implements ServerEvent {}

    /** An item is final (GA only). */
    record ItemDone(String eventId, Optional<String> previousItemId, Item item) implements ServerEvent {}

    record ItemRetrieved(String eventId, Item item) implements ServerEvent {}

    record ItemDeleted(String eventId, String itemId) implements ServerEvent {}

    record ItemTruncated(String eventId, String itemId, int contentIndex, Duration audioEnd) implements ServerEvent {}

    /** {@code audioStart} counts appended audio since the session began, prefix padding included. */
    record SpeechStarted(String eventId, Duration audioStart, String itemId) implements ServerEvent {}

    /** {@code audioEnd} counts appended audio since the session began, the closing silence included. */
    record SpeechStopped(String eventId, Duration audioEnd, String itemId) implements ServerEvent {}

    record AudioCommitted(String eventId, Optional<String> previousItemId, String itemId) implements ServerEvent {}

    record AudioCleared(String eventId) implements ServerEvent {}

    record IdleTimeoutTriggered(String eventId, Duration audioStart, Duration audioEnd, String itemId)
            implements ServerEvent {}

    /** A key of the caller's telephone, on SIP; {@code key} is {@code 0} to {@code 9}, {@code *}, {@code #} or {@code A} to {@code D}. */
    record DtmfReceived(String eventId, String key, Instant receivedAt) implements ServerEvent {}

    /** Play-out of a response began; on WebRTC and SIP only. */
    record OutputAudioStarted(String eventId, String responseId) implements ServerEvent {}

    /** All of a response was played; on WebRTC and SIP only. */
    record OutputAudioStopped(String eventId, String responseId) implements ServerEvent {}

    /** What was not yet played of a response was dropped; on WebRTC and SIP only. */
    record OutputAudioCleared(String eventId, String responseId) implements ServerEvent {}

    /** {@code logProbs} are there when the session asked to include them. */
    record InputTranscriptDelta(String eventId, String itemId, int contentIndex, String delta, List<LogProb> logProbs)
            implements ServerEvent {
        public InputTranscriptDelta {
            logProbs = List.copyOf(logProbs);
        }
    }

    /**
     * The transcript of a caller's item is complete.
     *
     * @param usage what the transcription is billed for; gateways may omit it
     * @param languages codes of the languages that were heard, for example {@code en}
     * @param logProbs there when the session asked to include them
     */
    record InputTranscriptCompleted(
            String eventId,
            String itemId,
            int contentIndex,
            String transcript,
            Optional<TranscriptionUsage> usage,
            List<String> languages,
            List<LogProb> logProbs)
            implements ServerEvent {
        public InputTranscriptCompleted {
            languages = List.copyOf(languages);
            logProbs = List.copyOf(logProbs);
        }

        /** The transcript of an item's only part, without anything beside it. */
        public static InputTranscriptCompleted of(String eventId, String itemId, String transcript) {
            return new InputTranscriptCompleted(eventId, itemId, 0, transcript, Optional.empty(), List.of(), List.of());
        }
    }

    /** A piece of a transcript that tells speakers apart; {@code start} and {@code end} count from the item's beginning. */
    record InputTranscriptSegment(
            String eventId,
            String itemId,
            int contentIndex,
            String segmentId,
            String speaker,
            String text,
            Duration start,
            Duration end)
            implements ServerEvent {}

    record InputTranscriptFailed(String eventId, String itemId, int contentIndex, ApiError error)
            implements ServerEvent {}

    record ResponseCreated(String eventId, Response response) implements ServerEvent {}

    record ResponseDone(String eventId, Response response) implements ServerEvent {}

    record OutputItemAdded(String eventId, String responseId, int outputIndex, Item item) implements ResponsePart {}

    record OutputItemDone(String eventId, String responseId, int outputIndex, Item item) implements ResponsePart {}

    /** {@code part} is an {@link ContentPart.OutputText} or {@link ContentPart.OutputAudio}. */
    record ContentPartAdded(
            String eventId, String responseId, String itemId, int outputIndex, int contentIndex, ContentPart part)
            implements ResponsePart {}

    /** {@code part} as in {@link ContentPartAdded}, now whole. */
    record ContentPartDone(
            String eventId, String responseId, String itemId, int outputIndex, int contentIndex, ContentPart part)
            implements ResponsePart {}

    record TextDelta(String eventId, String responseId, String itemId, int outputIndex, int contentIndex, String delta)
            implements ResponsePart {}

    record TextDone(String eventId, String responseId, String itemId, int outputIndex, int contentIndex, String text)
            implements ResponsePart {}

    record AudioDelta(
            String eventId, String responseId, String itemId, int outputIndex, int contentIndex, AudioPayload delta)
            implements ResponsePart {}

    record AudioDone(String eventId, String responseId, String itemId, int outputIndex, int contentIndex)
            implements ResponsePart {}

    record AudioTranscriptDelta(
            String eventId, String responseId, String itemId, int outputIndex, int contentIndex, String delta)
            implements ResponsePart {}

    record AudioTranscriptDone(
            String eventId, String responseId, String itemId, int outputIndex, int contentIndex, String transcript)
            implements ResponsePart {}

    record FunctionArgumentsDelta(
            String eventId, String responseId, String itemId, int outputIndex, String callId, String delta)
            implements ResponsePart {}

    /** {@code name} is empty in the beta dialect. */
    record FunctionArgumentsDone(
            String eventId,
            String responseId,
            String itemId,
            int outputIndex,
            String callId,
            Optional<String> name,
            String argumentsJson)
            implements ResponsePart {}

    record McpArgumentsDelta(String eventId, String responseId, String itemId, int outputIndex, String delta)
            implements ResponsePart {}

    record McpArgumentsDone(String eventId, String responseId, String itemId, int outputIndex, String argumentsJson)
            implements ResponsePart {}

    /** The service calls an MCP tool. */
    record McpCallInProgress(String eventId, String itemId, int outputIndex) implements ServerEvent {}

    record McpCallCompleted(String eventId, String itemId, int outputIndex) implements ServerEvent {}

    record McpCallFailed(String eventId, String itemId, int outputIndex) implements ServerEvent {}

    /** The service asks an MCP server for its tools. */
    record McpListToolsInProgress(String eventId, String itemId) implements ServerEvent {}

    record McpListToolsCompleted(String eventId, String itemId) implements ServerEvent {}

    record McpListToolsFailed(String eventId, String itemId) implements ServerEvent {}

    record RateLimitsUpdated(String eventId, List<RateLimit> limits) implements ServerEvent {
        public RateLimitsUpdated {
            limits = List.copyOf(limits);
        }
    }

    /** An error; not fatal unless the connection closes after it. */
    record ErrorReported(String eventId, ApiError error) implements ServerEvent {}

    /** An event of a type this package does not model, or a known type with a shape that cannot be read. */
    record Unknown(String eventId, String type, RawJson raw) implements ServerEvent {}

    /** One limit of {@code rate_limits.updated}; {@code name} is {@code requests} or {@code tokens}. */
    record RateLimit(String name, int limit, int remaining, Duration reset) {}
}
