package dev.antiphon.connection;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;

/** A Pekko HTTP server on a free port of the loopback interface whose every request goes to one endpoint. */
final class LoopbackServer implements AutoCloseable {
    private final ServerBinding binding;

    private LoopbackServer(ServerBinding binding) {
        this.binding = binding;
    }

    static LoopbackServer start(ActorSystem<?> system, WebSocketEndpoint endpoint) {
        return start(system, endpoint, WebSocketLimits.defaults());
    }

    static LoopbackServer start(ActorSystem<?> system, WebSocketEndpoint endpoint, WebSocketLimits limits) {
        PekkoHttpWebSockets webSockets = PekkoHttpWebSockets.of(endpoint, limits);
        return new LoopbackServer(Http.get(system)
                .newServerAt("127.0.0.1", 0)
                .bindSync(webSockets::handle)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join());
    }

    URI uri(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + binding.localAddress().getPort() + pathAndQuery);
    }

    @Override
    public void close() {
        binding.terminate(Duration.ofSeconds(2))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
