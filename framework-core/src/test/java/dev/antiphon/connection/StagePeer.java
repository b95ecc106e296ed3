package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** The far end of one bare {@link WebSocketStage}: it reads only when the test says so. */
final class StagePeer {
    private final BoundedSourceQueue<ByteString> toStage;
    private final SinkQueueWithCancel<ByteString> fromStage;
    private final CompletionStage<Done> read;
    private final FrameReader frames;

    private StagePeer(
            BoundedSourceQueue<ByteString> toStage,
            CompletionStage<Done> read,
            SinkQueueWithCancel<ByteString> fromStage,
            boolean masked) {
        this.toStage = toStage;
        this.read = read;
        this.fromStage = fromStage;
        this.frames = new FrameReader(masked, 1 << 20);
    }

    static StagePeer of(
            ClassicActorSystemProvider system,
            WebSocketProtocol.Side side,
            SendQueue queue,
            WebSocketListener listener) {
        WebSocketStage stage = new WebSocketStage(side, queue, WebSocketLimits.defaults(), link -> listener);
        Pair<Pair<BoundedSourceQueue<ByteString>, CompletionStage<Done>>, SinkQueueWithCancel<ByteString>> ends =
                Source.<ByteString>queue(64)
                        .concatLazy(
                                Source.lazySource(() -> Source.failed(new IllegalStateException("Connection reset"))))
                        .watchTermination(Keep.both())
                        .via(stage)
                        .toMat(Sink.<ByteString>queue().withAttributes(Attributes.inputBuffer(1, 1)), Keep.both())
                        .run(system);
        return new StagePeer(
                ends.first().first(),
                ends.first().second(),
                ends.second(),
                side instanceof WebSocketProtocol.Side.Client);
    }

    void sends(ByteString bytes) {
        assertThat(toStage.offer(bytes)).isEqualTo(QueueOfferResult.enqueued());
    }

    /** Frames as a client masks them. */
    void sendsFrames(Consumer<FrameWriter> writing) {
        FrameWriter writer = new FrameWriter(true);
        writing.accept(writer);
        sends(writer.take());
    }

    /** What the stage writes next as one piece. */
    Optional<ByteString> reads() throws Exception {
        return fromStage.pull().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** The next frame that the stage writes. */
    Incoming readsFrame() throws Exception {
        Incoming next = frames.next();
        while (next instanceof Incoming.Incomplete) {
            frames.feed(reads().orElseThrow());
            next = frames.next();
        }
        return next;
    }

    /** The peer's machine takes no more bytes. */
    void goesDeaf() {
        fromStage.cancel();
    }

    /** The connection breaks after what was sent. */
    void breaks() {
        toStage.complete();
    }

    /** Ends when the stage reads no more, exceptionally when it dropped the connection. */
    CompletionStage<Done> readToTheEnd() {
        return read;
    }

    static SendQueue.Message text(String text) {
        return new SendQueue.Message(Opcode.TEXT, utf8(text));
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
