package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The fast path for writing the two events that carry audio: the base64 text is copied as it is. It gives up when a text
 * would need escaping; the slow path then writes the event.
 */
final class AudioFrameWriter {
    static final String DELTA = "response.output_audio.delta";
    static final String APPEND = "input_audio_buffer.append";

    private AudioFrameWriter() {}

    static Optional<ByteBuffer> append(ClientEvent.AudioAppend event) {
        if (!plain(event.eventId().orElse(""))) {
            return Optional.empty();
        }
        StringBuilder head = new StringBuilder(96).append("{\"type\":\"").append(APPEND);
        event.eventId().ifPresent(id -> head.append("\",\"event_id\":\"").append(id));
        return join(head.append("\",\"audio\":\""), event.audio());
    }

    static Optional<ByteBuffer> delta(ServerEvent.AudioDelta event, Spelling spelling) {
        if (!plain(event.eventId()) || !plain(event.responseId()) || !plain(event.itemId())) {
            return Optional.empty();
        }
        StringBuilder head = new StringBuilder(224)
                .append("{\"type\":\"")
                .append(spelling.type(DELTA))
                .append("\",\"event_id\":\"")
                .append(event.eventId())
                .append("\",\"response_id\":\"")
                .append(event.responseId())
                .append("\",\"item_id\":\"")
                .append(event.itemId())
                .append("\",\"output_index\":")
                .append(event.outputIndex())
                .append(",\"content_index\":")
                .append(event.contentIndex())
                .append(",\"delta\":\"");
        return join(head, event.delta());
    }

    /** Nothing when the audio would need escaping. */
    private static Optional<ByteBuffer> join(StringBuilder head, AudioPayload audio) {
        int start = head.length();
        int end = start + audio.textBytes();
        byte[] frame = new byte[end + 2];
        copy(head.toString(), frame, 0);
        audio.copyTo(frame, start);
        frame[end] = '"';
        frame[end + 1] = '}';
        return audio.isVerified() || PlainText.isPlain(frame, start, end)
                ? Optional.of(ByteBuffer.wrap(frame))
                : Optional.empty();
    }

    /** Deprecated for what it makes of other characters; for ASCII it is the copy that allocates nothing. */
    @SuppressWarnings("deprecation")
    private static void copy(String ascii, byte[] frame, int at) {
        ascii.getBytes(0, ascii.length(), frame, at);
    }

    private static boolean plain(String id) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        return PlainText.isPlain(utf8, 0, utf8.length);
    }
}
