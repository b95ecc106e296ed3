package dev.antiphon.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/**
 * Cuts the byte stream of a WebSocket into messages (RFC 6455 section 5), fragments put together. Not thread-safe.
 *
 * <p>Messages are read where they arrived; only one that spans two chunks is copied. Between chunks it holds what has come of one
 * message of the permitted size; a larger one is refused by its announced length, before its bytes are read.
 */
final class FrameReader {
    private static final byte[] NONE = {};
    private static final int SHORTEST_HEADER = 2;
    private static final Incoming INCOMPLETE = new Incoming.Incomplete();
    private static final Incoming FRAGMENT = new Incoming.Fragment();
    private static final Incoming PONG = new Incoming.Pong();

    private final boolean expectMasked;
    private final int maxMessageBytes;
    /** What was fed last, read up to {@link #at}; never written to. */
    private byte[] chunk = NONE;

    private int at;
    /** The beginning of a frame whose end has not come yet. */
    private byte[] begun = NONE;

    private int begunBytes;
    private byte[] fragments = NONE;
    private int fragmentBytes;
    /** Opcode of the message whose fragments are being collected, 0 for none. */
    private int fragmentOpcode;

    /** How many bytes the frame at hand has, as far as its beginning tells. */
    private int frameBytes;

    /** @param expectMasked true on the server's side: clients mask, servers do not */
    FrameReader(boolean expectMasked, int maxMessageBytes) {
        this.expectMasked = expectMasked;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Adds received bytes. Whoever fed them must not write into them any more. */
    void feed(ByteString bytes) {
        keep();
        chunk = bytes.toArrayUnsafe();
        at = 0;
    }

    /** The next message or control frame. After a violation the reader must not be used again. */
    Incoming next() {
        if (begunBytes > 0) {
            return nextOfBegun();
        }
        Incoming found = read(chunk, at, chunk.length - at);
        if (found == INCOMPLETE) {
            keep();
        } else {
            at += frameBytes;
        }
        return found;
    }

    private Incoming nextOfBegun() {
        Incoming found = read(begun, 0, begunBytes);
        while (found == INCOMPLETE && at < chunk.length) {
            complete(Math.min(frameBytes - begunBytes, chunk.length - at));
            found = read(begun, 0, begunBytes);
        }
        if (found != INCOMPLETE) {
            begun = NONE;
            begunBytes = 0;
        }
        return found;
    }

    /** Moves the unread rest of the chunk to what has begun. */
    private void keep() {
        complete(chunk.length - at);
        chunk = NONE;
        at = 0;
    }

    private void complete(int bytes) {
        if (begun.length < begunBytes + bytes) {
            begun = Arrays.copyOf(begun, Math.max(begunBytes + bytes, 2 * begun.length));
        }
        System.arraycopy(chunk, at, begun, begunBytes, bytes);
        begunBytes += bytes;
        at += bytes;
    }

    private Incoming read(byte[] bytes, int from, int available) {
        frameBytes = SHORTEST_HEADER;
        if (available < frameBytes) {
            return INCOMPLETE;
        }
        int first = bytes[from] & 0xFF;
        int second = bytes[from + 1] & 0xFF;
        boolean masked = (second & 0x80) != 0;
        int shortLength = second & 0x7F;
        int headerBytes = 2 + (shortLength == 127 ? 8 : shortLength == 126 ? 2 : 0) + (masked ? 4 : 0);
        if ((first & 0x70) != 0) {
            return violation("reserved bits of a frame must be 0");
        }
        if (masked != expectMasked) {
            return violation(expectMasked ? "a client must mask its frames" : "a server must not mask its frames");
        }
        int opcode = first & 0x0F;
        boolean whole = (first & 0x80) != 0;
        if (opcode >= 8 && (!whole || shortLength > 125)) {
            return violation("a control frame must be whole and of at most 125 bytes");
        }
        frameBytes = headerBytes;
        if (available < frameBytes) {
            return INCOMPLETE;
        }
        long length = length(bytes, from, shortLength);
        if (opcode < 8 && (length < 0 || length > maxMessageBytes - fragmentBytes)) {
            return new Incoming.Violation(
                    CloseCode.TOO_LARGE, "a message must have at most " + maxMessageBytes + " bytes");
        }
        frameBytes = headerBytes + (int) length;
        return available < frameBytes
                ? INCOMPLETE
                : frame(opcode, whole, payload(bytes, from + headerBytes, (int) length, masked));
    }

    private static long length(byte[] bytes, int from, int shortLength) {
        return switch (shortLength) {
            case 126 -> ((bytes[from + 2] & 0xFF) << 8) | (bytes[from + 3] & 0xFF);
            case 127 -> ByteBuffer.wrap(bytes, from + 2, 8).getLong();
            default -> shortLength;
        };
    }

    private static ByteBuffer payload(byte[] bytes, int from, int length, boolean masked) {
        if (!masked) {
            return ByteBuffer.wrap(bytes, from, length).slice();
        }
        byte[] plain = Arrays.copyOfRange(bytes, from, from + length);
        Masking.apply(plain, 0, length, ByteBuffer.wrap(bytes, from - 4, 4).getInt());
        return ByteBuffer.wrap(plain);
    }

    private Incoming frame(int opcode, boolean whole, ByteBuffer payload) {
        return switch (opcode) {
            case Opcode.CONTINUATION ->
                fragmentOpcode == 0
                        ? violation("a continuation must follow an unfinished message")
                        : fragment(fragmentOpcode, whole, payload);
            case Opcode.TEXT, Opcode.BINARY ->
                fragmentOpcode != 0
                        ? violation("a message must be finished before the next one begins")
                        : whole ? message(opcode, payload) : fragment(opcode, false, payload);
            case Opcode.CLOSE -> close(payload);
            case Opcode.PING -> new Incoming.Ping(payload);
            case Opcode.PONG -> PONG;
            default -> violation("opcode " + opcode + " is not defined");
        };
    }

    private Incoming fragment(int opcode, boolean last, ByteBuffer payload) {
        int bytes = payload.remaining();
        if (fragments.length < fragmentBytes + bytes) {
            fragments = Arrays.copyOf(fragments, Math.max(fragmentBytes + bytes, 2 * fragments.length));
        }
        payload.get(fragments, fragmentBytes, bytes);
        fragmentBytes += bytes;
        fragmentOpcode = opcode;
        if (!last) {
            return FRAGMENT;
        }
        ByteBuffer whole = ByteBuffer.wrap(fragments, 0, fragmentBytes).slice();
        fragments = NONE;
        fragmentBytes = 0;
        fragmentOpcode = 0;
        return message(opcode, whole);
    }

    private static Incoming message(int opcode, ByteBuffer payload) {
        return opcode == Opcode.TEXT ? new Incoming.Text(payload) : new Incoming.Binary(payload);
    }

    private static Incoming close(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return new Incoming.Close(CloseCode.NONE_GIVEN, "");
        }
        if (payload.remaining() == 1) {
            return violation("a close frame must carry no code or one of two bytes");
        }
        int code = payload.getShort() & 0xFFFF;
        return new Incoming.Close(code, StandardCharsets.UTF_8.decode(payload).toString());
    }

    private static Incoming violation(String rule) {
        return new Incoming.Violation(CloseCode.PROTOCOL_ERROR, rule);
    }
}
