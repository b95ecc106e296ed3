package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.PromptTemplate;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.wire.ClientEventRules;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.realtime.wire.MalformedFrame;
import java.nio.ByteBuffer;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads clients' frames. Thread-safe; never throws for anything a client sent. */
final class ClientFrames {
    /** The largest message: 15 MiB of audio and its envelope (protocol section 3). */
    static final int MAX_FRAME_BYTES = 15 * 1024 * 1024 + 1024;

    private final Dialect dialect;
    private final ClientEventRules rules;
    private final JsonMapper json = JsonMapper.builder().build();

    ClientFrames(Dialect dialect) {
        this.dialect = dialect;
        this.rules = ClientEventRules.of(dialect);
    }

    ClientFrame read(ByteBuffer utf8) {
        int size = utf8.remaining();
        if (size > MAX_FRAME_BYTES) {
            return new ClientFrame.Rejected(Errors.tooLarge(size, MAX_FRAME_BYTES));
        }
        try {
            ClientEvent event = dialect.decodeClient(utf8.duplicate());
            return event instanceof ClientEvent.AudioAppend append
                    ? append(append)
                    : checked(event, json.readTree(bytes(utf8)));
        } catch (MalformedFrame e) {
            return new ClientFrame.Rejected(malformed(utf8));
        }
    }

    /** Audio comes so often that it is looked at without a tree. */
    private static ClientFrame append(ClientEvent.AudioAppend append) {
        if (append.eventId()
                .filter(id -> id.length() > ClientEventRules.MAX_EVENT_ID)
                .isPresent()) {
            return new ClientFrame.Rejected(ApiError.invalidAt(
                    "event_id", "string_above_max_length", "An event_id may have at most 512 characters."));
        }
        if (!append.audio().isBase64()) {
            return new ClientFrame.Rejected(ApiError.invalidAt(
                            "audio",
                            "invalid_value",
                            "Invalid 'audio'. Expected base64-encoded audio: letters, digits, '+' and '/', padded with"
                                    + " '=' to a multiple of four characters.")
                    .causedBy(append.eventId()));
        }
        return new ClientFrame.Event(append);
    }

    private ClientFrame checked(ClientEvent event, JsonNode tree) {
        Optional<ApiError> broken = rules.broken(tree);
        if (broken.isPresent()) {
            return new ClientFrame.Rejected(broken.get());
        }
        return switch (event) {
            case ClientEvent.SessionUpdate update -> update(update, tree);
            case ClientEvent.Unknown unknown -> unreadable(tree, unknown.eventId());
            case ClientEvent.ResponseCreate create -> create(create);
            case ClientEvent known -> new ClientFrame.Event(known);
        };
    }

    /** Clients see GA or beta; what is done with an update knows GA alone. */
    private ClientFrame update(ClientEvent.SessionUpdate update, JsonNode tree) {
        JsonNode ga = dialect == Dialect.ga()
                ? tree
                : json.readTree(bytes(Dialect.ga().encode(update)));
        return ga.path("session") instanceof ObjectNode session
                ? new ClientFrame.Update(update.eventId(), session)
                : unreadable(tree, update.eventId());
    }

    private static ClientFrame unreadable(JsonNode tree, Optional<String> eventId) {
        return new ClientFrame.Rejected(ApiError.invalid(
                        "invalid_value",
                        "A field of this '" + tree.path("type").asString("") + "' has a value that cannot be used.")
                .causedBy(eventId));
    }

    private ClientFrame create(ClientEvent.ResponseCreate create) {
        return notPerResponse(create.response())
                .<ClientFrame>map(name -> new ClientFrame.Rejected(ApiError.invalidAt(
                                "response." + name,
                                "invalid_value",
                                "This bot answers with its session's settings: 'response." + name + "' must be absent.")
                        .causedBy(create.eventId())))
                .orElseGet(() -> new ClientFrame.Event(create));
    }

    /** What a bot decides itself, so that no single answer may differ. */
    private Optional<String> notPerResponse(ResponseConfig response) {
        if (response.outputFormat().isPresent()) {
            return Optional.of(dialect == Dialect.ga() ? "audio" : "output_audio_format");
        }
        if (response.voice().isPresent()) {
            return Optional.of(dialect == Dialect.ga() ? "audio" : "voice");
        }
        if (response.reasoningEffort().isPresent()) {
            return Optional.of("reasoning");
        }
        if (response.parallelToolCalls().isPresent()) {
            return Optional.of("parallel_tool_calls");
        }
        return response.prompt().filter(PromptTemplate.Stored.class::isInstance).map(stored -> "prompt");
    }

    private ApiError malformed(ByteBuffer utf8) {
        try {
            JsonNode tree = json.readTree(bytes(utf8));
            if (tree.path("type").isString()) {
                return Errors.beyondLimits(json.tokenStreamFactory().streamReadConstraints());
            }
            return rules.broken(tree).orElseThrow();
        } catch (StreamConstraintsException e) {
            return Errors.beyondLimits(json.tokenStreamFactory().streamReadConstraints());
        } catch (JacksonException e) {
            return ApiError.invalid("invalid_json", "The message is not valid JSON.");
        }
    }

    private static byte[] bytes(ByteBuffer utf8) {
        byte[] copy = new byte[utf8.remaining()];
        utf8.duplicate().get(copy);
        return copy;
    }
}
