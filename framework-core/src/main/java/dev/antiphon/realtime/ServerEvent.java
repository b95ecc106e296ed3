package dev.antiphon.realtime;

import java.time.Duration;
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

    record InputTranscriptDelta(String eventId, String itemId, int contentIndex, String delta) implements ServerEvent {}

    record InputTranscriptCompleted(String eventId, String itemId, int contentIndex, String transcript)
            implements ServerEvent {}

    record InputTranscriptFailed(String eventId, String itemId, int contentIndex, ApiError error)
            implements ServerEvent {}

    record ResponseCreated(String eventId, Response response) implements ServerEvent {}

    record ResponseDone(String eventId, Response response) implements ServerEvent {}

    record OutputItemAdded(String eventId, String responseId, int outputIndex, Item item) implements ResponsePart {}

    record OutputItemDone(String eventId, String responseId, int outputIndex, Item item) implements ResponsePart {}

    record ContentPartAdded(
            String eventId, String responseId, String itemId, int outputIndex, int contentIndex, RawJson part)
            implements ResponsePart {}

    record ContentPartDone(
            String eventId, String responseId, String itemId, int outputIndex, int contentIndex, RawJson part)
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
