package dev.antiphon.connection;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/** A server on a free port of the loopback interface whose every request goes to one endpoint. */
final class LoopbackServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final InetSocketAddress address;
    private final Function<Duration, CompletionStage<?>> end;

    private LoopbackServer(InetSocketAddress address, Function<Duration, CompletionStage<?>> end) {
        this.address = address;
        this.end = end;
    }

    /** What listens. */
    enum Kind {
        PEKKO {
            @Override
            LoopbackServer serve(ActorSystem<?> system, Function<HttpRequest, HttpResponse> handler) {
                ServerBinding binding =
                        started(Http.get(system).newServerAt(HOST, 0).bindSync(handler::apply));
                return new LoopbackServer(binding.localAddress(), binding::terminate);
            }
        },
        NETTY {
            @Override
            LoopbackServer serve(ActorSystem<?> system, Function<HttpRequest, HttpResponse> handler) {
                NettyServer server = started(NettyServer.bind(
                        system,
                        HOST,
                        0,
                        ServerSettings.create(system.settings().config()),
                        request -> CompletableFuture.completedFuture(handler.apply(request))));
                return new LoopbackServer(server.localAddress(), server::terminate);
            }
        };

        abstract LoopbackServer serve(ActorSystem<?> system, Function<HttpRequest, HttpResponse> handler);

        LoopbackServer start(ActorSystem<?> system, WebSocketEndpoint endpoint) {
            return serve(system, PekkoHttpWebSockets.of(endpoint)::handle);
        }

        LoopbackServer start(ActorSystem<?> system, WebSocketEndpoint endpoint, WebSocketLimits limits) {
            return serve(system, PekkoHttpWebSockets.of(endpoint, limits)::handle);
        }
    }

    URI uri(String pathAndQuery) {
        return URI.create("ws://" + HOST + ":" + address.getPort() + pathAndQuery);
    }

    @Override
    public void close() {
        started(end.apply(Duration.ofSeconds(2)));
    }

    private static <T> T started(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
