package dev.antiphon.server.operator;

import dev.antiphon.connection.NettyServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import scala.concurrent.duration.Duration;

/** A running console, on a port of its own. Thread-safe. */
public final class OperatorConsole {
    private static final java.time.Duration DRAIN = java.time.Duration.ofSeconds(1);
    private static final int MAX_CONNECTIONS = 200;
    /** A large store wants time for its figures, and more on a busy machine. */
    private static final int LONGEST_ANSWER_MINUTES = 5;

    private final NettyServer listening;
    private final String host;

    private OperatorConsole(NettyServer listening, String host) {
        this.listening = listening;
        this.host = host;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param bot the name that it shows
     * @throws CompletionException when none of its ports can be used, with the last one's problem
     */
    public static OperatorConsole start(
            String bot,
            OperatorSettings settings,
            OperatorFigures figures,
            OperatorControls controls,
            InstantSource clock,
            ActorSystem<?> system) {
        OperatorRoutes routes = new OperatorRoutes(bot, settings, figures, controls, clock, system);
        int last = settings.port() == 0 ? 0 : Math.min(settings.port() + settings.portsTried() - 1, 65_535);
        for (int port = settings.port(); port < last; port++) {
            try {
                return bind(routes, settings.host(), port, system);
            } catch (CompletionException taken) {
                // The next one may be free, and the last attempt tells.
            }
        }
        return bind(routes, settings.host(), last, system);
    }

    private static OperatorConsole bind(OperatorRoutes routes, String host, int port, ActorSystem<?> system) {
        ServerSettings usual = ServerSettings.create(system.settings().config());
        ServerSettings http = usual.withTimeouts(usual.getTimeouts()
                        .withRequestTimeout(Duration.create(LONGEST_ANSWER_MINUTES, TimeUnit.MINUTES))
                        .withIdleTimeout(Duration.create(2L * LONGEST_ANSWER_MINUTES, TimeUnit.MINUTES)))
                .withRemoteAddressAttribute(true)
                .withMaxConnections(MAX_CONNECTIONS);
        return new OperatorConsole(
                NettyServer.bind(system, host, port, http, routes::handle)
                        .toCompletableFuture()
                        .join(),
                host);
    }

    /** Where browsers find it. */
    public URI uri() {
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        String name = shown.contains(":") && !shown.startsWith("[") ? "[" + shown + "]" : shown;
        return URI.create("http://" + name + ":" + listening.localAddress().getPort() + "/");
    }

    /** Frees the port. */
    public CompletionStage<?> stop() {
        return listening.terminate(DRAIN);
    }
}
