package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fast path for the two events that carry audio: one pass of the streaming parser, no tree. It gives up, without
 * judging, as soon as the message is another event or is not shaped as expected; the slow path then decides.
 */
final class AudioFrameReader {
    static final String DELTA = "response.output_audio.delta";
    private static final Set<String> DELTAS = Set.of(DELTA, Spelling.BETA.type(DELTA));
    static final String APPEND = "input_audio_buffer.append";
    private static final Set<String> APPENDS = Set.of(APPEND);

    private final Utf8Frame frame;
    private final JsonParser in;
    private @Nullable String eventId;
    private @Nullable String responseId;
    private @Nullable String itemId;
    private @Nullable String audio;
    private int outputIndex;
    private int contentIndex;

    private AudioFrameReader(Utf8Frame frame, JsonParser in) {
        this.frame = frame;
        this.in = in;
    }

    static Optional<ServerEvent> delta(Utf8Frame frame) {
        try (JsonParser in = frame.parser()) {
            AudioFrameReader fields = new AudioFrameReader(frame, in);
            return fields.read(DELTAS, "delta").map(fields::toDelta);
        } catch (JacksonException notReadable) {
            return Optional.empty();
        }
    }

    static Optional<ClientEvent> append(Utf8Frame frame) {
        try (JsonParser in = frame.parser()) {
            AudioFrameReader fields = new AudioFrameReader(frame, in);
            return fields.read(APPENDS, "audio")
                    .map(audio -> new ClientEvent.AudioAppend(Optional.ofNullable(fields.eventId), audio));
        } catch (JacksonException notReadable) {
            return Optional.empty();
        }
    }

    private ServerEvent toDelta(AudioPayload payload) {
        return new ServerEvent.AudioDelta(
                orEmpty(eventId), orEmpty(responseId), orEmpty(itemId), outputIndex, contentIndex, payload);
    }

    private Optional<AudioPayload> read(Set<String> expectedTypes, String audioField) {
        if (in.nextToken() != JsonToken.START_OBJECT || !seekType(expectedTypes)) {
            return Optional.empty();
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken value = in.nextToken();
            if (name.equals(audioField)) {
                // Most services write it last: then the bulk of the message is copied, not parsed.
                Optional<String> closing = value == JsonToken.VALUE_STRING ? frame.closingText(in) : Optional.empty();
                if (closing.isPresent()) {
                    return closing.map(AudioPayload::new);
                }
                audio = text(value);
            } else if (name.equals("type")) {
                return Optional.empty();
            } else {
                field(name, value);
            }
        }
        return audio == null || in.nextToken() != null ? Optional.empty() : Optional.of(new AudioPayload(audio));
    }

    /** Reads up to the type, past small fields only: whatever else comes before it is the slow path's. */
    private boolean seekType(Set<String> expected) {
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken value = in.nextToken();
            if (name.equals("type")) {
                String type = text(value);
                return type != null && expected.contains(type);
            }
            if (!field(name, value)) {
                return false;
            }
        }
        return false;
    }

    private boolean field(String name, JsonToken value) {
        switch (name) {
            case "event_id" -> eventId = text(value);
            case "response_id" -> responseId = text(value);
            case "item_id" -> itemId = text(value);
            case "output_index" -> outputIndex = integer(value);
            case "content_index" -> contentIndex = integer(value);
            default -> {
                in.skipChildren();
                return false;
            }
        }
        return true;
    }

    private @Nullable String text(JsonToken value) {
        if (value == JsonToken.VALUE_STRING) {
            return in.getString();
        }
        in.skipChildren();
        return null;
    }

    private int integer(JsonToken value) {
        if (value.isNumeric()) {
            return (int) in.getDoubleValue();
        }
        in.skipChildren();
        return 0;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
