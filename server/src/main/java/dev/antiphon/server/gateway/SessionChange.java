package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code session.update} comes to: a changed session, or an error and no change at all (protocol section 7).
 *
 * <p>What the bot owns (instructions, tools) or cannot do (speed, noise reduction, tracing, another voice once the call has
 * begun) is left as it is: the echoed session shows what is in effect.
 */
sealed interface SessionChange {

    /** The session from now on. */
    record Changed(ClientSession session) implements SessionChange {}

    /** The rule that was broken. */
    record Invalid(ApiError error) implements SessionChange {}

    /**
     * Reads an update.
     *
     * @param update in the GA spelling, its {@linkplain dev.antiphon.realtime.wire.ClientEventRules shape} checked
     * @param settled what cannot change any more
     */
    static SessionChange read(ObjectNode update, ClientSession current, Settled settled) {
        if (!update.path("type").asString("").equals("realtime")) {
            return invalid("session.type", "invalid_value", "This bot holds conversations: it must be 'realtime'.");
        }
        JsonNode input = update.at("/audio/input");
        JsonNode output = update.at("/audio/output");
        AudioFormat heard = format(input.path("format"), current.input());
        AudioFormat spoken = format(output.path("format"), current.output());
        if (settled.heard() && (heard != current.input() || spoken != current.output())) {
            return invalid(
                    heard != current.input() ? "session.audio.input.format" : "session.audio.output.format",
                    "invalid_value",
                    "The audio format cannot change once audio has been exchanged. Send it in the first session.update.");
        }
        JsonNode voice = output.path("voice");
        if (voice.isObject()) {
            return invalid("session.audio.output.voice", "invalid_value", "This bot takes no custom voices.");
        }
        if (settled.spoken() && voice.isString() && !voice.stringValue().equals(current.voice())) {
            return invalid(
                    "session.audio.output.voice",
                    "cannot_update_voice",
                    "Cannot update a conversation's voice once audio was produced; it is '" + current.voice()
                            + "'. Send it in the first session.update.");
        }
        ClientSession next = current.withFormats(heard, spoken)
                .withModality(modality(update.path("output_modalities"), current.modality()))
                .withDetection(detection(input.path("turn_detection"), current.detection()))
                .withTranscripts(transcripts(input.path("transcription"), current.transcripts()));
        return new Changed(voice.isString() && !settled.begun() ? next.withVoice(voice.stringValue()) : next);
    }

    /**
     * How far a call has come.
     *
     * @param begun whether the call has begun, so that its voice stays what it is
     * @param heard whether audio has gone either way, so that the formats are settled
     * @param spoken whether the agent's audio has been heard, so that asking for another voice is an error
     */
    record Settled(boolean begun, boolean heard, boolean spoken) {}

    private static Invalid invalid(String param, String code, String rule) {
        return new Invalid(ApiError.invalidAt(param, code, rule));
    }

    private static AudioFormat format(JsonNode format, AudioFormat current) {
        return switch (format.path("type").asString("")) {
            case "audio/pcm" -> AudioFormat.PCM16_24KHZ;
            case "audio/pcmu" -> AudioFormat.G711_ULAW;
            case "audio/pcma" -> AudioFormat.G711_ALAW;
            default -> current;
        };
    }

    private static Modality modality(JsonNode modalities, Modality current) {
        return switch (modalities.path(0).asString("")) {
            case "audio" -> Modality.AUDIO;
            case "text" -> Modality.TEXT;
            default -> current;
        };
    }

    private static boolean transcripts(JsonNode transcription, boolean current) {
        return transcription.isMissingNode() ? current : transcription.isObject();
    }

    /** Turns are answered by the bot, and interrupted as it sees fit, whatever the client says of it. */
    private static TurnDetection detection(JsonNode detection, TurnDetection current) {
        if (detection.isNull()) {
            return new TurnDetection.Manual();
        }
        return switch (detection.path("type").asString("")) {
            case "server_vad" -> serverVad(detection, current);
            case "semantic_vad" ->
                new TurnDetection.SemanticVad(detection.path("eagerness").asString("auto"), true, true);
            default -> current;
        };
    }

    private static TurnDetection serverVad(JsonNode detection, TurnDetection current) {
        TurnDetection.ServerVad base =
                current instanceof TurnDetection.ServerVad vad ? vad : TurnDetection.ServerVad.defaults();
        JsonNode threshold = detection.path("threshold");
        return new TurnDetection.ServerVad(
                threshold.isNumber() ? threshold.doubleValue() : base.threshold(),
                millis(detection.path("prefix_padding_ms"), base.prefixPadding()),
                millis(detection.path("silence_duration_ms"), base.silenceDuration()),
                base.idleTimeout(),
                true,
                true);
    }

    private static Duration millis(JsonNode millis, Duration current) {
        return millis.isNumber() ? Duration.ofMillis(millis.longValue()) : current;
    }
}
