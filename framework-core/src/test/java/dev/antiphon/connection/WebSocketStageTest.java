package dev.antiphon.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.connection.RecordedListener.Heard;
import dev.antiphon.connection.WebSocketProtocol.Side;
import dev.antiphon.connection.WebSocketTransport.Request;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One WebSocket without a network, on a clock that the test moves. */
@Timeout(60)
class WebSocketStageTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime CLOCK = ManualTime.get(KIT.system());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RecordedListener listener = new RecordedListener();
    private final SendQueue queue = new SendQueue(WebSocketLimits.defaults());

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void pingsOfAPeerThatDoesNotReadAreAnsweredOnceAndTheLatestCounts() throws Exception {
        StagePeer peer = accepted();
        peer.sendsFrames(writer -> {
            for (int i = 0; i < 5000; i++) {
                writer.message(new SendQueue.Message(Opcode.PING, ByteBuffer.wrap(("ping " + i).getBytes(UTF_8))));
            }
            writer.message(StagePeer.text("and a text"));
        });
        assertThat(listener.next()).isEqualTo(new Heard.Text("and a text"));
        queue.send(StagePeer.utf8("the end"));

        int bytes = 0;
        String written = "";
        while (!written.endsWith("the end")) {
            ByteString piece = peer.reads().orElseThrow();
            bytes += piece.size();
            written = piece.utf8String();
        }
        assertThat(bytes).isLessThan(100);
        assertThat(written).contains("ping 4999");
    }

    @Test
    void ourOwnPingsDoNotPileUpEither() throws Exception {
        StagePeer peer = accepted();
        for (int i = 0; i < 20; i++) {
            peer.sendsFrames(writer -> writer.message(StagePeer.text("alive")));
            assertThat(listener.next()).isEqualTo(new Heard.Text("alive"));
            CLOCK.timePasses(WebSocketLimits.defaults().keepAlive());
        }
        peer.sendsFrames(writer -> writer.message(StagePeer.text("alive")));
        listener.next();
        queue.send(StagePeer.utf8("the end"));
        int pings = 0;
        while (peer.readsFrame() instanceof Incoming.Ping) {
            pings++;
        }
        assertThat(pings).isBetween(1, 4);
    }

    @Test
    void aPeerThatClosesButDoesNotEndTheConnectionIsDropped() throws Exception {
        StagePeer peer = accepted();
        peer.sendsFrames(writer -> writer.close(4000, "enough"));
        assertThat(listener.next()).isEqualTo(new Heard.Closed(4000, "enough"));
        assertThat(peer.readsFrame()).isEqualTo(new Incoming.Close(4000, ""));
        assertThat(peer.reads()).isEmpty();

        CLOCK.timePasses(PATIENCE);
        dropped(peer);
    }

    @Test
    void aConnectionThatWeCutIsDroppedEvenWhenThePeerKeepsItOpen() throws Exception {
        StagePeer peer = accepted();
        queue.close(CloseCode.ABNORMAL, "cable cut");
        assertThat(listener.next()).isEqualTo(new Heard.Closed(1006, "cable cut"));
        assertThat(peer.reads()).isEmpty();

        CLOCK.timePasses(PATIENCE);
        dropped(peer);
    }

    @Test
    void whenOnlyTheWriteSideDiesSendingFailsAtOnceAndWhatThePeerSaidStillArrives() throws Exception {
        StagePeer peer = accepted();
        peer.goesDeaf();
        peer.sendsFrames(writer -> writer.message(StagePeer.text("last words")));
        assertThat(listener.next()).isEqualTo(new Heard.Text("last words"));
        // The stage hears of either side by itself, in any order.
        KIT.createTestProbe()
                .awaitAssert(
                        () -> assertThat(queue.send(StagePeer.utf8("anything"))).isFalse());
        assertThat(queue.queued()).isZero();

        CLOCK.timePasses(PATIENCE);
        assertThat(listener.next()).isEqualTo(new Heard.Closed(1006, "the peer takes no more bytes"));
    }

    @Test
    void aStatusWhoseTextNeverComesIsStillTheReason() throws Exception {
        StagePeer peer = asking();
        peer.sends(ByteString.fromString("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2000\r\n\r\nbad k"));
        assertThat(refusedSoon()).isEqualTo(new Heard.Refused(Optional.of(401), "bad k"));
    }

    @Test
    void aStatusBeforeTheConnectionBrokeIsTheReason() throws Exception {
        StagePeer peer = asking();
        peer.sends(ByteString.fromString("HTTP/1.1 503 Busy\r\nContent-Length: 2000\r\n\r\n"));
        peer.breaks();
        assertThat(listener.next()).isEqualTo(new Heard.Refused(Optional.of(503), ""));
    }

    private StagePeer accepted() {
        StagePeer peer = StagePeer.of(KIT.system(), new Side.Server(Optional.empty()), queue, listener);
        listener.next(Heard.Opened.class);
        return peer;
    }

    private StagePeer asking() throws Exception {
        Request request = new Request(
                URI.create("ws://127.0.0.1:1/"),
                Map.of(),
                List.of(),
                Duration.ofDays(3650),
                WebSocketLimits.defaults());
        StagePeer peer = StagePeer.of(
                KIT.system(), new Side.Client(new ClientHandshake(request), request.connectTimeout()), queue, listener);
        assertThat(peer.reads().orElseThrow().utf8String()).startsWith("GET / HTTP/1.1");
        return peer;
    }

    /** Moves the clock until the refusal, as the stage's own timer begins only when the bytes have reached it. */
    private Heard.Refused refusedSoon() {
        long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (listener.heardNothingMore() && System.nanoTime() < giveUp) {
            CLOCK.timePasses(Duration.ofSeconds(1));
        }
        return listener.next(Heard.Refused.class);
    }

    private static void dropped(StagePeer peer) {
        assertThatThrownBy(() -> peer.readToTheEnd().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("AbortedConnection");
    }
}
