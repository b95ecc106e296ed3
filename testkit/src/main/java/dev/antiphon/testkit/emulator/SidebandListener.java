package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One connection to the session of a call. Thread-safe: everything goes to the session's timeline. */
final class SidebandListener implements WebSocketListener {
    private final CallSession call;
    private final LinkSink sink;

    SidebandListener(CallSession call, WebSocketLink link) {
        this.call = call;
        this.sink = new LinkSink(link, call.timeline());
    }

    @Override
    public void onOpen(Optional<String> subprotocol) {
        call.attach(sink);
    }

    @Override
    public void onText(ByteBuffer utf8) {
        String frame = StandardCharsets.UTF_8.decode(utf8).toString();
        call.timeline().execute(() -> call.session().receive(frame));
    }

    @Override
    public void onBinary(ByteBuffer content) {
        call.timeline().execute(call.session()::receiveBinary);
    }

    @Override
    public void onClosed(int code, String reason) {
        call.timeline().execute(sink::end);
        call.detach(sink);
    }

    @Override
    public void onRefused(Refusal refusal) {
        call.detach(sink);
    }
}
