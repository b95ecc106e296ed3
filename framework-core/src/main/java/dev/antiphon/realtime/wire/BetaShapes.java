package dev.antiphon.realtime.wire;

import static dev.antiphon.realtime.wire.Shape.any;
import static dev.antiphon.realtime.wire.Shape.array;
import static dev.antiphon.realtime.wire.Shape.freeObject;
import static dev.antiphon.realtime.wire.Shape.nullable;
import static dev.antiphon.realtime.wire.Shape.number;
import static dev.antiphon.realtime.wire.Shape.object;
import static dev.antiphon.realtime.wire.Shape.oneOf;
import static dev.antiphon.realtime.wire.Shape.string;
import static dev.antiphon.realtime.wire.Shape.toolName;
import static dev.antiphon.realtime.wire.Shape.variants;

import dev.antiphon.realtime.ApiError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shapes of the beta client events (protocol section 4 and appendix C); null clears a setting. */
final class BetaShapes {
    static final List<String> EVENT_TYPES = List.of(
            "session.update",
            "transcription_session.update",
            "input_audio_buffer.append",
            "input_audio_buffer.commit",
            "input_audio_buffer.clear",
            "conversation.item.create",
            "conversation.item.truncate",
            "conversation.item.delete",
            "conversation.item.retrieve",
            "response.create",
            "response.cancel");

    private static final Shape FORMAT = oneOf("pcm16", "g711_ulaw", "g711_alaw");
    private static final Shape TEMPERATURE = number(0.6, 1.2);
    private static final Shape TOOL = variants(
            "type",
            Map.of(
                    "function",
                    object(
                            nullable(Map.of(
                                    "type", any(),
                                    "name", toolName(),
                                    "description", string(),
                                    "parameters", freeObject())),
                            Set.of("name")),
                    "mcp",
                    McpShapes.TOOL));
    private static final Shape ITEM = item(false);
    private static final Map<String, Shape> EVENTS = events();

    private BetaShapes() {}

    /** By type, one for each of {@link #EVENT_TYPES}. */
    static Map<String, Shape> all() {
        return EVENTS;
    }

    private static Map<String, Shape> events() {
        Map<String, Shape> events = new HashMap<>(GaShapes.alike(ITEM));
        events.put(
                "session.update",
                GaShapes.event(Map.of("session", object(sessionFields(), Set.of())), Set.of("session")));
        events.put(
                "transcription_session.update",
                GaShapes.event(Map.of("session", object(transcriptionFields(), Set.of())), Set.of("session")));
        events.put(
                "response.create",
                GaShapes.event(
                        Map.of("response", object(responseFields(), Set.of()).orNull()), Set.of()));
        return Map.copyOf(events);
    }

    private static Map<String, Shape> sessionFields() {
        Map<String, Shape> fields = new HashMap<>(inputFields());
        fields.putAll(answerFields());
        fields.put("model", string());
        fields.put("speed", number(0.25, 1.5));
        fields.put("tracing", GaShapes.TRACING);
        fields.put("truncation", GaShapes.TRUNCATION);
        fields.put("prompt", GaShapes.PROMPT);
        // Clients send a session back as they were shown it.
        fields.putAll(Map.of("id", any(), "object", any(), "expires_at", any(), "client_secret", any()));
        return nullable(fields);
    }

    private static Map<String, Shape> transcriptionFields() {
        Map<String, Shape> fields = new HashMap<>(inputFields());
        fields.put("modalities", modalities());
        return nullable(fields);
    }

    private static Map<String, Shape> inputFields() {
        return Map.of(
                "input_audio_format", FORMAT,
                "input_audio_transcription", GaShapes.TRANSCRIPTION,
                "input_audio_noise_reduction", GaShapes.NOISE_REDUCTION,
                "turn_detection", GaShapes.TURN_DETECTION,
                "include", array(oneOf("item.input_audio_transcription.logprobs")));
    }

    private static Map<String, Shape> responseFields() {
        Map<String, Shape> fields = new HashMap<>(answerFields());
        fields.put("conversation", oneOf("auto", "none"));
        fields.put("metadata", GaShapes::checkMetadata);
        fields.put("max_output_tokens", GaShapes.MAX_OUTPUT_TOKENS);
        fields.put("prompt", GaShapes.PROMPT);
        fields.put("input", array(item(true)));
        return nullable(fields);
    }

    /** How to answer, of a session or of one response. */
    private static Map<String, Shape> answerFields() {
        return Map.of(
                "modalities",
                modalities(),
                "instructions",
                string(GaShapes.MAX_INSTRUCTIONS),
                "voice",
                GaShapes.VOICE,
                "output_audio_format",
                FORMAT,
                "tools",
                array(TOOL),
                "tool_choice",
                GaShapes.TOOL_CHOICE,
                "temperature",
                TEMPERATURE,
                "max_response_output_tokens",
                GaShapes.MAX_OUTPUT_TOKENS);
    }

    /** Text alone or text and audio; audio is never without its words. */
    private static Shape modalities() {
        Shape names = array(oneOf("text", "audio"));
        return (path, value) -> {
            Optional<ApiError> problem = names.check(path, value);
            if (problem.isPresent()
                    || value.valueStream().anyMatch(name -> name.asString("").equals("text"))) {
                return problem;
            }
            return Shape.problem(
                    path,
                    "invalid_value",
                    "Invalid modalities: %s. Supported combinations are: ['text'] and ['audio', 'text']."
                            .formatted(value));
        };
    }

    private static Shape item(boolean orReference) {
        Map<String, Shape> common = Map.of(
                "id", string(32),
                "object", oneOf("realtime.item"),
                "type", any(),
                "status", oneOf("completed", "incomplete", "in_progress"));
        Shape text = object(Map.of("type", any(), "text", string()), Set.of("text"));
        Shape audio =
                object(Map.of("type", any(), "audio", string().orNull(), "transcript", string().orNull()), Set.of());
        Shape part = variants(
                "type",
                orReference
                        ? Map.of("input_text", text, "input_audio", audio, "text", text, "item_reference", reference())
                        : Map.of("input_text", text, "input_audio", audio, "text", text, "audio", audio));
        Shape message = object(
                GaShapes.union(common, Map.of("role", oneOf("system", "user", "assistant"), "content", array(part))),
                Set.of("role", "content"));
        Shape call = object(
                GaShapes.union(common, Map.of("call_id", string(), "name", string(), "arguments", string())),
                Set.of("name", "arguments"));
        Shape output = object(
                GaShapes.union(common, Map.of("call_id", string(), "output", string())), Set.of("call_id", "output"));
        Map<String, Shape> kinds = Map.of("message", message, "function_call", call, "function_call_output", output);
        return variants("type", orReference ? GaShapes.union(kinds, Map.of("item_reference", reference())) : kinds);
    }

    private static Shape reference() {
        return object(Map.of("type", any(), "id", string()), Set.of("id"));
    }
}
