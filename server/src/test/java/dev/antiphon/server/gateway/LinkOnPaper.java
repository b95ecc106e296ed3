package dev.antiphon.server.gateway;

import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketLink.Breakdown;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A link that writes down what it is given; a stuck one takes nothing. */
final class LinkOnPaper implements WebSocketLink {
    final List<String> sent = new ArrayList<>();
    final List<String> closed = new ArrayList<>();
    boolean stuck;
    int queued;

    @Override
    public boolean send(ByteBuffer utf8) {
        if (!stuck) {
            sent.add(StandardCharsets.UTF_8.decode(utf8).toString());
        }
        return !stuck;
    }

    @Override
    public boolean sendBinary(ByteBuffer content) {
        throw new AssertionError("the Realtime protocol has no binary messages");
    }

    @Override
    public void close(int code, String reason) {
        closed.add(code + " " + reason);
    }

    @Override
    public void breakDown(Breakdown how) {
        closed.add("broken " + how);
    }

    @Override
    public int queued() {
        return queued;
    }

    @Override
    public long queuedBytes() {
        return 0;
    }
}
