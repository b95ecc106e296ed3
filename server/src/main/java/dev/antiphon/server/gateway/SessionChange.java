package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code session.update} comes to: a changed session, or an error and no change at all (protocol section 7).
 *
 * <p>What the bot owns (instructions, tools) or cannot do (speed, noise reduction, tracing, another voice once the call has
 * begun) is checked and then left as it is: the echoed session shows what is in effect.
 */
sealed interface SessionChange {

    /** The session from now on. */
    record Changed(ClientSession session) implements SessionChange {}

    /** The rule that was broken. */
    record Invalid(ApiError error) implements SessionChange {}

    /**
     * Reads an update.
     *
     * @param settled what cannot change any more
     */
    static SessionChange read(ObjectNode update, ClientSession current, Settled settled, Optional<String> eventId) {
        try {
            return new Changed(new Reader(settled).session(update, current));
        } catch (Broken broken) {
            return new Invalid(Errors.request(broken.code, broken.rule, broken.param, eventId));
        }
    }

    /**
     * How far a call has come.
     *
     * @param begun whether the call has begun, so that its voice stays what it is
     * @param heard whether audio has gone either way, so that the formats are settled
     * @param spoken whether the agent's audio has been heard, so that asking for another voice is an error
     */
    record Settled(boolean begun, boolean heard, boolean spoken) {}

    /** A broken rule, on its way out of the reader. */
    final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final String rule;
        private final String param;

        private Broken(String code, String rule, String param) {
            super(rule, null, false, false);
            this.code = code;
            this.rule = rule;
            this.param = param;
        }
    }

    /** The rules. */
    record Reader(Settled settled) {
        private static final Set<String> SESSION = Set.of(
                "type",
                "model",
                "instructions",
                "output_modalities",
                "audio",
                "include",
                "tracing",
                "tools",
                "tool_choice",
                "parallel_tool_calls",
                "reasoning",
                "max_output_tokens",
                "truncation",
                "prompt");
        private static final Set<String> INPUT = Set.of("format", "transcription", "noise_reduction", "turn_detection");
        private static final Set<String> OUTPUT = Set.of("format", "voice", "speed");
        private static final Set<String> SERVER_VAD = Set.of(
                "type",
                "threshold",
                "prefix_padding_ms",
                "silence_duration_ms",
                "idle_timeout_ms",
                "create_response",
                "interrupt_response");
        private static final Set<String> SEMANTIC_VAD =
                Set.of("type", "eagerness", "create_response", "interrupt_response");

        private static final List<String> VOICES =
                List.of("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar");

        private ClientSession session(ObjectNode update, ClientSession current) {
            if (!update.has("type")) {
                throw new Broken(
                        "missing_required_parameter", "Missing required parameter: 'session.type'.", "session.type");
            }
            if (!update.path("type").asString("").equals("realtime")) {
                throw invalid(update.path("type"), "session.type", "'realtime'");
            }
            onlyKnown(update, SESSION, "session");
            expect(update.path("instructions"), JsonNode::isString, "session.instructions", "a text");
            tools(update.path("tools"));
            expect(
                    update.path("tool_choice"),
                    n -> n.isObject()
                            || (n.isString()
                                    && Set.of("auto", "none", "required").contains(n.asString())),
                    "session.tool_choice",
                    "'auto', 'none', 'required' or a tool");
            maxOutputTokens(update.path("max_output_tokens"));
            ClientSession next = modality(update.path("output_modalities"), current);
            JsonNode audio = object(update, "audio", "session");
            onlyKnown(audio, Set.of("input", "output"), "session.audio");
            next = input(object(audio, "input", "session.audio"), next);
            return output(object(audio, "output", "session.audio"), next);
        }

        private static void maxOutputTokens(JsonNode limit) {
            String at = "session.max_output_tokens";
            expect(
                    limit,
                    n -> n.isIntegralNumber() || n.asString("").equals("inf"),
                    at,
                    "an integer from 1 to 4096, or 'inf'");
            if (limit.isNumber()) {
                bounds(limit, 1, 4_096, at);
            }
        }

        private static void tools(JsonNode tools) {
            expect(tools, JsonNode::isArray, "session.tools", "a list");
            for (int i = 0; i < tools.size(); i++) {
                String at = "session.tools[" + i + "]";
                String type = tools.path(i).path("type").asString("");
                if (!type.equals("function") && !type.equals("mcp")) {
                    throw invalid(tools.path(i).path("type"), at + ".type", "'function' or 'mcp'");
                }
                if (type.equals("function")
                        && !tools.path(i).path("name").asString("").matches("[A-Za-z0-9_-]{1,64}")) {
                    throw invalid(tools.path(i).path("name"), at + ".name", "1 to 64 letters, digits, '_' or '-'");
                }
            }
        }

        private static ClientSession modality(JsonNode modalities, ClientSession current) {
            if (modalities.isMissingNode()) {
                return current;
            }
            if (modalities.size() == 1 && modalities.path(0).asString("").equals("audio")) {
                return current.withModality(Modality.AUDIO);
            }
            if (modalities.size() == 1 && modalities.path(0).asString("").equals("text")) {
                return current.withModality(Modality.TEXT);
            }
            throw invalid(modalities, "session.output_modalities", "['audio'] or ['text']");
        }

        private ClientSession input(JsonNode input, ClientSession current) {
            onlyKnown(input, INPUT, "session.audio.input");
            ClientSession next = current.withFormats(
                    format(input.path("format"), current.input(), "session.audio.input.format"), current.output());
            JsonNode transcription = input.path("transcription");
            if (transcription.isNull() || transcription.isObject()) {
                next = next.withTranscripts(transcription.isObject());
            } else if (!transcription.isMissingNode()) {
                throw invalid(transcription, "session.audio.input.transcription", "an object or null");
            }
            JsonNode detection = input.path("turn_detection");
            return detection.isMissingNode() ? next : next.withDetection(detection(detection, next.detection()));
        }

        private ClientSession output(JsonNode output, ClientSession current) {
            onlyKnown(output, OUTPUT, "session.audio.output");
            JsonNode speed = output.path("speed");
            expect(speed, JsonNode::isNumber, "session.audio.output.speed", "a number");
            if (speed.isNumber()) {
                bounds(speed, 0.25, 1.5, "session.audio.output.speed");
            }
            ClientSession next = current.withFormats(
                    current.input(), format(output.path("format"), current.output(), "session.audio.output.format"));
            JsonNode voice = output.path("voice");
            if (voice.isMissingNode()) {
                return next;
            }
            if (!voice.asString("").equals(current.voice()) && !VOICES.contains(voice.asString(""))) {
                throw invalid(voice, "session.audio.output.voice", String.join(", ", VOICES));
            }
            if (settled.spoken() && !voice.asString().equals(current.voice())) {
                throw new Broken(
                        "cannot_update_voice",
                        "Cannot update a conversation's voice once audio was produced; it is '" + current.voice()
                                + "'. Send it in the first session.update.",
                        "session.audio.output.voice");
            }
            return settled.begun() ? next : next.withVoice(voice.asString());
        }

        private AudioFormat format(JsonNode format, AudioFormat current, String at) {
            if (format.isMissingNode()) {
                return current;
            }
            AudioFormat wanted = switch (format.path("type").asString("")) {
                case "audio/pcm" -> AudioFormat.PCM16_24KHZ;
                case "audio/pcmu" -> AudioFormat.G711_ULAW;
                case "audio/pcma" -> AudioFormat.G711_ALAW;
                default ->
                    throw invalid(format.path("type"), at + ".type", "'audio/pcm', 'audio/pcmu' and 'audio/pcma'");
            };
            JsonNode rate = format.path("rate");
            if (wanted == AudioFormat.PCM16_24KHZ && !rate.isMissingNode()) {
                bounds(rate, 24_000, 24_000, at + ".rate");
            }
            if (settled.heard() && wanted != current) {
                throw new Broken(
                        "invalid_value",
                        "The audio format cannot change once audio has been exchanged. Send it in the first"
                                + " session.update.",
                        at);
            }
            return wanted;
        }

        private static TurnDetection detection(JsonNode node, TurnDetection current) {
            String at = "session.audio.input.turn_detection";
            if (node.isNull()) {
                return new TurnDetection.Manual();
            }
            return switch (node.path("type").asString("")) {
                case "server_vad" -> serverVad(node, current, at);
                case "semantic_vad" -> semanticVad(node, at);
                default -> throw invalid(node.path("type"), at + ".type", "'server_vad' and 'semantic_vad'");
            };
        }

        private static TurnDetection serverVad(JsonNode node, TurnDetection current, String at) {
            onlyKnown(node, SERVER_VAD, at);
            TurnDetection.ServerVad base =
                    current instanceof TurnDetection.ServerVad vad ? vad : TurnDetection.ServerVad.defaults();
            if (node.path("idle_timeout_ms").isNumber()) {
                bounds(node.path("idle_timeout_ms"), 5_000, 30_000, at + ".idle_timeout_ms");
            }
            if (node.has("threshold")) {
                bounds(node.path("threshold"), 0, 1, at + ".threshold");
            }
            return new TurnDetection.ServerVad(
                    node.path("threshold").asDouble(base.threshold()),
                    millis(node, "prefix_padding_ms", base.prefixPadding(), at),
                    millis(node, "silence_duration_ms", base.silenceDuration(), at),
                    base.idleTimeout(),
                    true,
                    true);
        }

        private static TurnDetection semanticVad(JsonNode node, String at) {
            onlyKnown(node, SEMANTIC_VAD, at);
            String eagerness = node.path("eagerness").asString("auto");
            if (!Set.of("low", "medium", "high", "auto").contains(eagerness)) {
                throw invalid(node.path("eagerness"), at + ".eagerness", "'low', 'medium', 'high' and 'auto'");
            }
            return new TurnDetection.SemanticVad(eagerness, true, true);
        }

        private static Duration millis(JsonNode node, String name, Duration current, String at) {
            if (!node.has(name)) {
                return current;
            }
            bounds(node.path(name), 0, 10_000, at + "." + name);
            return Duration.ofMillis(node.path(name).asLong());
        }

        private static JsonNode object(JsonNode parent, String name, String at) {
            expect(parent.path(name), JsonNode::isObject, at + "." + name, "an object");
            return parent.path(name);
        }

        private static void bounds(JsonNode number, double min, double max, String at) {
            if (!number.isNumber()) {
                throw invalid(number, at, "a number");
            }
            String kind = number.isIntegralNumber() ? "integer" : "decimal";
            if (number.asDouble() < min) {
                throw new Broken(
                        kind + "_below_min_value",
                        "Invalid '" + at + "': " + kind + " below minimum value. Expected a value >= " + plain(min)
                                + ", but got " + number.asString() + " instead.",
                        at);
            }
            if (number.asDouble() > max) {
                throw new Broken(
                        kind + "_above_max_value",
                        "Invalid '" + at + "': " + kind + " above maximum value. Expected a value <= " + plain(max)
                                + ", but got " + number.asString() + " instead.",
                        at);
            }
        }

        private static String plain(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }

        private static void onlyKnown(JsonNode object, Set<String> known, String at) {
            for (String key : object.propertyNames()) {
                if (!known.contains(key)) {
                    String param = at + "." + key;
                    throw new Broken("unknown_parameter", "Unknown parameter: '" + param + "'.", param);
                }
            }
        }

        private static void expect(JsonNode node, Predicate<JsonNode> rule, String at, String expected) {
            if (!node.isMissingNode() && !rule.test(node)) {
                throw invalid(node, at, expected);
            }
        }

        private static Broken invalid(JsonNode value, String at, String expected) {
            String shown = value.isMissingNode() ? "nothing" : value.toString();
            return new Broken(
                    "invalid_value",
                    "Invalid value for '" + at + "': "
                            + (shown.length() > 200 ? shown.substring(0, 200) + "…" : shown) + ". Supported: "
                            + expected + ".",
                    at);
        }
    }
}
