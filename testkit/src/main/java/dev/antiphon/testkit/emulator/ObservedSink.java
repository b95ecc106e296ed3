package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink.Breakdown;

/** Shows an observer what a client is sent, in the dialect that the client speaks. */
record ObservedSink(EventSink client, FrameObserver observer, String sessionId) implements EventSink {
    @Override
    public void frame(String json) {
        observer.frame(sessionId, FrameObserver.Direction.OUT, json);
        client.frame(json);
    }

    @Override
    public void close(int code, String reason) {
        client.close(code, reason);
    }

    @Override
    public void drop() {
        client.drop();
    }

    @Override
    public void breakDown(Breakdown how) {
        client.breakDown(how);
    }
}
