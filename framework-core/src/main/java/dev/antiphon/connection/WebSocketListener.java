package dev.antiphon.connection;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The receiving side of one WebSocket. Called by the transport, never concurrently; must not block and must not run user
 * code.
 */
public interface WebSocketListener {

    /** The upgrade succeeded. */
    void onOpen(Optional<String> subprotocol);

    /**
     * One whole text message arrived.
     *
     * @param utf8 may be kept, since nobody writes into it any more; must not be written to
     */
    void onText(ByteBuffer utf8);

    /**
     * One whole binary message arrived; the Realtime protocol has none, some telephony streams do.
     *
     * @param content may be kept, since nobody writes into it any more; must not be written to
     */
    void onBinary(ByteBuffer content);

    /** The link is gone; code 1006 when there was no close frame. Called once, after {@link #onOpen}. */
    void onClosed(int code, String reason);

    /** The upgrade failed. Called once, instead of {@link #onOpen}. */
    void onRefused(Refusal refusal);

    /**
     * Why a WebSocket did not open.
     *
     * @param httpStatus the answer's status, or empty when there was no answer
     * @param detail for people; never contains a secret
     */
    record Refusal(Optional<Integer> httpStatus, String detail) {}
}
