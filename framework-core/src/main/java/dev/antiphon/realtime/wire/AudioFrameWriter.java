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
        byte[] audio = utf8(event.audio().base64());
        if (!plain(audio) || !plain(utf8(event.eventId().orElse("")))) {
            return Optional.empty();
        }
        StringBuilder head = new StringBuilder(96).append("{\"type\":\"").append(AudioFrameReader.APPEND);
        event.eventId().ifPresent(id -> head.append("\",\"event_id\":\"").append(id));
        return Optional.of(join(head.append("\",\"audio\":\""), audio));
    }

    static Optional<ByteBuffer> delta(ServerEvent.AudioDelta event, Spelling spelling) {
        byte[] audio = utf8(event.delta().base64());
        if (!plain(audio) || !plain(utf8(event.eventId() + event.responseId() + event.itemId()))) {
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
        return Optional.of(join(head, audio));
    }

    private static ByteBuffer join(StringBuilder head, byte[] audio) {
        byte[] start = utf8(head.toString());
        ByteBuffer out = ByteBuffer.allocate(start.length + audio.length + 2);
        return out.put(start).put(audio).put((byte) '"').put((byte) '}').flip();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean plain(byte[] text) {
        return PlainText.isPlain(text, 0, text.length);
    }
}
