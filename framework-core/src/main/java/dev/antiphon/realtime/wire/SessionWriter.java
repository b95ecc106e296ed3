package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.realtime.TurnDetection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes session objects and the parts that {@code response.create} shares with them (protocol section 7). */
final class SessionWriter {
    private SessionWriter() {}

    /** The session as it was sent, or, when nothing was kept of that, from its parts. */
    static void info(JsonObjectWriter out, SessionInfo session) {
        if (!session.raw().equals(RawJson.EMPTY_OBJECT)) {
            out.fieldsOf(session.raw());
            return;
        }
        out.text("object", "realtime.session").text("id", session.id()).text("model", session.model());
        session.expiresAt().ifPresent(at -> out.number("expires_at", at.getEpochSecond()));
        config(out, session.config(), (output, voice) -> output.text("voice", voice));
    }

    /** What a client asks for. A custom voice is asked for by an object, but shown by its plain id. */
    static void config(JsonObjectWriter out, SessionConfig config) {
        config(out, config, SessionWriter::voice);
    }

    private static void config(
            JsonObjectWriter out, SessionConfig config, BiConsumer<JsonObjectWriter, String> voiceWriter) {
        out.text("type", "realtime").text("instructions", config.instructions());
        modality(out, config.outputModality());
        if (hasInput(config) || hasOutput(config)) {
            out.object("audio", audio -> audio(audio, config, voiceWriter));
        }
        tools(out, config.tools());
        toolChoice(out, config.toolChoice());
        config.reasoningEffort()
                .ifPresent(effort -> out.object("reasoning", reasoning -> reasoning.text("effort", effort)));
        config.maxOutputTokens().ifPresent(tokens -> out.number("max_output_tokens", tokens));
    }

    static void modality(JsonObjectWriter out, Optional<SessionConfig.Modality> modality) {
        modality.ifPresent(
                m -> out.strings("output_modalities", List.of(m.name().toLowerCase(Locale.ROOT))));
    }

    static void tools(JsonObjectWriter out, Optional<List<FunctionTool>> tools) {
        tools.ifPresent(list -> out.objects("tools", list, SessionWriter::tool));
    }

    static void toolChoice(JsonObjectWriter out, Optional<ToolChoice> choice) {
        choice.ifPresent(chosen -> {
            switch (chosen) {
                case ToolChoice.Mode mode -> out.text("tool_choice", mode.name());
                case ToolChoice.Function function ->
                    out.object(
                            "tool_choice",
                            named -> named.text("type", "function").text("name", function.name()));
            }
        });
    }

    private static void tool(JsonObjectWriter out, FunctionTool tool) {
        out.text("type", "function")
                .text("name", tool.name())
                .text("description", tool.description())
                .json("parameters", tool.parameters());
    }

    private static boolean hasInput(SessionConfig config) {
        return config.inputFormat().isPresent()
                || config.transcription().isPresent()
                || config.turnDetection().isPresent();
    }

    private static boolean hasOutput(SessionConfig config) {
        return config.outputFormat().isPresent()
                || config.voice().isPresent()
                || config.speed().isPresent();
    }

    private static void audio(
            JsonObjectWriter out, SessionConfig config, BiConsumer<JsonObjectWriter, String> voiceWriter) {
        if (hasInput(config)) {
            out.object("input", input -> {
                format(input, config.inputFormat());
                config.transcription().ifPresent(model -> input.object("transcription", t -> t.text("model", model)));
                config.turnDetection().ifPresent(detection -> turnDetection(input, detection));
            });
        }
        if (hasOutput(config)) {
            out.object("output", output -> {
                format(output, config.outputFormat());
                config.voice().ifPresent(voice -> voiceWriter.accept(output, voice));
                config.speed().ifPresent(speed -> output.decimal("speed", BigDecimal.valueOf(speed)));
            });
        }
    }

    private static void voice(JsonObjectWriter out, String voice) {
        if (voice.startsWith("voice_")) {
            out.object("voice", custom -> custom.text("id", voice));
        } else {
            out.text("voice", voice);
        }
    }

    private static void format(JsonObjectWriter out, Optional<AudioFormat> format) {
        format.ifPresent(chosen -> out.object("format", f -> {
            switch (chosen) {
                case PCM16_24KHZ -> f.text("type", "audio/pcm").number("rate", chosen.sampleRateHz());
                case G711_ULAW -> f.text("type", "audio/pcmu");
                case G711_ALAW -> f.text("type", "audio/pcma");
            }
        }));
    }

    private static void turnDetection(JsonObjectWriter out, TurnDetection detection) {
        switch (detection) {
            case TurnDetection.Manual manual -> out.nothing("turn_detection");
            case TurnDetection.ServerVad vad -> out.object("turn_detection", object -> serverVad(object, vad));
            case TurnDetection.SemanticVad vad ->
                out.object(
                        "turn_detection",
                        object -> object.text("type", "semantic_vad")
                                .text("eagerness", vad.eagerness())
                                .flag("create_response", vad.createResponse())
                                .flag("interrupt_response", vad.interruptResponse()));
        }
    }

    private static void serverVad(JsonObjectWriter out, TurnDetection.ServerVad vad) {
        out.text("type", "server_vad")
                .decimal("threshold", BigDecimal.valueOf(vad.threshold()))
                .millis("prefix_padding_ms", vad.prefixPadding())
                .millis("silence_duration_ms", vad.silenceDuration());
        vad.idleTimeout().ifPresent(timeout -> out.millis("idle_timeout_ms", timeout));
        out.flag("create_response", vad.createResponse()).flag("interrupt_response", vad.interruptResponse());
    }
}
