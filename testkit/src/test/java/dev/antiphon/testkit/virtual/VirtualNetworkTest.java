package dev.antiphon.testkit.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.connection.WebSocketLimits;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.testkit.emulator.VirtualTimeline;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VirtualNetworkTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T09:00:00Z");
    private static final Duration LATENCY = Duration.ofMillis(10);

    private final VirtualTimeline timeline = VirtualTimeline.startingAt(BEGIN);
    private final VirtualNetwork network = new VirtualNetwork(timeline, LATENCY);
    private final List<String> client = new ArrayList<>();
    private final List<String> server = new ArrayList<>();
    private final List<WebSocketLink> accepted = new ArrayList<>();

    @Test
    void framesArriveInOrderAfterTheLatency() {
        listen();
        WebSocketLink link = connect("ws://bot/v1/realtime?model=x%20y");
        link.send(text("one"));
        link.send(text("two"));

        timeline.runUntilIdle();

        assertThat(server).containsExactly("20 open /v1/realtime {model=x y}", "30 one", "30 two");
        assertThat(client).containsExactly("20 open");
    }

    @Test
    void aCloseComesAfterWhatWasSentBeforeAndReachesBothSides() {
        listen();
        WebSocketLink link = connect("ws://bot/");
        timeline.runUntilIdle();
        link.send(text("last words"));
        link.close(4000, "enough");
        boolean taken = link.send(text("too late"));

        timeline.runUntilIdle();

        assertThat(taken).isFalse();
        assertThat(server).containsExactly("20 open / {}", "30 last words", "30 closed 4000 enough");
        assertThat(client).containsExactly("20 open", "40 closed 4000 enough");
    }

    @Test
    void aBrokenLineIsToldAsOne() {
        listen();
        connect("ws://bot/");
        timeline.runUntilIdle();
        accepted.getFirst().close(1006, "");

        timeline.runUntilIdle();

        assertThat(client).containsExactly("20 open", "30 closed 1006 ");
        assertThat(server).containsExactly("20 open / {}", "40 closed 1006 ");
    }

    @Test
    void whereNobodyListensTheLineIsRefused() {
        connect("ws://nobody/");

        timeline.runUntilIdle();

        assertThat(client).containsExactly("20 refused Optional.empty there is no server at nobody");
    }

    @Test
    void aFullQueueTakesNoMore() {
        listen();
        WebSocketLink link = network.connect(
                request("ws://bot/", WebSocketLimits.defaults().withSendQueueFrames(1)), new Noting(client, "open"));

        assertThat(link.send(text("fits"))).isTrue();
        assertThat(link.send(text("does not"))).isFalse();
        timeline.runUntilIdle();
        assertThat(link.queued()).isZero();
        assertThat(link.send(text("fits again"))).isTrue();
    }

    private void listen() {
        network.listen(
                "bot",
                upgrade -> new WebSocketEndpoint.Decision.Accept(Optional.empty(), link -> {
                    accepted.add(link);
                    return new Noting(server, "open " + upgrade.path() + " " + upgrade.query());
                }));
    }

    private WebSocketLink connect(String address) {
        return network.connect(request(address, WebSocketLimits.defaults()), new Noting(client, "open"));
    }

    private static WebSocketTransport.Request request(String address, WebSocketLimits limits) {
        return new WebSocketTransport.Request(URI.create(address), Map.of(), List.of(), Duration.ofSeconds(10), limits);
    }

    private static ByteBuffer text(String words) {
        return ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8));
    }

    private final class Noting implements WebSocketListener {
        private final List<String> notes;
        private final String opening;

        Noting(List<String> notes, String opening) {
            this.notes = notes;
            this.opening = opening;
        }

        private void note(String what) {
            notes.add(Duration.between(BEGIN, timeline.now()).toMillis() + " " + what);
        }

        @Override
        public void onOpen(Optional<String> subprotocol) {
            note(opening);
        }

        @Override
        public void onText(ByteBuffer utf8) {
            note(StandardCharsets.UTF_8.decode(utf8).toString());
        }

        @Override
        public void onBinary(ByteBuffer content) {}

        @Override
        public void onClosed(int code, String reason) {
            note("closed " + code + " " + reason);
        }

        @Override
        public void onRefused(Refusal refusal) {
            note("refused " + refusal.httpStatus() + " " + refusal.detail());
        }
    }
}
