package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketProtocol.Side;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.actor.ClassicActorSystemProvider;

/**
 * Outgoing WebSockets over Netty's event loops: Netty's TCP and TLS, our own RFC 6455 frames. The fast path: between the socket and
 * the listener lies one thread, where {@link PekkoTransport} has three mailboxes; {@code docs/benchmarks.md} has the figures.
 *
 * <p>Close codes and reasons travel exactly, both ways; closing with 1006 ends the connection without a close frame, after
 * what was queued. Extensions are not offered. A peer that stays silent through three keep-alive intervals, pings included,
 * is given up with 1006. Servers are verified against the trust store of the given {@link SSLContext} and by host name.
 *
 * <p>Thread-safe. All transports of one actor system share its event loops, one per processor, which end with it.
 */
public final class NettyTransport implements WebSocketTransport {
    private final EventLoops loops;
    private final Supplier<SSLContext> ssl;

    private NettyTransport(EventLoops loops, Supplier<SSLContext> ssl) {
        this.loops = loops;
        this.ssl = ssl;
    }

    /** With the platform's trust store, which is read when the first {@code wss} is opened. */
    public static NettyTransport create(ClassicActorSystemProvider system) {
        return new NettyTransport(EventLoops.of(system), UnusableTrustStore::platform);
    }

    /** With a trust store of one's own. */
    public static NettyTransport create(ClassicActorSystemProvider system, SSLContext ssl) {
        return new NettyTransport(EventLoops.of(system), () -> ssl);
    }

    /**
     * @throws IllegalArgumentException when the address has no host or a header is not one line
     * @throws UnusableTrustStore when it is {@code wss}, and the platform's trust store cannot be read
     */
    @Override
    public WebSocketLink connect(Request request, WebSocketListener listener) {
        ServerAddress server = ServerAddress.of(request);
        Optional<SSLEngine> tls = server.secure() ? Optional.of(server.verifying(ssl.get())) : Optional.empty();
        SendQueue queue = new SendQueue(request.limits());
        Side side = new Side.Client(new ClientHandshake(request), request.connectTimeout());
        NettyWire wire = new NettyWire(
                loops, line -> new WebSocketProtocol(side, queue, request.limits(), link -> listener, line));
        ChannelFuture connecting = new Bootstrap()
                .group(loops.group())
                .channel(loops.channelType())
                .resolver(loops.resolver())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(Integer.MAX_VALUE, request.connectTimeout().toMillis()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.ifPresent(engine -> channel.pipeline().addLast(handler(engine)));
                        channel.pipeline().addLast(wire);
                    }
                })
                .connect(server.unresolved());
        connecting.addListener(made -> {
            if (!made.isSuccess()) {
                wire.notConnected(made.cause());
            }
        });
        return queue;
    }

    /** The wait for the upgrade bounds the handshake too. */
    private static SslHandler handler(SSLEngine engine) {
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }
}
