package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink.Breakdown;

/** Where an emulated session sends to. Called from the session's timeline only. */
public interface EventSink {

    /** One server frame, JSON text. */
    void frame(String json);

    /** The session ends with a close frame. Nothing follows. */
    void close(int code, String reason);

    /** The session ends without a close frame, as a broken line does. Nothing follows. */
    void drop();

    /** The line breaks in another way. Nothing follows. */
    void breakDown(Breakdown how);
}
