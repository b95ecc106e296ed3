package dev.antiphon.connection;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/** The event loops of one actor system: epoll where there is one, NIO elsewhere; they end with the system. */
final class EventLoops implements Extension {
    private static final AbstractExtensionId<EventLoops> ID = new AbstractExtensionId<>() {
        @Override
        public EventLoops createExtension(ExtendedActorSystem system) {
            EventLoops loops = new EventLoops(system.name());
            system.registerOnTermination(() -> loops.group.shutdownGracefully(0, 1, TimeUnit.SECONDS));
            return loops;
        }
    };

    private final EventLoopGroup group;
    private final Map<EventExecutor, GivingWay> manners = new IdentityHashMap<>();
    private final boolean epoll = Epoll.isAvailable();
    private final AddressResolverGroup<InetSocketAddress> resolver = new Lookups();

    private EventLoops(String name) {
        this.group = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory(name + "-io", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        group.forEach(loop -> manners.put(loop, new GivingWay()));
    }

    static EventLoops of(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    EventLoopGroup group() {
        return group;
    }

    Class<? extends SocketChannel> channelType() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    Class<? extends ServerSocketChannel> serverChannelType() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** The one of this event loop of the group. */
    GivingWay mannersOf(EventExecutor loop) {
        return Objects.requireNonNull(manners.get(loop));
    }

    AddressResolverGroup<InetSocketAddress> resolver() {
        return resolver;
    }

    /** The platform's own look-up of names blocks, and an event loop carries other calls. */
    private static final class Lookups extends AddressResolverGroup<InetSocketAddress> {
        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
            return new InetNameResolver(loop) {
                @Override
                protected void doResolve(String host, Promise<InetAddress> found) {
                    Thread.ofVirtual().name("look-up-" + host).start(() -> {
                        try {
                            found.setSuccess(InetAddress.getByName(host));
                        } catch (UnknownHostException unknown) {
                            found.setFailure(unknown);
                        }
                    });
                }

                @Override
                protected void doResolveAll(String host, Promise<List<InetAddress>> found) {
                    throw new UnsupportedOperationException("one address of a host is enough");
                }
            }.asAddressResolver();
        }
    }
}
