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
     * @param limits of the link
     */
    record Request(
            URI uri,
            Map<String, String> headers,
            List<String> subprotocols,
            Duration connectTimeout,
            WebSocketLimits limits) {
        public Request {
            headers = Map.copyOf(headers);
            subprotocols = List.copyOf(subprotocols);
            if (!"ws".equals(uri.getScheme()) && !"wss".equals(uri.getScheme())) {
                throw new IllegalArgumentException(
                        "WebSocket address must start with ws:// or wss://, but its scheme was " + uri.getScheme());
            }
        }

        @Override
        public String toString() {
            String port = uri.getPort() >= 0 ? ":" + uri.getPort() : "";
            return "Request[" + uri.getScheme() + "://" + uri.getHost() + port + uri.getPath() + "]";
        }
    }
}
