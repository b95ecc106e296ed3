package dev.antiphon.realtime;

import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

/**
 * A piece of audio as it travels on the wire: standard base64 text, not decoded until somebody needs the samples.
 *
 * <p>Immutable. Passing a payload from one socket to another of the same format costs no copy.
 *
 * @param base64 the base64 text; its length is a multiple of four
 */
public record AudioPayload(String base64) {
    /** No audio at all. */
    public static final AudioPayload EMPTY = new AudioPayload("");

    public AudioPayload {
        Objects.requireNonNull(base64, "base64");
    }

    /** Encodes raw bytes. */
    public static AudioPayload ofBytes(byte[] bytes) {
        return new AudioPayload(Base64.getEncoder().encodeToString(bytes));
    }

    /** Whether there is no audio in it. */
    public boolean isEmpty() {
        return base64.isEmpty();
    }

    /** Number of raw bytes, computed from the text without decoding it. */
    public int byteCount() {
        int length = base64.length();
        if (length < 4) {
            return 0;
        }
        int padding = base64.charAt(length - 1) != '=' ? 0 : base64.charAt(length - 2) == '=' ? 2 : 1;
        return length / 4 * 3 - padding;
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
        return Base64.getDecoder().decode(base64);
    }

    @Override
    public String toString() {
        return "AudioPayload[" + byteCount() + " bytes]";
    }
}
