package dev.antiphon.connection;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/**
 * A server for HTTP and WebSockets on one port, over Netty's event loops: Netty's TCP and HTTP, a handler in Pekko HTTP's terms, our own
 * RFC 6455 frames. The fast path for callers: between a caller's socket and its listener lies one thread, where Pekko's own server has
 * three mailboxes and two streams; {@code docs/benchmarks.md} has the figures. Plain HTTP/1.1 without TLS, which a proxy in front of it
 * has to add.
 *
 * <p>A WebSocket begins where the handler answers with what {@link PekkoHttpWebSockets#handle} returned. All other responses are sent
 * as they are, bodies of unknown length in chunks and no faster than the peer takes them; when the peer goes, the body's source is
 * cancelled. Bodies of requests are read whole before the handler is called.
 *
 * <p>It keeps to Pekko's {@link ServerSettings}: connections at once (more wait to be accepted; without epoll up to 15 of them do not), backlog, request and idle timeouts (503;
 * the latter not for WebSockets), lengths of the URI (414), of all headers together (431, count times length of one) and of a body
 * (413), the {@code Server} header, the attribute with the peer's address. What is no HTTP, names no host or has a URI that cannot be
 * read is answered with 400, a handler that fails with 500.
 *
 * <p>Thread-safe. It shares the event loops with {@link NettyTransport}, and ends with its actor system at the latest.
 */
public final class NettyServer {
    private final Channel listening;
    private final Connections connections;

    private NettyServer(Channel listening, Connections connections) {
        this.listening = listening;
        this.connections = connections;
    }

    /**
     * Listens on an address; with port 0, on any free one.
     *
     * @param handler called on a thread of the system's default dispatcher; must not block
     * @return fails with an {@link IOException} when the address cannot be used
     */
    public static CompletionStage<NettyServer> bind(
            ClassicActorSystemProvider system,
            String host,
            int port,
            ServerSettings settings,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        EventLoops loops = EventLoops.of(system);
        HttpExchange.Server parts = HttpExchange.Server.of(system, loops, settings, handler);
        Connections connections = new Connections();
        ChannelFuture binding = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannelType())
                .option(ChannelOption.SO_BACKLOG, settings.getBacklog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .handler(new Doorkeeper(settings.getMaxConnections()))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        HttpExchange.begin(channel.pipeline(), parts);
                        connections.add(channel);
                    }
                })
                .bind(new InetSocketAddress(host, port));
        return stage(binding).handle((nothing, failure) -> {
            if (failure != null) {
                throw new CompletionException(unusable(host, failure));
            }
            return new NettyServer(binding.channel(), connections);
        });
    }

    private static IOException unusable(String host, Throwable failure) {
        IOException told = failure instanceof UnresolvedAddressException
                ? new UnknownHostException(host)
                : new BindException(ConnectionFault.withoutSystemCall(failure));
        told.initCause(failure);
        return told;
    }

    /** Where it listens. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Accepts no more connections; those that are open go on. Calling it again does nothing. */
    public CompletionStage<Void> unbind() {
        return stage(listening.close());
    }

    /**
     * Accepts no more connections, and ends those that are open: idle ones at once, others when they have their answer, WebSockets
     * when somebody closes them, all of them after this time.
     */
    public CompletionStage<Void> terminate(Duration patience) {
        return unbind().thenCompose(unbound -> {
            CompletableFuture<Void> empty = connections.end();
            ScheduledFuture<?> late =
                    listening.eventLoop().schedule(connections::cut, patience.toNanos(), TimeUnit.NANOSECONDS);
            return empty.whenComplete((done, failed) -> late.cancel(false));
        });
    }

    private static CompletableFuture<Void> stage(Future<?> future) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        future.addListener(done -> {
            if (done.isSuccess()) {
                stage.complete(null);
            } else {
                stage.completeExceptionally(done.cause());
            }
        });
        return stage;
    }

    /** Accepts no more connections than so many at once. Confined to the loop that accepts. */
    private static final class Doorkeeper extends ChannelInboundHandlerAdapter {
        private final int most;
        private int open;

        Doorkeeper(int most) {
            this.most = most;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            open++;
            count(context);
            ((Channel) accepted)
                    .closeFuture()
                    .addListener(closed -> HttpExchange.onLoop(context, () -> {
                        open--;
                        count(context);
                    }));
            context.fireChannelRead(accepted);
        }

        private void count(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(open < most);
        }
    }

    /** Those that are open. Thread-safe. */
    private static final class Connections {
        private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        private volatile boolean ending;

        void add(Channel connection) {
            open.add(connection);
            if (ending) {
                tell(connection);
            }
        }

        /** Asks all to end; the result comes when they have. */
        CompletableFuture<Void> end() {
            ending = true;
            open.forEach(Connections::tell);
            return stage(open.newCloseFuture());
        }

        private static void tell(Channel connection) {
            connection.pipeline().fireUserEventTriggered(HttpExchange.ENDING);
        }

        void cut() {
            open.close();
        }
    }
}
