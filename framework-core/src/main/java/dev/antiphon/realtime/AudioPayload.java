package dev.antiphon.realtime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/**
 * A piece of audio as it travels on the wire: standard base64 text, kept as bytes and not decoded until somebody needs the samples.
 *
 * <p>Immutable. Passing a payload from one socket to another of the same format costs no conversion.
 */
public final class AudioPayload {
    private static final byte[] NOTHING = {};
    /** No audio at all. */
    public static final AudioPayload EMPTY = new AudioPayload(NOTHING);

    private final byte[] text;

    private AudioPayload(byte[] text) {
        this.text = text;
    }

    /** @param base64 the base64 text; its length is a multiple of four */
    public AudioPayload(String base64) {
        this(base64.getBytes(StandardCharsets.UTF_8));
    }

    /** Encodes raw bytes. */
    public static AudioPayload ofBytes(byte[] bytes) {
        return new AudioPayload(Base64.getEncoder().encode(bytes));
    }

    /** The base64 text that stands in these bytes. */
    public static AudioPayload copyOf(byte[] utf8, int from, int to) {
        return new AudioPayload(Arrays.copyOfRange(utf8, from, to));
    }

    /** The base64 text. */
    public String base64() {
        return new String(text, StandardCharsets.UTF_8);
    }

    /** How many bytes the base64 text has. */
    public int textBytes() {
        return text.length;
    }

    /** Copies the base64 text into a message that is being written. */
    public void copyTo(byte[] message, int offset) {
        System.arraycopy(text, 0, message, offset, text.length);
    }

    /** Whether there is no audio in it. */
    public boolean isEmpty() {
        return text.length == 0;
    }

    /** Whether it is base64: letters, digits, '+' and '/', padded with '=' to a multiple of four characters. */
    public boolean isBase64() {
        int end = text.length - padding();
        for (int i = 0; i < end; i++) {
            byte c = text[i];
            boolean known = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '/' && c <= '9') || c == '+';
            if (!known) {
                return false;
            }
        }
        return text.length % 4 == 0;
    }

    /** Number of raw bytes, computed from the text without decoding it. */
    public int byteCount() {
        return text.length < 4 ? 0 : text.length / 4 * 3 - padding();
    }

    private int padding() {
        int length = text.length;
        if (length == 0 || text[length - 1] != '=') {
            return 0;
        }
        return length > 1 && text[length - 2] == '=' ? 2 : 1;
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
        return Base64.getDecoder().decode(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioPayload payload && Arrays.equals(text, payload.text);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(text);
    }

    @Override
    public String toString() {
        return "AudioPayload[" + byteCount() + " bytes]";
    }
}
