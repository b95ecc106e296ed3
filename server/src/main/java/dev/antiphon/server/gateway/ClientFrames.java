package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.PromptTemplate;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.realtime.wire.MalformedFrame;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads clients' frames. Thread-safe; never throws for anything a client sent. */
final class ClientFrames {
    /** The largest message: 15 MiB of audio and its envelope (protocol section 3). */
    static final int MAX_FRAME_BYTES = 15 * 1024 * 1024 + 1024;

    private static final int MAX_EVENT_ID = 512;
    private static final String UPDATE = "session.update";
    private static final Set<String> KNOWN = Set.of(
            UPDATE,
            "input_audio_buffer.append",
            "input_audio_buffer.commit",
            "input_audio_buffer.clear",
            "conversation.item.create",
            "conversation.item.truncate",
            "conversation.item.delete",
            "conversation.item.retrieve",
            "response.create",
            "response.cancel");

    private static final Set<String> OVERRIDES = Set.of(
            "output_modalities",
            "instructions",
            "audio",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "reasoning",
            "max_output_tokens",
            "conversation",
            "metadata",
            "prompt",
            "input");

    private final Dialect dialect;
    private final JsonMapper json = JsonMapper.builder().build();

    ClientFrames(Dialect dialect) {
        this.dialect = dialect;
    }

    ClientFrame read(ByteBuffer utf8) {
        int size = utf8.remaining();
        if (size > MAX_FRAME_BYTES) {
            return new ClientFrame.Rejected(Errors.tooLarge(size, MAX_FRAME_BYTES));
        }
        try {
            ClientEvent event = dialect.decodeClient(utf8.duplicate());
            if (event.eventId().filter(id -> id.length() > MAX_EVENT_ID).isPresent()) {
                return new ClientFrame.Rejected(Errors.request(
                        "invalid_value", "An event_id may have at most 512 characters.", "event_id", Optional.empty()));
            }
            return switch (event) {
                case ClientEvent.SessionUpdate update -> update(update.eventId(), bytes(utf8));
                case ClientEvent.Unknown unknown -> unknown(unknown, utf8);
                case ClientEvent.OutputAudioClear clear ->
                    new ClientFrame.Rejected(Errors.unknownType("output_audio_buffer.clear", clear.eventId()));
                case ClientEvent.AudioAppend append -> append(append);
                case ClientEvent.AudioCommit commit -> new ClientFrame.Event(commit);
                case ClientEvent.AudioClear clear -> new ClientFrame.Event(clear);
                case ClientEvent.ItemCreate create -> new ClientFrame.Event(create);
                case ClientEvent.ItemRetrieve retrieve -> new ClientFrame.Event(retrieve);
                case ClientEvent.ItemTruncate truncate -> new ClientFrame.Event(truncate);
                case ClientEvent.ItemDelete delete -> new ClientFrame.Event(delete);
                case ClientEvent.ResponseCreate create -> create(create, bytes(utf8));
                case ClientEvent.ResponseCancel cancel -> new ClientFrame.Event(cancel);
            };
        } catch (MalformedFrame e) {
            return new ClientFrame.Rejected(malformed(utf8));
        }
    }

    private static ClientFrame append(ClientEvent.AudioAppend append) {
        if (!isBase64(append.audio().base64())) {
            return new ClientFrame.Rejected(Errors.request(
                    "invalid_value",
                    "Invalid 'audio'. Expected base64-encoded audio: letters, digits, '+' and '/', padded with '=' to a"
                            + " multiple of four characters.",
                    "audio",
                    append.eventId()));
        }
        return new ClientFrame.Event(append);
    }

    /** One pass over the characters, without decoding them. */
    private static boolean isBase64(String text) {
        int length = text.length();
        int end = text.endsWith("==") ? length - 2 : text.endsWith("=") ? length - 1 : length;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean known = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '/' && c <= '9') || c == '+';
            if (!known) {
                return false;
            }
        }
        return length % 4 == 0;
    }

    private ClientFrame unknown(ClientEvent.Unknown unknown, ByteBuffer utf8) {
        if (unknown.type().equals(UPDATE)) {
            return update(unknown.eventId(), bytes(utf8));
        }
        return new ClientFrame.Rejected(
                KNOWN.contains(unknown.type())
                        ? Errors.unreadable(unknown.type(), unknown.eventId())
                        : Errors.unknownType(unknown.type(), unknown.eventId()));
    }

    private ClientFrame create(ClientEvent.ResponseCreate create, byte[] utf8) {
        Optional<String> unknown = json.readTree(utf8).path("response").propertyNames().stream()
                .filter(name -> !OVERRIDES.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            return new ClientFrame.Rejected(Errors.unknownParameter("response." + unknown.get(), create.eventId()));
        }
        return notPerResponse(create.response())
                .<ClientFrame>map(name -> new ClientFrame.Rejected(Errors.request(
                        "invalid_value",
                        "This bot answers with its session's settings: 'response." + name + "' must be absent.",
                        "response." + name,
                        create.eventId())))
                .orElseGet(() -> new ClientFrame.Event(create));
    }

    /** What a bot decides itself, so that no single answer may differ. */
    private static Optional<String> notPerResponse(ResponseConfig response) {
        if (response.outputFormat().isPresent() || response.voice().isPresent()) {
            return Optional.of("audio");
        }
        if (response.reasoningEffort().isPresent()) {
            return Optional.of("reasoning");
        }
        if (response.parallelToolCalls().isPresent()) {
            return Optional.of("parallel_tool_calls");
        }
        return response.prompt().filter(PromptTemplate.Stored.class::isInstance).map(stored -> "prompt");
    }

    private ClientFrame update(Optional<String> eventId, byte[] utf8) {
        JsonNode event = json.readTree(utf8);
        if (!event.path("type").asString("").equals(UPDATE)) {
            return new ClientFrame.Rejected(
                    Errors.unknownType(event.path("type").asString(""), eventId));
        }
        JsonNode session = event.path("session");
        if (session instanceof ObjectNode object) {
            return new ClientFrame.Update(eventId, object);
        }
        return new ClientFrame.Rejected(Errors.request(
                "missing_required_parameter", "Missing required parameter: 'session'.", "session", eventId));
    }

    private ApiError malformed(ByteBuffer utf8) {
        try {
            JsonNode tree = json.readTree(bytes(utf8));
            if (tree.path("type").isString()) {
                return Errors.beyondLimits(json.tokenStreamFactory().streamReadConstraints());
            }
            return tree.isObject()
                    ? Errors.request(
                            "missing_required_parameter", "Missing required parameter: 'type'.", "type", eventId(tree))
                    : Errors.request("invalid_event", "An event must be a JSON object.", Optional.empty());
        } catch (StreamConstraintsException e) {
            return Errors.beyondLimits(json.tokenStreamFactory().streamReadConstraints());
        } catch (JacksonException e) {
            return Errors.request("invalid_json", "The message is not valid JSON.", Optional.empty());
        }
    }

    private static Optional<String> eventId(JsonNode tree) {
        return tree.path("event_id").isString()
                ? Optional.of(tree.path("event_id").asString())
                : Optional.empty();
    }

    private static byte[] bytes(ByteBuffer utf8) {
        byte[] copy = new byte[utf8.remaining()];
        utf8.duplicate().get(copy);
        return copy;
    }
}
