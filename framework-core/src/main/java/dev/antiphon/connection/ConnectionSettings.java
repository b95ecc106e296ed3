package dev.antiphon.connection;

import java.time.Duration;

/**
 * How a model connection behaves.
 *
 * @param connectTimeout upgrade and first {@code session.created} together; default 10 s
 * @param limits of its WebSocket, the defaults of {@link WebSocketLimits}. Audio gets seven eighths of the send queue and is
 *     dropped and counted beyond that; anything else that finds no room ends the connection
 */
public record ConnectionSettings(Duration connectTimeout, WebSocketLimits limits) {
    /** The defaults. */
    public static ConnectionSettings defaults() {
        return new ConnectionSettings(Duration.ofSeconds(10), WebSocketLimits.defaults());
    }

    /** A copy with another connect timeout. */
    public ConnectionSettings withConnectTimeout(Duration timeout) {
        return new ConnectionSettings(timeout, limits);
    }

    /** A copy with other limits of its WebSocket. */
    public ConnectionSettings withLimits(WebSocketLimits other) {
        return new ConnectionSettings(connectTimeout, other);
    }
}
