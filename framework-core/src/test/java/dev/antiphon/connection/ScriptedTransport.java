package dev.antiphon.connection;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A transport whose one link does what the test says, and never writes anything. */
final class ScriptedTransport implements WebSocketTransport {
    private final BlockingQueue<Connected> connected = new LinkedBlockingQueue<>();

    private record Connected(WebSocketListener listener, SendQueue queue) {}

    @Override
    public WebSocketLink connect(Request request, WebSocketListener listener) {
        SendQueue queue = new SendQueue(request.limits());
        connected.add(new Connected(listener, queue));
        return queue;
    }

    WebSocketListener listener() {
        return opened().listener();
    }

    SendQueue queue() {
        return opened().queue();
    }

    private Connected opened() {
        try {
            Connected first = connected.take();
            connected.add(first);
            return first;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while waiting", interrupted);
        }
    }
}
