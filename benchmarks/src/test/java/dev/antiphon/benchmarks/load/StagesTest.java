package dev.antiphon.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.WebSocketLimits;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StagesTest {
    private final AtomicBoolean counted = new AtomicBoolean(true);
    private final Stages stages = new Stages(counted::get);
    private final List<String> sent = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private @Nullable WebSocketListener line;

    private WebSocketLink connect() {
        WebSocketTransport transport = (request, listener) -> {
            line = listener;
            return new Recorded();
        };
        return stages.watched(transport)
                .connect(
                        new WebSocketTransport.Request(
                                URI.create("ws://127.0.0.1/x"),
                                Map.of(),
                                List.of(),
                                Duration.ofSeconds(1),
                                WebSocketLimits.defaults()),
                        new Heard());
    }

    private void turn(WebSocketLink link, String nonce) {
        WebSocketListener model = Objects.requireNonNull(line);
        model.onText(utf8("{\"type\":\"response.function_call_arguments.done\",\"arguments\":\"{\\\"nonce\\\":\\\""
                + nonce + "\\\"}\"}"));
        stages.toolBegins(nonce);
        stages.toolEnds(nonce);
        link.send(utf8("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"function_call_output\","
                + "\"output\":\"{\\\"nonce\\\":\\\"" + nonce + "\\\"}\"}}"));
        link.send(utf8("{\"type\":\"response.create\"}"));
    }

    @Test
    void aTurnIsCountedInEachStageAndItsFramesPass() {
        WebSocketLink link = connect();
        turn(link, "n1");
        turn(link, "n2");
        assertThat(stages.table().lines().skip(1)).hasSize(4).allMatch(row -> row.endsWith("(turns: 2)"));
        assertThat(received).hasSize(2);
        assertThat(sent).hasSize(4);
    }

    @Test
    void turnsOfOtherPhasesAreNot() {
        counted.set(false);
        turn(connect(), "n1");
        assertThat(stages.table().lines().skip(1)).hasSize(4).allMatch(row -> row.endsWith("(turns: 0)"));
    }

    @Test
    void aRequestWithoutACallIsNoTurn() {
        connect().send(utf8("{\"type\":\"response.create\"}"));
        assertThat(stages.table()).contains("(turns: 0)").doesNotContain("(turns: 1)");
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
    }

    private final class Heard implements WebSocketListener {
        @Override
        public void onOpen(Optional<String> subprotocol) {}

        @Override
        public void onText(ByteBuffer utf8) {
            received.add(text(utf8));
        }

        @Override
        public void onBinary(ByteBuffer content) {}

        @Override
        public void onClosed(int code, String reason) {}

        @Override
        public void onRefused(Refusal refusal) {}
    }

    private final class Recorded implements WebSocketLink {
        @Override
        public boolean send(ByteBuffer utf8) {
            return sent.add(text(utf8));
        }

        @Override
        public boolean sendBinary(ByteBuffer content) {
            return true;
        }

        @Override
        public void close(int code, String reason) {}

        @Override
        public void breakDown(Breakdown how) {}

        @Override
        public int queued() {
            return 0;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }
    }
}
