package dev.antiphon.testkit.emulator;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.antiphon.connection.PekkoHttpWebSockets;
import dev.antiphon.connection.WebSocketLimits;
import dev.antiphon.realtime.ApiError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;

/**
 * The emulated service as a server at 127.0.0.1: {@code ws://127.0.0.1:PORT/v1/realtime?model=...} and
 * {@code GET /v1/models}, {@code POST /v1/realtime/client_secrets}, {@code POST /emulator/speech}, {@code GET|PUT|DELETE /emulator/faults},
 * {@code POST /v1/realtime/calls}, {@code GET|POST /emulator/calls}.
 *
 * <p>Thread-safe. Needs no network and no key that means anything; everything it says is simulated.
 */
public final class RealtimeEmulator implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    /** 15 MiB of audio in one append are 20 MiB of base64. */
    private static final int MAX_FRAME_BYTES = 21 * 1024 * 1024;

    private static final int LONGEST_START_SECONDS = 20;
    /** What has not ended by then is left to end by itself: its threads are daemons. */
    private static final int LONGEST_CLOSE_STEP_SECONDS = 5;

    private final ActorSystem<Void> system;
    private final RealTimeline.Source timelines;
    private final EmulatorEndpoint endpoint;
    private final ServerBinding binding;
    private final Optional<ServerBinding> secure;

    private RealtimeEmulator(
            ActorSystem<Void> system,
            RealTimeline.Source timelines,
            EmulatorEndpoint endpoint,
            ServerBinding binding,
            Optional<ServerBinding> secure) {
        this.secure = secure;
        this.system = system;
        this.timelines = timelines;
        this.endpoint = endpoint;
        this.binding = binding;
    }

    /**
     * Starts to listen; blocks until it does.
     *
     * @throws EmulatorStartFailure when the port cannot be had, for example because it is taken
     */
    public static RealtimeEmulator start(EmulatorSettings settings) {
        checkFree(settings.port());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "emulator", config());
        RealTimeline.Source timelines = new RealTimeline.Source();
        FaultControl faults = new FaultControl(settings.faults(), settings.seed());
        ClientSecrets secrets = new ClientSecrets(InstantSource.system(), settings);
        EmulatorEndpoint endpoint = new EmulatorEndpoint(settings.withFaults(faults), timelines::timeline, secrets);
        try {
            var handler = requestHandler(settings, endpoint, faults, secrets, system);
            ServerBinding binding =
                    bound(Http.get(system).newServerAt(HOST, settings.port()).bind(handler::apply));
            Optional<ServerBinding> secure = settings.tls()
                    .map(identity -> bound(Http.get(system)
                            .newServerAt(HOST, settings.port() == 0 ? 0 : settings.port() + 1)
                            .enableHttps(ConnectionContext.httpsServer(identity.sslContext()))
                            .bind(handler::apply)));
            return new RealtimeEmulator(system, timelines, endpoint, binding, secure);
        } catch (CompletionException failure) {
            timelines.close();
            system.terminate();
            throw new EmulatorStartFailure(settings.port(), failure);
        }
    }

    private static ServerBinding bound(CompletionStage<ServerBinding> binding) {
        return binding.toCompletableFuture()
                .orTimeout(LONGEST_START_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Finds a taken port before an actor system is started and logs its own error about it. */
    private static void checkFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(HOST, port));
        } catch (IOException taken) {
            throw new EmulatorStartFailure(port, taken);
        }
    }

    private static Function<HttpRequest, CompletionStage<HttpResponse>> requestHandler(
            EmulatorSettings settings,
            EmulatorEndpoint endpoint,
            FaultControl faults,
            ClientSecrets secrets,
            ActorSystem<Void> system) {
        WebSocketLimits limits = WebSocketLimits.defaults().withMaxFrameBytes(MAX_FRAME_BYTES);
        PekkoHttpWebSockets webSockets = PekkoHttpWebSockets.of(endpoint, limits);
        Materializer materializer = SystemMaterializer.get(system).materializer();
        SpeechRegistration speech = new SpeechRegistration(settings.recognizer(), materializer);
        RestKeys keys = new RestKeys(settings.acceptedKeys(), secrets);
        RestRoutes rest = new RestRoutes(keys, materializer);
        CallRoutes callRoutes = new CallRoutes(endpoint.calls(), keys, materializer);
        CallControl callControl = new CallControl(endpoint.calls(), materializer);
        return request -> {
            if (request.getUri().path().equals(SpeechRegistration.PATH)) {
                return request.method().equals(HttpMethods.POST)
                        ? speech.handle(request)
                        : CompletableFuture.completedFuture(RestAnswer.notAllowed(request, HttpMethods.POST));
            }
            if (request.getUri().path().equals(FaultControl.PATH)) {
                return faults.handle(request, materializer);
            }
            return rest.handle(request)
                    .or(() -> callRoutes.handle(request))
                    .or(() -> callControl.handle(request))
                    .orElseGet(() -> CompletableFuture.completedFuture(
                            EmulatorEndpoint.isAt(request.getUri().path())
                                    ? webSockets.handle(request)
                                    : nothing(request)));
        };
    }

    private static HttpResponse nothing(HttpRequest request) {
        return RestAnswer.problem(
                404,
                ApiError.invalid("Unknown request URL: " + request.method().value() + " "
                        + request.getUri().path()
                        + ". The emulator serves /v1/realtime, /v1/models and what docs/emulator.md lists."));
    }

    private static Config config() {
        return ConfigFactory.parseString("""
                        pekko.loglevel = WARNING
                        pekko.daemonic = on
                        pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                        pekko.http.server.max-connections = 16384
                        pekko.http.server.idle-timeout = 90 s
                        """).withFallback(ConfigFactory.load());
    }

    /** The port it listens on. */
    public int port() {
        return binding.localAddress().getPort();
    }

    /** Where clients connect, without the model parameter. */
    public URI wsUri() {
        return URI.create("ws://" + HOST + ":" + port() + "/v1/realtime");
    }

    /** The base address of HTTP requests, and the base URL of official clients when {@code /v1} is added. */
    public URI httpUri() {
        return URI.create("http://" + HOST + ":" + port());
    }

    /** The base address with TLS, for https and wss; empty without {@link EmulatorSettings#tls}. */
    public Optional<URI> httpsUri() {
        return secure.map(
                b -> URI.create("https://" + HOST + ":" + b.localAddress().getPort()));
    }

    /**
     * Lets a telephone call come in: it rings until it is accepted, rejected or hung up, and the webhook is told.
     *
     * @return done when the webhook has answered or cannot be reached; never fails
     */
    public CompletableFuture<IncomingCall.Rung> ring(IncomingCall call) {
        return endpoint.calls().ring(call);
    }

    /** The caller hangs up; nothing happens when there is no such call. */
    public void callerHangsUp(String callId) {
        endpoint.calls().find(callId).ifPresent(call -> call.end("hung up by the caller"));
    }

    /** How many sessions were begun since the start. */
    public long sessions() {
        return endpoint.sessions();
    }

    /** Stops listening and closes all sessions with 1001; blocks until that is done, at most a few seconds. */
    @Override
    public void close() {
        awaitShortly(binding.unbind());
        secure.ifPresent(b -> awaitShortly(b.unbind()));
        endpoint.closeAll().completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
        system.terminate();
        awaitShortly(system.getWhenTerminated());
        timelines.close();
    }

    private static void awaitShortly(CompletionStage<?> step) {
        step.handle((done, failed) -> true)
                .toCompletableFuture()
                .completeOnTimeout(false, LONGEST_CLOSE_STEP_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
