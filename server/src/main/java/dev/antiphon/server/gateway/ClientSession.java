package dev.antiphon.server.gateway;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The session as the client sees it: what is really in effect. The bot owns instructions and tools, so a description
 * stands in for the instructions and the tools are empty.
 *
 * @param id the session's id
 * @param model the model shown
 * @param about the bot's description
 * @param expiresAt when the call is ended at the latest
 * @param input the caller's audio
 * @param output the agent's audio
 * @param modality speech or text
 * @param detection who ends the caller's turn
 * @param voice the agent's voice
 * @param transcriber the model that writes down what the caller says; empty for none
 * @param transcripts whether the client wants to see what it wrote
 */
record ClientSession(
        String id,
        String model,
        String about,
        Instant expiresAt,
        AudioFormat input,
        AudioFormat output,
        Modality modality,
        TurnDetection detection,
        String voice,
        Optional<String> transcriber,
        boolean transcripts) {

    static ClientSession begin(String id, String model, String about, Instant expiresAt, SessionSettings settings) {
        return new ClientSession(
                id,
                model,
                about,
                expiresAt,
                settings.inputFormat(),
                settings.outputFormat(),
                settings.modality(),
                settings.turnDetection(),
                settings.voice(),
                settings.transcription(),
                true);
    }

    ClientSession withFormats(AudioFormat otherInput, AudioFormat otherOutput) {
        return new ClientSession(
                id,
                model,
                about,
                expiresAt,
                otherInput,
                otherOutput,
                modality,
                detection,
                voice,
                transcriber,
                transcripts);
    }

    ClientSession withModality(Modality other) {
        return new ClientSession(
                id, model, about, expiresAt, input, output, other, detection, voice, transcriber, transcripts);
    }

    ClientSession withDetection(TurnDetection other) {
        return new ClientSession(
                id, model, about, expiresAt, input, output, modality, other, voice, transcriber, transcripts);
    }

    ClientSession withVoice(String other) {
        return new ClientSession(
                id, model, about, expiresAt, input, output, modality, detection, other, transcriber, transcripts);
    }

    ClientSession withTranscripts(boolean wanted) {
        return new ClientSession(
                id, model, about, expiresAt, input, output, modality, detection, voice, transcriber, wanted);
    }

    /** The transcription model as the client sees it. */
    Optional<String> transcription() {
        return transcriber.filter(m -> transcripts);
    }

    /** What the call's session must know of a change. */
    VoiceSession.ConfigureCaller toCommand() {
        return new VoiceSession.ConfigureCaller(input, output, modality, detection);
    }

    /** The settings of a call that begins with these choices; transcripts that nobody wants are still the bot's to use. */
    SessionSettings applyTo(SessionSettings settings) {
        return settings.withCaller(input, output, modality, detection).withVoice(voice);
    }

    SessionInfo toInfo() {
        SessionConfig config = SessionConfig.of(c -> {
            c.model(model)
                    .instructions(about)
                    .outputModality(modality)
                    .inputFormat(input)
                    .outputFormat(output)
                    .turnDetection(detection)
                    .voice(voice)
                    .speed(1.0)
                    .tools(List.of())
                    .toolChoice(ToolChoice.AUTO);
            transcription().ifPresent(c::transcription);
        });
        return new SessionInfo(id, Optional.of(expiresAt), config, new RawJson(toJson().toString()));
    }

    private ObjectNode toJson() {
        ObjectNode session = JsonNodeFactory.instance.objectNode();
        session.put("type", "realtime").put("object", "realtime.session").put("id", id);
        session.put("model", model);
        session.putArray("output_modalities").add(modality == Modality.AUDIO ? "audio" : "text");
        session.put("instructions", about);
        session.putArray("tools");
        session.put("tool_choice", "auto").put("max_output_tokens", "inf");
        session.putNull("tracing").put("truncation", "auto").putNull("prompt");
        session.put("expires_at", expiresAt.getEpochSecond());
        ObjectNode audio = session.putObject("audio");
        ObjectNode in = audio.putObject("input");
        in.set("format", format(input));
        transcription()
                .ifPresentOrElse(m -> in.putObject("transcription").put("model", m), () -> in.putNull("transcription"));
        in.putNull("noise_reduction");
        detection(in);
        ObjectNode out = audio.putObject("output");
        out.set("format", format(output));
        out.put("voice", voice).put("speed", 1.0);
        session.putNull("include");
        return session;
    }

    private void detection(ObjectNode in) {
        switch (detection) {
            case TurnDetection.Manual ignored -> in.putNull("turn_detection");
            case TurnDetection.ServerVad vad -> {
                ObjectNode node = in.putObject("turn_detection");
                node.put("type", "server_vad").put("threshold", vad.threshold());
                node.put("prefix_padding_ms", vad.prefixPadding().toMillis());
                node.put("silence_duration_ms", vad.silenceDuration().toMillis());
                node.putNull("idle_timeout_ms");
                node.put("create_response", true).put("interrupt_response", true);
            }
            case TurnDetection.SemanticVad vad ->
                in.putObject("turn_detection")
                        .put("type", "semantic_vad")
                        .put("eagerness", vad.eagerness())
                        .put("create_response", true)
                        .put("interrupt_response", true);
        }
    }

    private static ObjectNode format(AudioFormat format) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return switch (format) {
            case PCM16_24KHZ -> node.put("type", "audio/pcm").put("rate", 24_000);
            case G711_ULAW -> node.put("type", "audio/pcmu");
            case G711_ALAW -> node.put("type", "audio/pcma");
        };
    }
}
