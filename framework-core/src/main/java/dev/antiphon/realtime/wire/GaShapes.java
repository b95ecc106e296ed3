package dev.antiphon.realtime.wire;

import static dev.antiphon.realtime.wire.Shape.any;
import static dev.antiphon.realtime.wire.Shape.array;
import static dev.antiphon.realtime.wire.Shape.bool;
import static dev.antiphon.realtime.wire.Shape.freeObject;
import static dev.antiphon.realtime.wire.Shape.integer;
import static dev.antiphon.realtime.wire.Shape.nullable;
import static dev.antiphon.realtime.wire.Shape.number;
import static dev.antiphon.realtime.wire.Shape.object;
import static dev.antiphon.realtime.wire.Shape.objectOr;
import static dev.antiphon.realtime.wire.Shape.oneOf;
import static dev.antiphon.realtime.wire.Shape.picture;
import static dev.antiphon.realtime.wire.Shape.string;
import static dev.antiphon.realtime.wire.Shape.toolName;
import static dev.antiphon.realtime.wire.Shape.variants;

import dev.antiphon.realtime.ApiError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The shapes of the GA client events (protocol sections 5 to 9); null clears a setting of a session or a response. */
final class GaShapes {
    static final List<String> EVENT_TYPES = List.of(
            "session.update",
            "session.close",
            "input_audio_buffer.append",
            "session.input_audio_buffer.append",
            "input_audio_buffer.commit",
            "input_audio_buffer.clear",
            "conversation.item.create",
            "conversation.item.truncate",
            "conversation.item.delete",
            "conversation.item.retrieve",
            "response.create",
            "response.cancel");

    static final int MAX_INSTRUCTIONS = 1 << 20;

    private static final Shape PCM_RATE = integer(24_000, 24_000);
    private static final Shape FORMAT = variants(
            "type",
            Map.of(
                    "audio/pcm", object(Map.of("type", any(), "rate", PCM_RATE), Set.of()),
                    "audio/pcmu", object(Map.of("type", any()), Set.of()),
                    "audio/pcma", object(Map.of("type", any()), Set.of())));
    static final Shape VOICE = objectOr(
            object(Map.of("id", string()), Set.of("id")),
            oneOf("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"));
    static final Shape TURN_DETECTION = variants(
                    "type",
                    Map.of(
                            "server_vad",
                                    object(
                                            nullable(Map.of(
                                                    "type", any(),
                                                    "threshold", number(0, 1),
                                                    "prefix_padding_ms", integer(0, 30_000),
                                                    "silence_duration_ms", integer(0, 30_000),
                                                    "create_response", bool(),
                                                    "interrupt_response", bool(),
                                                    "idle_timeout_ms", integer(5_000, 30_000))),
                                            Set.of()),
                            "semantic_vad",
                                    object(
                                            nullable(Map.of(
                                                    "type", any(),
                                                    "eagerness", oneOf("low", "medium", "high", "auto"),
                                                    "create_response", bool(),
                                                    "interrupt_response", bool())),
                                            Set.of())))
            .orNull();
    static final Shape TRANSCRIPTION = object(
                    nullable(Map.of(
                            "model", string(),
                            "language", string(),
                            "languages", array(string()),
                            "keywords", array(string()),
                            "prompt", string(),
                            "delay", oneOf("minimal", "low", "medium", "high", "xhigh"))),
                    Set.of())
            .orNull();
    static final Shape NOISE_REDUCTION = object(Map.of("type", oneOf("near_field", "far_field")), Set.of("type"))
            .orNull();
    private static final Shape TOOL = variants(
            "type",
            Map.of(
                    "function",
                    object(
                            Map.of(
                                    "type", any(),
                                    "name", toolName(),
                                    "description", string(),
                                    "parameters", freeObject()),
                            Set.of("name")),
                    "mcp",
                    McpShapes.TOOL));
    static final Shape TOOL_CHOICE = objectOr(
            variants(
                    "type",
                    Map.of(
                            "function",
                            object(Map.of("type", any(), "name", string()), Set.of("name")),
                            "mcp",
                            McpShapes.CHOICE)),
            oneOf("none", "auto", "required"));
    static final Shape MAX_OUTPUT_TOKENS = integer(1, 32_000).ifIntegerElse(oneOf("inf"));
    private static final Shape REASONING = object(
                    Map.of("effort", oneOf("minimal", "low", "medium", "high", "xhigh")), Set.of())
            .orNull();
    static final Shape TRUNCATION = objectOr(
            object(
                    Map.of(
                            "type", oneOf("retention_ratio"),
                            "retention_ratio", number(0, 1),
                            "token_limits",
                                    object(Map.of("post_instructions", integer(0, Integer.MAX_VALUE)), Set.of())),
                    Set.of("type", "retention_ratio")),
            oneOf("auto", "disabled"));
    static final Shape TRACING = objectOr(
            object(Map.of("workflow_name", string(), "group_id", string(), "metadata", freeObject()), Set.of()),
            oneOf("auto"));
    static final Shape PROMPT = object(
            Map.of(
                    "id",
                    string(),
                    "version",
                    string().orNull(),
                    "variables",
                    freeObject().orNull()),
            Set.of("id"));

    private static final Shape SESSION = variants(
            "type",
            Map.of(
                    "realtime", object(sessionFields(), Set.of()),
                    "transcription", object(transcriptionFields(), Set.of())));
    private static final Shape ITEM = item();
    private static final Shape RESPONSE = object(responseFields(), Set.of());
    private static final Map<String, Shape> EVENTS = events();

    private GaShapes() {}

    /** By type; types of {@link #EVENT_TYPES} without a shape are those of other kinds of sessions. */
    static Map<String, Shape> all() {
        return EVENTS;
    }

    /** The output modalities are one of two; the service names the pair when it is neither. */
    private static Shape modalities() {
        Shape names = array(oneOf("text", "audio"));
        return (path, value) -> {
            Optional<ApiError> problem = names.check(path, value);
            if (problem.isPresent() || value.size() == 1) {
                return problem;
            }
            return Shape.problem(
                    path,
                    "invalid_value",
                    "Invalid modalities: %s. Supported combinations are: ['text'] and ['audio'].".formatted(value));
        };
    }

    private static Map<String, Shape> sessionFields() {
        Map<String, Shape> fields = new HashMap<>();
        fields.put("type", any());
        fields.put("model", string());
        fields.put("instructions", string(MAX_INSTRUCTIONS));
        fields.put("output_modalities", modalities());
        fields.put("audio", audio());
        fields.put("include", array(oneOf("item.input_audio_transcription.logprobs")));
        fields.put("tracing", TRACING);
        fields.put("tools", McpShapes.tools(TOOL));
        fields.put("tool_choice", TOOL_CHOICE);
        fields.put("parallel_tool_calls", bool());
        fields.put("reasoning", REASONING);
        fields.put("max_output_tokens", MAX_OUTPUT_TOKENS);
        fields.put("truncation", TRUNCATION);
        fields.put("prompt", PROMPT);
        return nullable(fields);
    }

    private static Map<String, Shape> transcriptionFields() {
        return nullable(Map.of(
                "type",
                any(),
                "audio",
                object(nullable(Map.of("input", audioInput())), Set.of()),
                "include",
                array(oneOf("item.input_audio_transcription.logprobs"))));
    }

    private static Shape audioInput() {
        return object(
                nullable(Map.of(
                        "format", FORMAT,
                        "transcription", TRANSCRIPTION,
                        "noise_reduction", NOISE_REDUCTION,
                        "turn_detection", TURN_DETECTION)),
                Set.of());
    }

    private static Shape audio() {
        Shape input = audioInput();
        Shape output = object(nullable(Map.of("format", FORMAT, "voice", VOICE, "speed", number(0.25, 1.5))), Set.of());
        return object(nullable(Map.of("input", input, "output", output)), Set.of());
    }

    private static Shape item() {
        Shape status = oneOf("completed", "incomplete", "in_progress");
        Map<String, Shape> common = Map.of(
                "id", string(32), "object", oneOf("realtime.item"), "type", any(), "status", status, "role", any());
        Shape inputText = object(Map.of("type", any(), "text", string()), Set.of("text"));
        Shape system = with(common, Map.of("content", array(variants("type", Map.of("input_text", inputText)))));
        Shape user = with(
                common,
                Map.of(
                        "content",
                        array(variants(
                                "type",
                                Map.of(
                                        "input_text",
                                        inputText,
                                        "input_audio",
                                        object(
                                                Map.of(
                                                        "type",
                                                        any(),
                                                        "audio",
                                                        string(),
                                                        "transcript",
                                                        string().orNull()),
                                                Set.of("audio")),
                                        "input_image",
                                        object(
                                                Map.of(
                                                        "type",
                                                        any(),
                                                        "image_url",
                                                        picture(),
                                                        "detail",
                                                        oneOf("auto", "low", "high")),
                                                Set.of("image_url")))))));
        Shape assistant = with(common, Map.of("content", array(variants("type", Map.of("output_text", inputText)))));
        Shape call = object(
                union(common, Map.of("call_id", string(), "name", string(), "arguments", string())),
                Set.of("name", "arguments"));
        Shape output =
                object(union(common, Map.of("call_id", string(), "output", string())), Set.of("call_id", "output"));
        return variants(
                "type",
                Map.of(
                        "message",
                        variants("role", Map.of("system", system, "user", user, "assistant", assistant)),
                        "function_call",
                        call,
                        "function_call_output",
                        output,
                        "mcp_approval_response",
                        McpShapes.APPROVAL_RESPONSE));
    }

    private static Shape with(Map<String, Shape> common, Map<String, Shape> more) {
        return object(union(common, more), Set.of("content"));
    }

    static Map<String, Shape> union(Map<String, Shape> one, Map<String, Shape> other) {
        Map<String, Shape> all = new HashMap<>(one);
        all.putAll(other);
        return Map.copyOf(all);
    }

    private static Map<String, Shape> responseFields() {
        Shape output = object(nullable(Map.of("format", FORMAT, "voice", VOICE)), Set.of());
        Shape reference = object(Map.of("type", any(), "id", string()), Set.of("id"));
        Shape input = (path, value) ->
                ("item_reference".equals(value.path("type").asString("")) ? reference : ITEM).check(path, value);
        Map<String, Shape> fields = new HashMap<>();
        fields.put("output_modalities", modalities());
        fields.put("instructions", string(MAX_INSTRUCTIONS));
        fields.put("audio", object(nullable(Map.of("output", output)), Set.of()));
        fields.put("tools", McpShapes.tools(TOOL));
        fields.put("tool_choice", TOOL_CHOICE);
        fields.put("parallel_tool_calls", bool());
        fields.put("reasoning", REASONING);
        fields.put("max_output_tokens", MAX_OUTPUT_TOKENS);
        fields.put("conversation", oneOf("auto", "none"));
        fields.put("metadata", GaShapes::checkMetadata);
        fields.put("prompt", PROMPT);
        fields.put("input", array(input));
        return nullable(fields);
    }

    static Optional<ApiError> checkMetadata(String path, JsonNode value) {
        Optional<ApiError> problem = freeObject().check(path, value);
        if (problem.isPresent()) {
            return problem;
        }
        if (value.size() > 16) {
            return Shape.problem(
                    path,
                    "object_above_max_properties",
                    "Invalid '%s': too many properties. Expected at most 16.".formatted(path));
        }
        for (var pair : value.properties()) {
            if (pair.getKey().length() > 64) {
                return Shape.problem(
                        path,
                        "string_above_max_length",
                        "Invalid '%s': a key is too long. Expected at most 64 characters.".formatted(path));
            }
            Optional<ApiError> wrong = string(512).check(Shape.join(path, pair.getKey()), pair.getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Map<String, Shape> events() {
        Map<String, Shape> events = new HashMap<>(alike(ITEM));
        events.put("session.update", event(Map.of("session", SESSION), Set.of("session")));
        events.put("response.create", event(Map.of("response", RESPONSE.orNull()), Set.of()));
        return Map.copyOf(events);
    }

    /** The events that both dialects spell alike, but for what an item may be. */
    static Map<String, Shape> alike(Shape item) {
        Map<String, Shape> events = new HashMap<>();
        events.put("input_audio_buffer.append", event(Map.of("audio", string()), Set.of("audio")));
        events.put("input_audio_buffer.commit", event(Map.of(), Set.of()));
        events.put("input_audio_buffer.clear", event(Map.of(), Set.of()));
        events.put(
                "conversation.item.create",
                event(Map.of("item", item, "previous_item_id", string().orNull()), Set.of("item")));
        events.put(
                "conversation.item.truncate",
                event(
                        Map.of(
                                "item_id", string(),
                                "content_index", integer(0, Integer.MAX_VALUE),
                                "audio_end_ms", integer(0, Integer.MAX_VALUE)),
                        Set.of("item_id", "content_index", "audio_end_ms")));
        events.put("conversation.item.delete", event(Map.of("item_id", string()), Set.of("item_id")));
        events.put("conversation.item.retrieve", event(Map.of("item_id", string()), Set.of("item_id")));
        events.put("response.cancel", event(Map.of("response_id", string().orNull()), Set.of()));
        return events;
    }

    static Shape event(Map<String, Shape> fields, Set<String> required) {
        Map<String, Shape> all = new HashMap<>(fields);
        all.put("type", any());
        all.put("event_id", string(ClientEventRules.MAX_EVENT_ID).orNull());
        return object(Map.copyOf(all), required);
    }
}
