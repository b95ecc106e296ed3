package dev.antiphon.connection;

import java.nio.ByteBuffer;

/** The sending side of one WebSocket. Thread-safe; frames leave in the order in which one thread sends them. */
public interface WebSocketLink {

    /**
     * Queues one text message.
     *
     * @param utf8 the message; the link takes ownership, the sender must not touch the bytes again
     * @return false when the queue is full or the link is closed; the message is then dropped. A message that is larger
     *     than the whole queue is taken when nothing else waits
     */
    boolean send(ByteBuffer utf8);

    /** Queues one binary message; else as {@link #send}. The Realtime protocol has none, some telephony streams do. */
    boolean sendBinary(ByteBuffer content);

    /**
     * Closes with a code and reason; queued frames are written first, for at most 5 s. Calling it again does nothing.
     *
     * @param code 1000 to 1003, 1007 to 1014 or 3000 to 4999 are sent as they are; 1006 ends the connection without a close
     *     frame, as a fault would; any other is sent as a close frame without a code
     * @param reason cut to 123 bytes of UTF-8
     */
    void close(int code, String reason);

    /**
     * Breaks the line instead of closing it, as networks do: for tests of the other side. What was queued is written first. This
     * side is told of the end as of a lost line, with 1006.
     */
    void breakDown(Breakdown how);

    /** How a line breaks. */
    enum Breakdown {
        /** The connection ends within a frame: a text message is announced, and only a part of it arrives. */
        TORN,
        /** The connection stays, but nothing is read, written or answered any more, pings included. */
        DEAD
    }

    /** How many frames wait to be written. */
    int queued();

    /** How many bytes these frames have. */
    long queuedBytes();
}
