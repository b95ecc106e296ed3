package dev.antiphon.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Lets the requests of a connection through one at a time: the next one when it is asked for. What came behind waits here: what one
 * read of the socket had, since nothing is read meanwhile. Confined to its event loop.
 */
final class RequestGate extends ChannelInboundHandlerAdapter {
    private final Deque<Object> behind = new ArrayDeque<>();
    private Optional<ChannelHandlerContext> context = Optional.empty();
    private boolean closed;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = Optional.of(added);
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object part) {
        behind.add(part);
        pass();
    }

    /** The next request may come, at once if it is here. */
    void open() {
        closed = false;
        pass();
    }

    private void pass() {
        while (!closed && !behind.isEmpty()) {
            Object part = behind.remove();
            closed = part instanceof LastHttpContent;
            context.ifPresent(next -> next.fireChannelRead(part));
        }
    }

    boolean isEmpty() {
        return behind.isEmpty();
    }

    /** Nothing of what is here is wanted. */
    void discard() {
        behind.forEach(ReferenceCountUtil::release);
        behind.clear();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ignored) {
        discard();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        discard();
        inactive.fireChannelInactive();
    }
}
