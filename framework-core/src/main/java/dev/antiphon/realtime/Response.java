package dev.antiphon.realtime;

import java.util.List;
import java.util.Optional;

/**
 * The response object of {@code response.created} and {@code response.done} (protocol section 8).
 *
 * @param id the response id
 * @param status where the response stands
 * @param conversationId the conversation written to; empty for out-of-band responses
 * @param output the finished items, without audio
 * @param usage tokens; empty while in progress and from gateways that omit it
 * @param metadata the client's own key-value pairs as JSON, empty when none
 * @param settings what it is generated with
 */
public record Response(
        String id,
        Status status,
        Optional<String> conversationId,
        List<Item> output,
        Optional<Usage> usage,
        Optional<RawJson> metadata,
        Settings settings) {

    public Response {
        output = List.copyOf(output);
    }

    /** A response whose settings the server does not show. */
    public Response(
            String id,
            Status status,
            Optional<String> conversationId,
            List<Item> output,
            Optional<Usage> usage,
            Optional<RawJson> metadata) {
        this(id, status, conversationId, output, usage, metadata, Settings.NONE);
    }

    /**
     * What a response is generated with, as far as the server shows it.
     *
     * @param maxOutputTokens or {@link SessionConfig#UNLIMITED}
     * @param temperature in the beta dialect only
     */
    public record Settings(
            Optional<SessionConfig.Modality> outputModality,
            Optional<AudioFormat> outputFormat,
            Optional<String> voice,
            Optional<Integer> maxOutputTokens,
            Optional<Double> temperature) {

        /** Nothing shown. */
        public static final Settings NONE =
                new Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Where a response stands, with the reason where there is one. */
    public sealed interface Status {
        /** Still generating. */
        record InProgress() implements Status {}

        /** Finished. */
        record Completed() implements Status {}

        /** Stopped; {@code reason} is {@code turn_detected} or {@code client_cancelled}. */
        record Cancelled(String reason) implements Status {}

        /** Cut short; {@code reason} is {@code max_output_tokens} or {@code content_filter}. */
        record Incomplete(String reason) implements Status {}

        /** Failed with an error. */
        record Failed(ApiError error) implements Status {}

        /** A status this package does not know. */
        record Unknown(String name) implements Status {}
    }
}
