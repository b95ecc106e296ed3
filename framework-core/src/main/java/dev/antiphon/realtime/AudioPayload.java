package dev.antiphon.realtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * A piece of audio as it travels on the wire: standard base64 text, kept as bytes and not decoded until somebody needs the samples.
 *
 * <p>Immutable. A payload that came over the wire is a part of its message: it costs no copy, and keeps the message alive.
 */
public final class AudioPayload {
    private static final byte[] NOTHING = {};
    /** No audio at all. */
    public static final AudioPayload EMPTY = new AudioPayload(NOTHING);

    private final byte[] message;
    private final int from;
    private final int to;

    private AudioPayload(byte[] message, int from, int to) {
        this.message = message;
        this.from = from;
        this.to = to;
    }

    private AudioPayload(byte[] text) {
        this(text, 0, text.length);
    }

    /** @param base64 the base64 text; its length is a multiple of four */
    public AudioPayload(String base64) {
        this(base64.getBytes(StandardCharsets.UTF_8));
    }

    /** Encodes raw bytes. */
    public static AudioPayload ofBytes(byte[] bytes) {
        return new AudioPayload(Base64.getEncoder().encode(bytes));
    }

    /** The base64 text that stands in a message, which is not copied and must not change any more. */
    public static AudioPayload in(byte[] utf8, int from, int to) {
        return new AudioPayload(utf8, Objects.checkFromToIndex(from, to, utf8.length), to);
    }

    /** The base64 text. */
    public String base64() {
        return new String(message, from, textBytes(), StandardCharsets.UTF_8);
    }

    /** How many bytes the base64 text has. */
    public int textBytes() {
        return to - from;
    }

    /** Copies the base64 text into a message that is being written. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(message, from, target, offset, textBytes());
    }

    /** Whether there is no audio in it. */
    public boolean isEmpty() {
        return from == to;
    }

    /** Whether it is base64: letters, digits, '+' and '/', padded with '=' to a multiple of four characters. */
    public boolean isBase64() {
        int end = to - padding();
        for (int i = from; i < end; i++) {
            byte c = message[i];
            boolean known = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '/' && c <= '9') || c == '+';
            if (!known) {
                return false;
            }
        }
        return textBytes() % 4 == 0;
    }

    /** Number of raw bytes, computed from the text without decoding it. */
    public int byteCount() {
        return textBytes() < 4 ? 0 : textBytes() / 4 * 3 - padding();
    }

    private int padding() {
        if (isEmpty() || message[to - 1] != '=') {
            return 0;
        }
        return textBytes() > 1 && message[to - 2] == '=' ? 2 : 1;
    }

    /** How long this piece plays in the given format. */
    public Duration duration(AudioFormat format) {
        return format.durationOf(byteCount());
    }

    /**
     * Decodes to raw bytes.
     *
     * @throws IllegalArgumentException when the text is not valid base64
     */
    public byte[] bytes() {
        ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(message, from, textBytes()));
        byte[] bytes = decoded.array();
        return bytes.length == decoded.remaining() ? bytes : Arrays.copyOf(bytes, decoded.remaining());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioPayload payload
                && Arrays.equals(message, from, to, payload.message, payload.from, payload.to);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(message, from, textBytes()).hashCode();
    }

    @Override
    public String toString() {
        return "AudioPayload[" + byteCount() + " bytes]";
    }
}
