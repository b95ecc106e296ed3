package dev.antiphon.connection;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The port through which every outgoing WebSocket travels. Implementations may be swapped without touching a caller.
 *
 * <p>Thread-safe. Nothing here blocks.
 */
public interface WebSocketTransport {

    /**
     * Starts to open a WebSocket and returns at once.
     *
     * <p>{@code listener} gets {@link WebSocketListener#onOpen} and later {@link WebSocketListener#onClosed}, or
     * {@link WebSocketListener#onRefused} alone. Calls to one listener never overlap.
     *
     * @return the link; frames sent before it is open are queued
     */
    WebSocketLink connect(Request request, WebSocketListener listener);

    /**
     * What to open and how.
     *
     * @param uri {@code ws} or {@code wss}
     * @param headers sent with the upgrade; values may be secret and are never logged
     * @param subprotocols offered, in order; empty for none
     * @param connectTimeout until the upgrade must have been answered
     * @param keepAlive interval of pings while nothing else is sent
     * @param maxFrameBytes largest message accepted; a larger one closes the link with 1009
     * @param sendQueueFrames how many frames may wait to be written
     */
    record Request(
            URI uri,
            Map<String, String> headers,
            List<String> subprotocols,
            Duration connectTimeout,
            Duration keepAlive,
            int maxFrameBytes,
            int sendQueueFrames) {
        public Request {
            headers = Map.copyOf(headers);
            subprotocols = List.copyOf(subprotocols);
            if (!"ws".equals(uri.getScheme()) && !"wss".equals(uri.getScheme())) {
                throw new IllegalArgumentException("WebSocket address must start with ws:// or wss://, but was " + uri);
            }
        }

        @Override
        public String toString() {
            return "Request[" + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath() + "]";
        }
    }
}
