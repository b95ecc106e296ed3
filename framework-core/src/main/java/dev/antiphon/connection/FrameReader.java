package dev.antiphon.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/**
 * Cuts the byte stream of a WebSocket into messages (RFC 6455 section 5), fragments put together. Not thread-safe.
 *
 * <p>Holds at most one message of the permitted size; a larger one is refused by its announced length, before its bytes are
 * read.
 */
final class FrameReader {
    private static final int USUAL_BUFFER_BYTES = 16 * 1024;
    private static final Incoming INCOMPLETE = new Incoming.Incomplete();
    private static final Incoming FRAGMENT = new Incoming.Fragment();
    private static final Incoming PONG = new Incoming.Pong();

    private final boolean expectMasked;
    private final int maxMessageBytes;
    private byte[] buffer = new byte[USUAL_BUFFER_BYTES];
    private int start;
    private int end;
    private byte[] fragments = new byte[0];
    private int fragmentBytes;
    /** Opcode of the message whose fragments are being collected, 0 for none. */
    private int fragmentOpcode;

    /** @param expectMasked true on the server's side: clients mask, servers do not */
    FrameReader(boolean expectMasked, int maxMessageBytes) {
        this.expectMasked = expectMasked;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Adds received bytes; messages handed out before become unreadable. */
    void feed(ByteString chunk) {
        makeRoom(chunk.size());
        for (ByteBuffer part : chunk.getByteBuffers()) {
            int bytes = part.remaining();
            part.get(buffer, end, bytes);
            end += bytes;
        }
    }

    /** The next message or control frame. After a violation the reader must not be used again. */
    Incoming next() {
        int available = end - start;
        if (available < 2) {
            return INCOMPLETE;
        }
        int first = buffer[start] & 0xFF;
        int second = buffer[start + 1] & 0xFF;
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
        if (available < headerBytes) {
            return INCOMPLETE;
        }
        long length = length(shortLength);
        if (opcode < 8 && (length < 0 || length > maxMessageBytes - fragmentBytes)) {
            return new Incoming.Violation(
                    CloseCode.TOO_LARGE, "a message must have at most " + maxMessageBytes + " bytes");
        }
        if (available < headerBytes + length) {
            return INCOMPLETE;
        }
        return frame(opcode, whole, payload(headerBytes, (int) length, masked));
    }

    private long length(int shortLength) {
        return switch (shortLength) {
            case 126 -> ((buffer[start + 2] & 0xFF) << 8) | (buffer[start + 3] & 0xFF);
            case 127 -> ByteBuffer.wrap(buffer, start + 2, 8).getLong();
            default -> shortLength;
        };
    }

    private ByteBuffer payload(int headerBytes, int length, boolean masked) {
        int from = start + headerBytes;
        if (masked) {
            Masking.apply(
                    buffer, from, length, ByteBuffer.wrap(buffer, from - 4, 4).getInt());
        }
        ByteBuffer payload = ByteBuffer.wrap(buffer, from, length).slice();
        start = from + length;
        if (start == end) {
            release();
        }
        return payload;
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
        fragments = new byte[0];
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

    private void makeRoom(int bytes) {
        if (buffer.length - end >= bytes) {
            return;
        }
        int kept = end - start;
        byte[] target = buffer.length - kept >= bytes ? buffer : new byte[Math.max(kept + bytes, 2 * buffer.length)];
        System.arraycopy(buffer, start, target, 0, kept);
        buffer = target;
        start = 0;
        end = kept;
    }

    /** Everything is consumed: start at the front again, and give back what one large message had needed. */
    private void release() {
        start = 0;
        end = 0;
        if (buffer.length > 8 * USUAL_BUFFER_BYTES) {
            buffer = new byte[USUAL_BUFFER_BYTES];
        }
    }
}
