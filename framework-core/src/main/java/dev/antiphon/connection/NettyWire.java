package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketProtocol.Timer;
import dev.antiphon.connection.WebSocketProtocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket of {@link NettyTransport} or {@link NettyServer}. All but {@link #wake} runs on its event loop. */
final class NettyWire extends ChannelInboundHandlerAdapter implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(NettyWire.class);

    private final WebSocketProtocol protocol;
    private final Map<Timer, Future<?>> timers = new EnumMap<>(Timer.class);
    private final EventLoops loops;
    private @Nullable ChannelHandlerContext context;
    private @Nullable GivingWay manners;
    private boolean finished;

    NettyWire(EventLoops loops, Function<Wire, WebSocketProtocol> protocol) {
        this.loops = loops;
        this.protocol = protocol.apply(this);
    }

    // --- Netty's calls

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        manners = loops.mannersOf(added.executor());
        protocol.start();
        protocol.writable();
    }

    @Override
    public void channelActive(ChannelHandlerContext ignored) {
        protocol.writable();
    }

    /** Messages are read where they stand, and kept: a buffer of Netty's would be used again. */
    @Override
    public void channelRead(ChannelHandlerContext ignored, Object message) {
        ByteBuf read = (ByteBuf) message;
        byte[] bytes = new byte[read.readableBytes()];
        read.readBytes(bytes);
        read.release();
        protocol.received(ByteString.fromArrayUnsafe(bytes));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ignored) {
        Objects.requireNonNull(manners).afterReading();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ignored) {
        protocol.writable();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ignored, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            protocol.receivedAll();
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ignored) {
        protocol.receivedAll();
        forgetTimers();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable failure) {
        protocol.failed(ConnectionFault.words(failure));
        context().close();
    }

    /** There is no connection and will be none. */
    void notConnected(Throwable failure) {
        protocol.failed(ConnectionFault.words(failure));
        forgetTimers();
    }

    // --- what the protocol does

    @Override
    public boolean isWritable() {
        return !finished
                && context().channel().isActive()
                && context().channel().isWritable();
    }

    @Override
    public void write(ByteString bytes) {
        context()
                .writeAndFlush(
                        Unpooled.wrappedBuffer(bytes.toArrayUnsafe()), context().voidPromise());
    }

    @Override
    public void finish() {
        if (!finished) {
            finished = true;
            afterWriting(this::closeOutput);
        }
    }

    private void closeOutput() {
        SslHandler tls = context().pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (context().channel() instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput();
        }
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public void abort(String reason) {
        context().close();
    }

    @Override
    public void arm(Timer timer, Duration delay) {
        disarm(timer);
        long nanos = delay.toNanos();
        Runnable fires = () -> protocol.fired(timer);
        timers.put(
                timer,
                timer == Timer.KEEP_ALIVE
                        ? context().executor().scheduleWithFixedDelay(fires, nanos, nanos, TimeUnit.NANOSECONDS)
                        : context().executor().schedule(fires, nanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public void disarm(Timer timer) {
        Optional.ofNullable(timers.remove(timer)).ifPresent(armed -> armed.cancel(false));
    }

    @Override
    public boolean isArmed(Timer timer) {
        return timers.containsKey(timer) && !timers.get(timer).isDone();
    }

    @Override
    public void wake() {
        try {
            context().executor().execute(protocol::filled);
        } catch (RejectedExecutionException ended) {
            // The actor system ends, and with it the connection: it is being told.
            LOG.debug("A frame came too late for its connection", ended);
        }
    }

    private void close() {
        finished = true;
        afterWriting(() -> context().close());
    }

    private void afterWriting(Runnable step) {
        ChannelFuture written = context().writeAndFlush(Unpooled.EMPTY_BUFFER);
        written.addListener(done -> step.run());
    }

    private void forgetTimers() {
        timers.values().forEach(timer -> timer.cancel(false));
        timers.clear();
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext added = context;
        if (added == null) {
            throw new IllegalStateException("the connection has no channel yet");
        }
        return added;
    }
}
