package dev.antiphon.connection;

import java.nio.ByteBuffer;

/** What {@link FrameReader} found next in the byte stream of a WebSocket. */
sealed interface Incoming {
    /** Nothing whole yet. */
    record Incomplete() implements Incoming {}

    /** A part of a message was put aside; ask again. */
    record Fragment() implements Incoming {}

    /** One whole text message, not written into any more. Whether it is UTF-8 is its reader's business. */
    record Text(ByteBuffer utf8) implements Incoming {}

    /** One whole binary message, not written into any more. */
    record Binary(ByteBuffer content) implements Incoming {}

    /** A ping, to be answered with the same payload. */
    record Ping(ByteBuffer payload) implements Incoming {}

    /** The answer to a ping. */
    record Pong() implements Incoming {}

    /** The peer closes; 1005 when it named no code. */
    record Close(int code, String reason) implements Incoming {}

    /** The peer broke a rule; the connection must be closed with {@code code}. */
    record Violation(int code, String rule) implements Incoming {}
}
