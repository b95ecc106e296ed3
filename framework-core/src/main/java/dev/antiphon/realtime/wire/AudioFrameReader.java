package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fast path for the two events that carry audio: one pass over the bytes, no parser and no tree. It gives up, without
 * judging, as soon as the message is another event or is not shaped as expected; the slow path then decides.
 */
final class AudioFrameReader {
    static final String DELTA = "response.output_audio.delta";
    private static final List<String> DELTAS = List.of(DELTA, Spelling.BETA.type(DELTA));
    static final String APPEND = "input_audio_buffer.append";
    private static final List<String> APPENDS = List.of(APPEND);

    private final FlatObject in;
    private @Nullable String eventId;
    private @Nullable String responseId;
    private @Nullable String itemId;
    private int outputIndex;
    private int contentIndex;

    private AudioFrameReader(Utf8Frame frame) {
        this.in = frame.flat();
    }

    static Optional<ServerEvent> delta(Utf8Frame frame) {
        AudioFrameReader fields = new AudioFrameReader(frame);
        String audio = fields.read(DELTAS, "delta");
        return audio == null ? Optional.empty() : Optional.of(fields.toDelta(new AudioPayload(audio)));
    }

    static Optional<ClientEvent> append(Utf8Frame frame) {
        AudioFrameReader fields = new AudioFrameReader(frame);
        String audio = fields.read(APPENDS, "audio");
        return audio == null
                ? Optional.empty()
                : Optional.of(
                        new ClientEvent.AudioAppend(Optional.ofNullable(fields.eventId), new AudioPayload(audio)));
    }

    private ServerEvent toDelta(AudioPayload payload) {
        return new ServerEvent.AudioDelta(
                orEmpty(eventId), orEmpty(responseId), orEmpty(itemId), outputIndex, contentIndex, payload);
    }

    /** The audio, or null. */
    private @Nullable String read(List<String> types, String audioField) {
        String audio = null;
        if (!seekType(types)) {
            return null;
        }
        while (in.next()) {
            if (in.isNamed("type")) {
                return null;
            }
            if (in.isNamed(audioField)) {
                audio = text();
            } else {
                field();
            }
        }
        return in.ended() ? audio : null;
    }

    /** Reads up to the type, past small fields only: whatever else comes before it is the slow path's. */
    private boolean seekType(List<String> types) {
        while (in.next()) {
            if (in.isNamed("type")) {
                return types.stream().anyMatch(in::isText);
            }
            if (!field()) {
                return false;
            }
        }
        return false;
    }

    /** Keeps the member if it is one of ours. */
    private boolean field() {
        if (in.isNamed("event_id")) {
            eventId = text();
        } else if (in.isNamed("response_id")) {
            responseId = text();
        } else if (in.isNamed("item_id")) {
            itemId = text();
        } else if (in.isNamed("output_index")) {
            outputIndex = number();
        } else if (in.isNamed("content_index")) {
            contentIndex = number();
        } else {
            return false;
        }
        return true;
    }

    private @Nullable String text() {
        return in.value() == FlatObject.Value.TEXT ? in.text() : null;
    }

    private int number() {
        return in.value() == FlatObject.Value.NUMBER ? in.number() : 0;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
