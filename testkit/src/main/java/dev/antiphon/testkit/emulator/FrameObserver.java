package dev.antiphon.testkit.emulator;

/** Sees every frame of every session as it passes, in the dialect that the client speaks, for logs and live displays. Must be thread-safe and quick. */
@FunctionalInterface
public interface FrameObserver {

    /** Which way a frame went. */
    enum Direction {
        /** From the client to the emulator. */
        IN,
        /** From the emulator to the client. */
        OUT
    }

    /** One frame passed. */
    void frame(String sessionId, Direction direction, String json);

    /** Watches nothing. */
    static FrameObserver none() {
        return (sessionId, direction, json) -> {};
    }
}
