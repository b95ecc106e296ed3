package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioFormat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The session object in force (protocol section 7): defaults, merged with every accepted update. Not thread-safe. */
final class EffectiveSession {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DEFAULT_INSTRUCTIONS =
            "You are a simulated voice assistant. Be brief, friendly and helpful; speak the language of the user.";
    /** Objects that an update changes field by field; all other values are replaced whole. */
    private static final Set<String> MERGED = Set.of("audio", "input", "output", "transcription", "turn_detection");

    /** What null does not set back to the default: no instructions, and no detection of turns. */
    private static final Set<String> CLEARED = Set.of("instructions", "turn_detection");

    /** What null sets back to. */
    private final ObjectNode standard;

    private ObjectNode tree;
    private boolean hasSpoken;

    private EffectiveSession(ObjectNode tree) {
        this.standard = tree.deepCopy();
        this.tree = tree;
    }

    static EffectiveSession defaults(String id, String model, Instant expiresAt) {
        ObjectNode session = JSON.objectNode();
        session.put("type", "realtime")
                .put("object", "realtime.session")
                .put("id", id)
                .put("model", model);
        session.putArray("output_modalities").add("audio");
        session.put("instructions", DEFAULT_INSTRUCTIONS);
        session.putArray("tools");
        session.put("tool_choice", "auto").put("max_output_tokens", "inf");
        session.putNull("tracing");
        session.put("truncation", "auto").putNull("prompt");
        session.put("expires_at", expiresAt.getEpochSecond());
        ObjectNode audio = session.putObject("audio");
        audio.set("input", input(turnDetectionDefaults("server_vad")));
        ObjectNode output = audio.putObject("output");
        output.set("format", pcm());
        output.put("voice", "alloy").put("speed", 1.0);
        session.putNull("include");
        return new EffectiveSession(session);
    }

    /** A session that transcribes and never answers (protocol.md section 14). */
    static EffectiveSession transcription(String id, Instant expiresAt) {
        ObjectNode session = JSON.objectNode();
        session.put("type", "transcription")
                .put("object", "realtime.transcription_session")
                .put("id", id)
                .put("expires_at", expiresAt.getEpochSecond());
        session.putObject("audio").set("input", input(listening(turnDetectionDefaults("server_vad"))));
        session.putNull("include");
        return new EffectiveSession(session);
    }

    private static ObjectNode input(ObjectNode turnDetection) {
        ObjectNode input = JSON.objectNode();
        input.set("format", pcm());
        input.putNull("transcription").putNull("noise_reduction");
        input.set("turn_detection", turnDetection);
        return input;
    }

    /** What a detector has where nothing answers. */
    private static ObjectNode listening(ObjectNode detection) {
        detection.remove(List.of("create_response", "interrupt_response", "idle_timeout_ms"));
        return detection;
    }

    /** Whether the session transcribes and never answers. */
    boolean transcribesOnly() {
        return tree.path("type").asString("").equals("transcription");
    }

    /** The whole object, as a copy. */
    ObjectNode snapshot() {
        return tree.deepCopy();
    }

    /**
     * Merges an update whose shape was checked.
     *
     * @return the problem, in which case nothing changed; or empty
     */
    Optional<ApiError> update(JsonNode update) {
        if (!update.path("type").asString("").equals(tree.path("type").asString(""))) {
            return Optional.of(ApiError.invalidAt(
                    "session.type",
                    "invalid_value",
                    "Invalid value: '%s'. The type of this session is '%s' and cannot change."
                            .formatted(
                                    update.path("type").asString(""),
                                    tree.path("type").asString(""))));
        }
        ObjectNode merged = tree.deepCopy();
        merge(merged, update, standard);
        Optional<ApiError> wrong = transcribesOnly() ? TranscriptionRules.check(merged) : whyNot(merged);
        if (wrong.isPresent()) {
            return wrong;
        }
        tree = merged;
        return Optional.empty();
    }

    private Optional<ApiError> whyNot(ObjectNode merged) {
        merged.put("model", model());
        JsonNode voice = merged.at("/audio/output/voice");
        if (hasSpoken && !voice.equals(tree.at("/audio/output/voice"))) {
            return Optional.of(voiceIsLocked());
        }
        JsonNode tracing = tree.path("tracing");
        if (!tracing.isNull() && !tracing.equals(merged.path("tracing"))) {
            return Optional.of(ApiError.invalidAt(
                    "session.tracing", "invalid_value", "Invalid 'session.tracing': it cannot change once it is set."));
        }
        return ModelLimits.answerTooLong("session.max_output_tokens", merged.path("max_output_tokens"), model())
                .or(() -> ModelLimits.notForModel("session", merged, model()));
    }

    /** The session has produced audio, which locks the voice. */
    void assistantSpoke() {
        hasSpoken = true;
    }

    boolean hasSpoken() {
        return hasSpoken;
    }

    static ApiError voiceIsLocked() {
        return ApiError.invalid(
                "cannot_update_voice", "Cannot update a conversation's voice if assistant audio is present.");
    }

    /** Null sets a field back to its default, and removes one that has none (protocol section 5: null clears). */
    private static void merge(ObjectNode target, JsonNode update, JsonNode defaults) {
        update.properties().forEach(property -> {
            String name = property.getKey();
            JsonNode value = property.getValue();
            if (value.isNull() && !CLEARED.contains(name)) {
                reset(target, name, defaults.path(name));
            } else if (MERGED.contains(name) && value.isObject()) {
                ObjectNode into = objectToMergeInto(target, name, value);
                merge(into, value, name.equals("turn_detection") ? turnDetectionDefaults(into) : defaults.path(name));
            } else {
                target.set(name, normalized(name, value));
            }
        });
    }

    private static void reset(ObjectNode target, String name, JsonNode standard) {
        if (standard.isMissingNode()) {
            target.remove(name);
        } else {
            target.set(name, standard.deepCopy());
        }
    }

    private static ObjectNode turnDetectionDefaults(ObjectNode detection) {
        return turnDetectionDefaults(detection.path("type").asString(""));
    }

    private static ObjectNode objectToMergeInto(ObjectNode target, String name, JsonNode update) {
        JsonNode current = target.path(name);
        boolean otherDetector =
                name.equals("turn_detection") && !current.path("type").equals(update.path("type"));
        if (current.isObject() && !otherDetector) {
            return (ObjectNode) current;
        }
        ObjectNode fresh = name.equals("turn_detection")
                ? turnDetectionDefaults(update.path("type").asString(""))
                : JSON.objectNode();
        target.set(name, fresh);
        return fresh;
    }

    private static JsonNode normalized(String name, JsonNode value) {
        return switch (name) {
            case "instructions" -> value.isNull() ? JSON.stringNode("") : value;
            case "format" -> value.path("type").asString("").equals("audio/pcm") ? pcm() : value.deepCopy();
            case "voice" -> value.isObject() ? value.path("id") : value;
            default -> value.deepCopy();
        };
    }

    private static ObjectNode pcm() {
        return JSON.objectNode().put("type", "audio/pcm").put("rate", 24_000);
    }

    private static ObjectNode turnDetectionDefaults(String type) {
        ObjectNode detection = JSON.objectNode().put("type", type);
        if (type.equals("server_vad")) {
            detection.put("threshold", 0.5).put("prefix_padding_ms", 300).put("silence_duration_ms", 200);
            detection.putNull("idle_timeout_ms");
        } else {
            detection.put("eagerness", "auto");
        }
        return detection.put("create_response", true).put("interrupt_response", true);
    }

    String model() {
        return tree.path("model").asString("");
    }

    String instructions() {
        return tree.path("instructions").asString("");
    }

    JsonNode tools() {
        return tree.path("tools");
    }

    JsonNode toolChoice() {
        return tree.path("tool_choice");
    }

    JsonNode truncation() {
        return tree.path("truncation");
    }

    JsonNode maxOutputTokens() {
        return tree.path("max_output_tokens");
    }

    JsonNode outputModalities() {
        return tree.path("output_modalities");
    }

    JsonNode audioOutput() {
        return tree.path("audio").path("output");
    }

    AudioFormat inputFormat() {
        return format(tree.at("/audio/input/format"));
    }

    boolean transcribesInput() {
        return tree.at("/audio/input/transcription").isObject();
    }

    /** The transcription model, empty text when none was named. */
    String transcriptionModel() {
        return tree.at("/audio/input/transcription/model").asString("");
    }

    /** How turns are found; empty when the client commits by hand. */
    Optional<TurnTaking> turnTaking() {
        JsonNode detection = tree.at("/audio/input/turn_detection");
        if (!detection.isObject()) {
            return Optional.empty();
        }
        TurnTaking found = TurnTaking.of(detection);
        return Optional.of(transcribesOnly() ? found.listening() : found);
    }

    static AudioFormat format(JsonNode format) {
        return switch (format.path("type").asString("")) {
            case "audio/pcmu" -> AudioFormat.G711_ULAW;
            case "audio/pcma" -> AudioFormat.G711_ALAW;
            default -> AudioFormat.PCM16_24KHZ;
        };
    }

    /** The function tools of a {@code tools} array. */
    static List<Brain.ToolSpec> functionTools(JsonNode tools) {
        return StreamSupport.stream(tools.spliterator(), false)
                .filter(tool -> tool.path("type").asString("").equals("function"))
                .map(tool -> new Brain.ToolSpec(
                        tool.path("name").asString(""),
                        tool.path("description").asString(""),
                        tool.path("parameters").isMissingNode() ? JSON.objectNode() : tool.path("parameters")))
                .toList();
    }
}
