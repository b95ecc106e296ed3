package dev.antiphon.realtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of audio as it travels on the wire: standard base64 text, kept as bytes and not decoded until somebody needs the samples.
 *
 * <p>Immutable. A payload that came over the wire is a part of its message: it costs no copy, and keeps the message alive.
 */
public final class AudioPayload {
    private static final byte[] NOTHING = {};
    private static final int FIRST_LOOK = 24;
    /** No audio at all. */
    public static final AudioPayload EMPTY = new AudioPayload(NOTHING, true);

    private final byte[] message;
    private final int from;
    private final int to;
    /** The samples, where the text had to be decoded to know that it is base64. */
    private final byte @Nullable [] decoded;

    private final boolean verified;

    private AudioPayload(byte[] message, int from, int to, byte @Nullable [] decoded, boolean verified) {
        this.message = message;
        this.from = from;
        this.to = to;
        this.decoded = decoded;
        this.verified = verified;
    }

    private AudioPayload(byte[] text, boolean verified) {
        this(text, 0, text.length, null, verified);
    }

    /** @param base64 the base64 text; its length is a multiple of four */
    public AudioPayload(String base64) {
        this(base64.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Encodes raw bytes. */
    public static AudioPayload ofBytes(byte[] bytes) {
        return new AudioPayload(Base64.getEncoder().encode(bytes), true);
    }

    /** The base64 text that stands in a message, which is not copied and must not change any more. */
    public static AudioPayload in(byte[] utf8, int from, int to) {
        return new AudioPayload(utf8, Objects.checkFromToIndex(from, to, utf8.length), to, null, false);
    }

    /**
     * Like {@link #in}, when all of that text is base64: decoding is by far the quickest way to know. Empty when it is something
     * else, or not padded to a multiple of four characters.
     */
    public static Optional<AudioPayload> validIn(byte[] utf8, int from, int to) {
        // A look at the beginning spares the exception for nearly everything that is not base64.
        boolean possible = (to - from) % 4 == 0 && isBase64(utf8, from, Math.min(to, from + FIRST_LOOK));
        try {
            return possible
                    ? Optional.of(new AudioPayload(utf8, from, to, decode(utf8, from, to), true))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] decode(byte[] utf8, int from, int to) {
        ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(utf8, from, to - from));
        byte[] bytes = decoded.array();
        return bytes.length == decoded.remaining() ? bytes : Arrays.copyOf(bytes, decoded.remaining());
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

    /** Whether it is known to be base64 without a look at it: it was encoded here, or decoded already. */
    public boolean isVerified() {
        return verified;
    }

    /** Whether it is base64: letters, digits, '+' and '/', padded with '=' to a multiple of four characters. */
    public boolean isBase64() {
        return verified || (textBytes() % 4 == 0 && isBase64(message, from, to - padding()));
    }

    private static boolean isBase64(byte[] utf8, int from, int to) {
        int i = from;
        while (i < to && isBase64(utf8[i])) {
            i++;
        }
        return i == to;
    }

    private static boolean isBase64(byte c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '/' && c <= '9') || c == '+';
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
     * Decodes to raw bytes, which are the caller's own.
     *
     * @throws IllegalArgumentException when the text is not valid base64
     */
    public byte[] bytes() {
        return decoded == null ? decode(message, from, to) : decoded.clone();
    }

    /**
     * The raw bytes, to be read only; costs nothing where they are known already.
     *
     * @throws IllegalArgumentException when the text is not valid base64
     */
    public ByteBuffer content() {
        return ByteBuffer.wrap(decoded == null ? decode(message, from, to) : decoded)
                .asReadOnlyBuffer();
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
