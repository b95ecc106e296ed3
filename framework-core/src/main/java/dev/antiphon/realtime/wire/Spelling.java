package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.RawJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the two dialects spell differently (protocol section 4). */
enum Spelling {
    GA,
    BETA;

    private static final List<String> BETA_FIELDS = List.of(
            "modalities",
            "voice",
            "input_audio_format",
            "output_audio_format",
            "input_audio_transcription",
            "max_response_output_tokens");

    /** {@code conversation.item.created} is the older name also at GA servers that still send it. */
    private static final Map<String, String> BETA_TYPES = Map.of(
            "conversation.item.added", "conversation.item.created",
            "response.output_text.delta", "response.text.delta",
            "response.output_text.done", "response.text.done",
            "response.output_audio.delta", "response.audio.delta",
            "response.output_audio.done", "response.audio.done",
            "response.output_audio_transcript.delta", "response.audio_transcript.delta",
            "response.output_audio_transcript.done", "response.audio_transcript.done");

    private static final Map<String, String> GA_TYPES = BETA_TYPES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    /** The GA name of a server event type of either dialect. */
    static String gaType(String type) {
        return GA_TYPES.getOrDefault(type, type);
    }

    /** The dialect that a session object of a server is spelled in; GA when nothing tells. */
    static Spelling of(Fields session) {
        boolean ga = session.has("type") || session.has("output_modalities") || session.has("audio");
        boolean beta = BETA_FIELDS.stream().anyMatch(session::has);
        return beta && !ga ? BETA : GA;
    }

    static Spelling of(RawJson session) {
        return of(Json.fields(session));
    }

    /** How this dialect spells a server event type that has this GA name. */
    String type(String gaType) {
        return this == BETA ? BETA_TYPES.getOrDefault(gaType, gaType) : gaType;
    }

    /** The one of two names that this dialect uses. */
    String either(String ga, String beta) {
        return this == GA ? ga : beta;
    }
}
