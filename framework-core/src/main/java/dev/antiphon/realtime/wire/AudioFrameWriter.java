package dev.antiphon.realtime.wire;

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
    private AudioFrameWriter() {}

    static Optional<ByteBuffer> append(ClientEvent.AudioAppend event) {
        if (!plain(event.eventId().orElse(""))) {
            return Optional.empty();
        }
        StringBuilder head = new StringBuilder(96).append("{\"type\":\"").append(AudioFrameReader.APPEND);
        event.eventId().ifPresent(id -> head.append("\",\"event_id\":\"").append(id));
        return join(head.append("\",\"audio\":\""), event.audio().base64());
    }

    static Optional<ByteBuffer> delta(ServerEvent.AudioDelta event, Spelling spelling) {
        if (!plain(event.eventId()) || !plain(event.responseId()) || !plain(event.itemId())) {
            return Optional.empty();
        }
        StringBuilder head = new StringBuilder(224)
                .append("{\"type\":\"")
                .append(spelling.type(AudioFrameReader.DELTA))
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
        return join(head, event.delta().base64());
    }

    /**
     * Nothing when the audio would need escaping. To ask the audio for its bytes copies them once more, but all at once; what is
     * not Latin becomes a question mark there, which is not plain.
     */
    private static Optional<ByteBuffer> join(StringBuilder head, String audio) {
        int start = head.length();
        byte[] text = audio.getBytes(StandardCharsets.ISO_8859_1);
        int end = start + text.length;
        byte[] frame = new byte[end + 2];
        copy(head.toString(), frame, 0);
        System.arraycopy(text, 0, frame, start, text.length);
        frame[end] = '"';
        frame[end + 1] = '}';
        return PlainText.isPlain(frame, start, end) ? Optional.of(ByteBuffer.wrap(frame)) : Optional.empty();
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
