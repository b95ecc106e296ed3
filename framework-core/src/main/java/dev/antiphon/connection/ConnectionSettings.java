package dev.antiphon.connection;

import java.time.Duration;

/**
 * How a model connection behaves.
 *
 * @param connectTimeout upgrade and first {@code session.created} together; default 10 s
 * @param keepAlive interval of pings; default 15 s
 * @param maxFrameBytes largest message accepted from the model; default 16 MiB
 * @param sendQueueFrames messages that may wait to be written; default 512. Audio beyond that is dropped and counted,
 *     anything else ends the connection
 */
public record ConnectionSettings(Duration connectTimeout, Duration keepAlive, int maxFrameBytes, int sendQueueFrames) {
    /** The defaults. */
    public static ConnectionSettings defaults() {
        return new ConnectionSettings(Duration.ofSeconds(10), Duration.ofSeconds(15), 16 * 1024 * 1024, 512);
    }

    /** A copy with another connect timeout. */
    public ConnectionSettings withConnectTimeout(Duration timeout) {
        return new ConnectionSettings(timeout, keepAlive, maxFrameBytes, sendQueueFrames);
    }
}
