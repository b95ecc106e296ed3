package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a link reported, to be awaited in order. */
final class RecordedListener implements WebSocketListener {
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    sealed interface Heard {
        record Opened(Optional<String> subprotocol) implements Heard {}

        record Text(String text) implements Heard {}

        record Binary(int bytes) implements Heard {}

        record Closed(int code, String reason) implements Heard {}

        record Refused(Optional<Integer> status, String detail) implements Heard {}
    }

    @Override
    public void onOpen(Optional<String> subprotocol) {
        heard.add(new Heard.Opened(subprotocol));
    }

    @Override
    public void onText(ByteBuffer utf8) {
        heard.add(new Heard.Text(StandardCharsets.UTF_8.decode(utf8).toString()));
    }

    @Override
    public void onBinary(ByteBuffer content) {
        heard.add(new Heard.Binary(content.remaining()));
    }

    @Override
    public void onClosed(int code, String reason) {
        heard.add(new Heard.Closed(code, reason));
    }

    @Override
    public void onRefused(Refusal refusal) {
        heard.add(new Heard.Refused(refusal.httpStatus(), refusal.detail()));
    }

    Heard next() {
        try {
            Heard next = heard.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("something heard within 10 s").isNotNull();
            return next;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while waiting", interrupted);
        }
    }

    <H extends Heard> H next(Class<H> kind) {
        Heard next = next();
        assertThat(next).isInstanceOf(kind);
        return kind.cast(next);
    }

    boolean heardNothingMore() {
        return heard.isEmpty();
    }
}
