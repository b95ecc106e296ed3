package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink.Breakdown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The WebSocket connections that follow one call's session: each gets every event from when it was attached (protocol.md section 15).
 * Used on the session's timeline only.
 */
final class Sidebands implements EventSink {
    private final Consumer<String> onEnd;
    private final List<EventSink> attached = new ArrayList<>();

    /** {@code onEnd} is told why the session ended. */
    Sidebands(Consumer<String> onEnd) {
        this.onEnd = onEnd;
    }

    void attach(EventSink client) {
        attached.add(client);
    }

    void detach(EventSink client) {
        attached.remove(client);
    }

    @Override
    public void frame(String json) {
        attached.forEach(client -> client.frame(json));
    }

    @Override
    public void close(int code, String reason) {
        end(client -> client.close(code, reason), reason);
    }

    @Override
    public void drop() {
        end(EventSink::drop, "the line broke");
    }

    @Override
    public void breakDown(Breakdown how) {
        end(client -> client.breakDown(how), "the line broke");
    }

    private void end(Consumer<EventSink> each, String why) {
        attached.forEach(each);
        onEnd.accept(why);
    }
}
