package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketEndpoint.Attach;
import dev.antiphon.connection.WebSocketProtocol.Side;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/** One WebSocket over one byte stream of Pekko Streams, either side of it. */
final class WebSocketStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    final Inlet<ByteString> in = Inlet.create("WebSocket.in");
    final Outlet<ByteString> out = Outlet.create("WebSocket.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

    private final Side side;
    private final SendQueue queue;
    private final WebSocketLimits limits;
    private final Attach attach;

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

    /** What runs over this stream. */
    WebSocketProtocol protocol(WebSocketProtocol.Wire wire) {
        return new WebSocketProtocol(side, queue, limits, attach, wire);
    }
}
