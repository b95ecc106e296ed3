package dev.antiphon.connection;

import java.time.Duration;

/**
 * The bounds of one WebSocket.
 *
 * @param keepAlive interval of pings while nothing else is sent or received; a peer that stays silent for three of them is
 *     given up with 1006; default 15 s
 * @param maxFrameBytes largest message accepted, fragments together; a larger one closes the link with 1009; default 16 MiB
 * @param sendQueueFrames how many frames may wait to be written; default 512
 * @param sendQueueBytes how many bytes these frames may have together; one larger frame may wait alone; default 8 MiB
 */
public record WebSocketLimits(Duration keepAlive, int maxFrameBytes, int sendQueueFrames, long sendQueueBytes) {
    public WebSocketLimits {
        if (keepAlive.isNegative() || keepAlive.isZero()) {
            throw new IllegalArgumentException("keep-alive interval must be positive, but was " + keepAlive);
        }
        if (maxFrameBytes < 1 || sendQueueFrames < 1 || sendQueueBytes < 1) {
            throw new IllegalArgumentException(
                    "a link needs room for at least one byte and one frame, but had " + maxFrameBytes + " bytes, "
                            + sendQueueFrames + " frames and " + sendQueueBytes + " bytes of them");
        }
    }

    /** The defaults. */
    public static WebSocketLimits defaults() {
        return new WebSocketLimits(Duration.ofSeconds(15), 16 * 1024 * 1024, 512, 8 * 1024 * 1024);
    }

    /** A copy with another bound of message sizes. */
    public WebSocketLimits withMaxFrameBytes(int bytes) {
        return new WebSocketLimits(keepAlive, bytes, sendQueueFrames, sendQueueBytes);
    }

    /** A copy with another bound of waiting frames. */
    public WebSocketLimits withSendQueueFrames(int frames) {
        return new WebSocketLimits(keepAlive, maxFrameBytes, frames, sendQueueBytes);
    }

    /** A copy with another bound of waiting bytes. */
    public WebSocketLimits withSendQueueBytes(long bytes) {
        return new WebSocketLimits(keepAlive, maxFrameBytes, sendQueueFrames, bytes);
    }

    /** A copy with another ping interval. */
    public WebSocketLimits withKeepAlive(Duration interval) {
        return new WebSocketLimits(interval, maxFrameBytes, sendQueueFrames, sendQueueBytes);
    }
}
