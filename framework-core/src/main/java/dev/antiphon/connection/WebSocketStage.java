package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketEndpoint.Attach;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * One WebSocket over one byte stream, either side of it: RFC 6455 frames, close codes both ways, pings, a bounded queue.
 *
 * <p>Pekko HTTP's own WebSocket flows cannot send a close code of one's choice (they offer 1000, 1002 and 1011) and cost
 * several times the processor time per message; so Pekko carries the bytes and the upgrade, and the frames are made here.
 */
final class WebSocketStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    final Inlet<ByteString> in = Inlet.create("WebSocket.in");
    final Outlet<ByteString> out = Outlet.create("WebSocket.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

    final SendQueue queue;
    final WebSocketLimits limits;
    final Attach attach;
    final Side side;

    /** Which end of the connection this is. */
    sealed interface Side {
        /** We asked for the upgrade and wait for the answer. */
        record Client(ClientHandshake handshake, Duration connectTimeout) implements Side {}

        /** The upgrade was accepted before the stream began. */
        record Server(Optional<String> subprotocol) implements Side {}
    }

    WebSocketStage(Side side, SendQueue queue, WebSocketLimits limits, Attach attach) {
        this.side = side;
        this.queue = queue;
        this.limits = limits;
        this.attach = attach;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inheritedAttributes) {
        return new WebSocketLogic(this);
    }
}
