package dev.antiphon.connection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;

/** Collects WebSocket frames (RFC 6455 section 5) into one piece to be written. Not thread-safe. */
final class FrameWriter {
    private static final int MAX_REASON_BYTES = 123;

    private final boolean mask;
    private final SecureRandom random = new SecureRandom();
    /** Random bytes in stock: one draw serves many frames. */
    private final ByteBuffer keys = ByteBuffer.allocate(256).flip();

    private final Batch batch = new Batch();

    /** @param mask true on the client's side */
    FrameWriter(boolean mask) {
        this.mask = mask;
    }

    /** Bytes collected since the last {@link #take}. */
    int size() {
        return batch.size();
    }

    /** Everything collected, and starts anew. */
    ByteString take() {
        return ByteString.fromArrayUnsafe(batch.takeBytes());
    }

    void message(SendQueue.Message message) {
        frame(message.opcode(), message.content());
    }

    /** The beginning of a text message of which the rest never comes. */
    void torn() {
        byte[] beginning = "{\"type\":\"resp".getBytes(StandardCharsets.US_ASCII);
        int announced = 100;
        int key = mask ? nextKey() : 0;
        batch.write(0x80 | Opcode.TEXT);
        batch.write((mask ? 0x80 : 0) | announced);
        if (mask) {
            batch.writeBytes(ByteBuffer.allocate(4).putInt(key).array());
        }
        batch.payload(ByteBuffer.wrap(beginning), key);
    }

    void ping() {
        frame(Opcode.PING, ByteBuffer.allocate(0));
    }

    void pong(ByteBuffer payload) {
        frame(Opcode.PONG, payload);
    }

    /** A close frame; without a code when the code must not be sent. Reasons are cut to 123 bytes. */
    void close(int code, String reason) {
        if (!CloseCode.maySend(code)) {
            frame(Opcode.CLOSE, ByteBuffer.allocate(0));
            return;
        }
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        int bytes = Math.min(utf8.length, MAX_REASON_BYTES);
        while (bytes > 0 && bytes < utf8.length && (utf8[bytes] & 0xC0) == 0x80) {
            bytes--;
        }
        frame(
                Opcode.CLOSE,
                ByteBuffer.allocate(2 + bytes)
                        .putShort((short) code)
                        .put(utf8, 0, bytes)
                        .flip());
    }

    private void frame(int opcode, ByteBuffer payload) {
        int length = payload.remaining();
        int maskBit = mask ? 0x80 : 0;
        batch.write(0x80 | opcode);
        if (length <= 125) {
            batch.write(maskBit | length);
        } else if (length <= 0xFFFF) {
            batch.write(maskBit | 126);
            batch.write(length >>> 8);
            batch.write(length);
        } else {
            batch.write(maskBit | 127);
            batch.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
        }
        int key = mask ? nextKey() : 0;
        if (mask) {
            batch.writeBytes(ByteBuffer.allocate(4).putInt(key).array());
        }
        batch.payload(payload, key);
    }

    private int nextKey() {
        if (!keys.hasRemaining()) {
            random.nextBytes(keys.array());
            keys.clear();
        }
        return keys.getInt();
    }

    /** A growing array whose tail can be masked in place. */
    private static final class Batch extends ByteArrayOutputStream {
        private static final int USUAL_BYTES = 1024;
        /** What one large message had needed is given back beyond this. */
        private static final int KEPT_BYTES = 256 * 1024;

        Batch() {
            super(USUAL_BYTES);
        }

        void payload(ByteBuffer payload, int key) {
            int length = payload.remaining();
            int from = count;
            if (payload.hasArray()) {
                write(payload.array(), payload.arrayOffset() + payload.position(), length);
            } else {
                byte[] copy = new byte[length];
                payload.duplicate().get(copy);
                writeBytes(copy);
            }
            if (key != 0) {
                Masking.apply(buf, from, length, key);
            }
        }

        byte[] takeBytes() {
            byte[] bytes = toByteArray();
            reset();
            if (buf.length > KEPT_BYTES) {
                buf = new byte[USUAL_BYTES];
            }
            return bytes;
        }
    }
}
