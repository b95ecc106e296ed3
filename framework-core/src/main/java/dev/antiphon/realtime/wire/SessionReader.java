package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.realtime.TurnDetection;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads session objects and the parts that {@code response.create} shares with them (protocol section 7). */
enum SessionReader {
    /** What a server shows: a part that cannot be read counts as absent. */
    LENIENT,
    /** What a client asks for: a part that cannot be read spoils the event, so that no half of it is applied. */
    STRICT;

    private static final TurnDetection.ServerVad VAD = TurnDetection.ServerVad.defaults();

    SessionInfo info(Fields session) {
        return new SessionInfo(
                session.textOr("id", ""),
                session.optionalText("model"),
                session.optionalNumber("expires_at").flatMap(SessionReader::instant),
                config(session),
                session.json());
    }

    SessionConfig config(Fields session) {
        Fields audio = session.objectOrEmpty("audio");
        Fields input = audio.objectOrEmpty("input");
        Fields output = audio.objectOrEmpty("output");
        return new SessionConfig(
                text(session, "instructions"),
                modality(session),
                part(input, "format", SessionReader::format),
                part(output, "format", SessionReader::format),
                turnDetection(input),
                part(input, "transcription", Fields::of).flatMap(t -> t.optionalText("model")),
                part(output, "voice", SessionReader::voice),
                part(output, "speed", SessionReader::speed),
                tools(session),
                toolChoice(session),
                part(session, "reasoning", Fields::of).flatMap(r -> r.optionalText("effort")),
                maxOutputTokens(session));
    }

    Optional<String> text(Fields from, String name) {
        return part(from, name, Fields::string);
    }

    Optional<Modality> modality(Fields from) {
        return part(from, "output_modalities", SessionReader::modality);
    }

    Optional<List<FunctionTool>> tools(Fields from) {
        return part(from, "tools", this::toolList);
    }

    Optional<ToolChoice> toolChoice(Fields from) {
        return part(from, "tool_choice", SessionReader::choice);
    }

    /** {@code inf} is the default, so it counts as absent. */
    Optional<Integer> maxOutputTokens(Fields from) {
        return from.optionalNumber("max_output_tokens").map(Double::intValue);
    }

    private Optional<TurnDetection> turnDetection(Fields input) {
        if (input.has("turn_detection") && input.present("turn_detection").isEmpty()) {
            return Optional.of(new TurnDetection.Manual());
        }
        return part(input, "turn_detection", SessionReader::detection);
    }

    private <T> Optional<T> part(Fields from, String name, Function<JsonNode, T> reader) {
        try {
            return from.present(name).map(reader);
        } catch (UnreadableShape | IllegalArgumentException unreadable) {
            if (this == LENIENT) {
                return Optional.empty();
            }
            throw unreadable;
        }
    }

    private List<FunctionTool> toolList(JsonNode value) {
        return value.values().stream()
                .flatMap(element -> part(element).stream())
                .toList();
    }

    private Optional<FunctionTool> part(JsonNode tool) {
        try {
            return Optional.of(tool(Fields.of(tool)));
        } catch (UnreadableShape | IllegalArgumentException unreadable) {
            if (this == LENIENT) {
                return Optional.empty();
            }
            throw unreadable;
        }
    }

    private static FunctionTool tool(Fields tool) {
        if (!tool.textOr("type", "function").equals("function")) {
            throw new UnreadableShape("only function tools are modelled");
        }
        return new FunctionTool(
                tool.text("name"),
                tool.textOr("description", ""),
                tool.json("parameters").orElse(RawJson.EMPTY_OBJECT));
    }

    private static ToolChoice choice(JsonNode value) {
        if (value.isString()) {
            return new ToolChoice.Mode(value.stringValue());
        }
        Fields choice = Fields.of(value);
        if (!choice.textOr("type", "").equals("function")) {
            throw new UnreadableShape("only the choice of a function is modelled");
        }
        return new ToolChoice.Function(choice.text("name"));
    }

    private static Modality modality(JsonNode value) {
        List<String> names = value.values().stream().map(Fields::string).toList();
        if (names.contains("audio")) {
            return Modality.AUDIO;
        }
        if (names.contains("text")) {
            return Modality.TEXT;
        }
        throw new UnreadableShape("output_modalities must contain audio or text, but was " + names);
    }

    private static AudioFormat format(JsonNode value) {
        Fields format = Fields.of(value);
        return switch (format.text("type")) {
            case "audio/pcm" -> AudioFormat.PCM16_24KHZ;
            case "audio/pcmu" -> AudioFormat.G711_ULAW;
            case "audio/pcma" -> AudioFormat.G711_ALAW;
            default -> throw new UnreadableShape("audio format must be audio/pcm, audio/pcmu or audio/pcma");
        };
    }

    private static String voice(JsonNode value) {
        return value.isString() ? value.stringValue() : Fields.of(value).text("id");
    }

    private static double speed(JsonNode value) {
        double speed = Fields.number(value);
        if (!(speed >= 0.25 && speed <= 1.5)) {
            throw new UnreadableShape("speed must be between 0.25 and 1.5, but was " + speed);
        }
        return speed;
    }

    private static TurnDetection detection(JsonNode value) {
        Fields vad = Fields.of(value);
        boolean create = vad.flag("create_response", true);
        boolean interrupt = vad.flag("interrupt_response", true);
        return switch (vad.textOr("type", "server_vad")) {
            case "server_vad" ->
                new TurnDetection.ServerVad(
                        vad.optionalNumber("threshold").orElse(VAD.threshold()),
                        vad.millis("prefix_padding_ms", VAD.prefixPadding()),
                        vad.millis("silence_duration_ms", VAD.silenceDuration()),
                        vad.optionalMillis("idle_timeout_ms"),
                        create,
                        interrupt);
            case "semantic_vad" -> new TurnDetection.SemanticVad(vad.textOr("eagerness", "auto"), create, interrupt);
            default -> throw new UnreadableShape("turn detection must be server_vad or semantic_vad");
        };
    }

    private static Optional<Instant> instant(double epochSeconds) {
        try {
            return Optional.of(Instant.ofEpochSecond((long) epochSeconds));
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }
}
