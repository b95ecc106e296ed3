package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.SessionTool;
import java.util.List;
import java.util.Optional;

/**
 * Writes the settings that sessions and responses share (protocol sections 4, 7 and 8).
 *
 * @param asServer a custom voice by its plain id; else by an object
 */
record ResponseSettingsWriter(Spelling spelling, boolean asServer) {

    /** In the beta dialect speech is asked for together with text. */
    void modality(JsonObjectWriter out, Optional<Modality> modality) {
        modality.ifPresent(m -> out.strings(
                spelling.either("output_modalities", "modalities"),
                switch (m) {
                    case TEXT -> List.of("text");
                    case AUDIO -> spelling == Spelling.GA ? List.of("audio") : List.of("audio", "text");
                }));
    }

    void tools(JsonObjectWriter out, Optional<List<SessionTool>> tools) {
        tools.ifPresent(list -> out.objects("tools", list, ToolWriter::tool));
    }

    void maxTokens(JsonObjectWriter out, String name, Optional<Integer> tokens) {
        tokens.ifPresent(limit -> {
            if (limit == SessionConfig.UNLIMITED) {
                out.text(name, "inf");
            } else {
                out.number(name, limit);
            }
        });
    }

    void reasoning(JsonObjectWriter out, Optional<String> effort) {
        effort.ifPresent(e -> out.object("reasoning", reasoning -> reasoning.text("effort", e)));
    }

    /** Format and voice, into the object of the output (GA) or the whole one (beta). */
    void output(JsonObjectWriter out, Optional<AudioFormat> format, Optional<String> voice) {
        format(out, spelling.either("format", "output_audio_format"), format);
        voice.ifPresent(v -> {
            if (!asServer && spelling == Spelling.GA && v.startsWith("voice_")) {
                out.object("voice", custom -> custom.text("id", v));
            } else {
                out.text("voice", v);
            }
        });
    }

    void format(JsonObjectWriter out, String name, Optional<AudioFormat> format) {
        format.ifPresent(chosen -> {
            if (spelling == Spelling.GA) {
                out.object(name, object -> gaFormat(object, chosen));
            } else {
                out.text(name, betaFormat(chosen));
            }
        });
    }

    private static void gaFormat(JsonObjectWriter out, AudioFormat format) {
        switch (format) {
            case PCM16_24KHZ -> out.text("type", "audio/pcm").number("rate", format.sampleRateHz());
            case G711_ULAW -> out.text("type", "audio/pcmu");
            case G711_ALAW -> out.text("type", "audio/pcma");
        }
    }

    private static String betaFormat(AudioFormat format) {
        return switch (format) {
            case PCM16_24KHZ -> "pcm16";
            case G711_ULAW -> "g711_ulaw";
            case G711_ALAW -> "g711_alaw";
        };
    }
}
