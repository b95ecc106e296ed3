package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads response objects, usage, errors and the overrides of {@code response.create} (protocol sections 8 and 12). */
final class ResponseReader {
    private ResponseReader() {}

    static Response response(Fields response) {
        return new Response(
                response.textOr("id", ""),
                status(response),
                response.optionalText("conversation_id"),
                ItemReader.items(response.array("output")),
                response.optionalObject("usage").map(ResponseReader::usage),
                response.optionalObject("metadata").map(Fields::json).filter(m -> !m.equals(RawJson.EMPTY_OBJECT)),
                settings(response));
    }

    private static Response.Settings settings(Fields response) {
        SessionReader shared = SessionReader.SERVER;
        return new Response.Settings(
                shared.modality(response),
                shared.outputFormat(response),
                shared.voice(response),
                shared.maxOutputTokens(response),
                shared.temperature(response));
    }

    static ApiError error(Fields error) {
        return error(error, error.optionalText("event_id"));
    }

    /** An error whose fields stand beside the event's own; the id there is the server's. */
    static ApiError spread(Fields event) {
        return error(event, Optional.empty());
    }

    private static ApiError error(Fields error, Optional<String> clientEventId) {
        return new ApiError(
                error.textOr("type", ""),
                error.optionalCode("code"),
                error.textOr("message", ""),
                error.optionalText("param"),
                clientEventId);
    }

    static ResponseConfig config(Fields event, Spelling spelling) {
        SessionReader shared = SessionReader.client(spelling);
        Optional<Fields> overrides = event.present("response").map(Fields::of);
        return overrides.map(response -> overrides(response, shared)).orElse(ResponseConfig.NONE);
    }

    private static ResponseConfig overrides(Fields response, SessionReader shared) {
        return new ResponseConfig(
                shared.text(response, "instructions"),
                shared.modality(response),
                shared.outputFormat(response),
                shared.voice(response),
                shared.tools(response),
                shared.toolChoice(response),
                shared.flag(response, "parallel_tool_calls"),
                shared.reasoningEffort(response),
                response.textOr("conversation", "auto").equals("none")
                        ? ResponseConfig.Conversation.NONE
                        : ResponseConfig.Conversation.AUTO,
                response.present("input").filter(JsonNode::isArray).map(i -> ItemReader.items(List.copyOf(i.values()))),
                metadata(response),
                shared.maxOutputTokens(response),
                shared.prompt(response),
                shared.temperature(response));
    }

    private static Map<String, String> metadata(Fields response) {
        Map<String, String> pairs = new HashMap<>();
        response.present("metadata").ifPresent(m -> m.forEachEntry((key, value) -> pairs.put(key, value.asString(""))));
        return pairs;
    }

    private static Response.Status status(Fields response) {
        String name = response.textOr("status", "");
        // Some gateways put the bare reason where the details object belongs.
        Fields details = response.objectOrEmpty("status_details");
        Optional<String> bare = response.optionalText("status_details");
        String reason = bare.orElseGet(() -> details.textOr("reason", ""));
        return switch (name) {
            case "in_progress" -> new Response.Status.InProgress();
            case "completed" -> new Response.Status.Completed();
            case "cancelled" -> new Response.Status.Cancelled(reason);
            case "incomplete" -> new Response.Status.Incomplete(reason);
            case "failed" -> new Response.Status.Failed(failure(details, bare));
            default -> new Response.Status.Unknown(name);
        };
    }

    private static ApiError failure(Fields details, Optional<String> bare) {
        return details.optionalObject("error")
                .map(ResponseReader::error)
                .orElseGet(() -> new ApiError(
                        "",
                        Optional.empty(),
                        bare.or(() -> details.optionalText("error")).orElse(""),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Usage usage(Fields usage) {
        Fields in = usage.objectOrEmpty("input_token_details");
        Fields out = usage.objectOrEmpty("output_token_details");
        int inAudio = tokens(in, "audio_tokens");
        int inImage = tokens(in, "image_tokens");
        int outAudio = tokens(out, "audio_tokens");
        // What a gateway does not break down counts as text, the cheapest reading that keeps the totals.
        int inText = textTokens(in, usage, "input_tokens", (long) inAudio + inImage);
        int outText = textTokens(out, usage, "output_tokens", outAudio);
        Fields cached = in.objectOrEmpty("cached_tokens_details");
        int cachedText = Math.min(inText, tokens(cached, "text_tokens"));
        int cachedAudio = Math.min(inAudio, tokens(cached, "audio_tokens"));
        int cachedImage = Math.min(inImage, tokens(cached, "image_tokens"));
        // What is cached is part of what was read; where no modality is named, text is taken first, then audio.
        long unnamed = tokens(in, "cached_tokens") - (long) cachedText - cachedAudio - cachedImage;
        int moreText = Math.clamp(unnamed, 0, inText - cachedText);
        int moreAudio = Math.clamp(unnamed - moreText, 0, inAudio - cachedAudio);
        int moreImage = Math.clamp(unnamed - moreText - moreAudio, 0, inImage - cachedImage);
        return new Usage(
                inText,
                inAudio,
                inImage,
                cachedText + moreText,
                cachedAudio + moreAudio,
                cachedImage + moreImage,
                outText,
                outAudio);
    }

    private static int textTokens(Fields details, Fields total, String totalName, long otherTokens) {
        return details.present("text_tokens").isPresent()
                ? tokens(details, "text_tokens")
                : (int) Math.max(0, tokens(total, totalName) - otherTokens);
    }

    private static int tokens(Fields from, String name) {
        return Math.max(0, from.integer(name));
    }
}
