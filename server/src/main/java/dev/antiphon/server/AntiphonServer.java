package dev.antiphon.server;

import dev.antiphon.admission.Admission;
import dev.antiphon.admission.SpendLedger;
import dev.antiphon.aftercall.AfterCallMeters;
import dev.antiphon.aftercall.AfterCallPlan;
import dev.antiphon.aftercall.AfterCallTask;
import dev.antiphon.aftercall.AfterCalls;
import dev.antiphon.connection.NettyServer;
import dev.antiphon.connection.PekkoHttpWebSockets;
import dev.antiphon.connection.WebSocketLimits;
import dev.antiphon.server.console.CallJournal;
import dev.antiphon.server.console.ConsoleRoutes;
import dev.antiphon.server.console.ToolsView;
import dev.antiphon.server.experiment.ExperimentDesk;
import dev.antiphon.server.experiment.ExperimentMeters;
import dev.antiphon.server.gateway.GatewayEndpoint;
import dev.antiphon.server.operator.CallMemory;
import dev.antiphon.server.operator.ExperimentReports;
import dev.antiphon.server.operator.LiveFigures;
import dev.antiphon.server.operator.NamedCalls;
import dev.antiphon.server.operator.OperatorConsole;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.server.operator.RouterReports;
import dev.antiphon.server.operator.ServerControls;
import dev.antiphon.server.store.StoreMeters;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.telemetry.AdmissionMeters;
import dev.antiphon.telemetry.EndpointMeters;
import dev.antiphon.telemetry.RouterMeters;
import dev.antiphon.telemetry.SessionLog;
import dev.antiphon.telemetry.SessionMeters;
import dev.antiphon.telemetry.SpendLog;
import dev.antiphon.telemetry.SpendMeters;
import dev.antiphon.tool.ToolMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * A running bot: answers calls of OpenAI Realtime clients on {@link #realtimeUri()} and shows them on a page at
 * {@link #httpUri()}. Thread-safe.
 */
public final class AntiphonServer implements AutoCloseable {
    /** Above the protocol's own limit, so that a message over it gets an error and not a closed socket. */
    private static final int MAX_CLIENT_MESSAGE_BYTES = 24 * 1024 * 1024;

    private static final int MAX_CONNECTIONS = 20_000;
    /** For callers who come at once. */
    private static final int BACKLOG = 1_024;

    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final int STOP_SECONDS = 10;

    /** Long enough for what a caller has just confirmed to come to its end. */
    private static final int HANG_UP_SECONDS = 5;

    private static final int AFTER_CALL_SECONDS = 5;

    private final ActorSystem<?> system;
    private final NettyServer listening;
    private final GatewayEndpoint gateway;
    private final SpendLedger spend;
    private final Optional<AfterCalls> afterCalls;
    private final ExecutorService slow;
    private final String host;
    private final Optional<OperatorConsole> operator;

    private AntiphonServer(
            ActorSystem<?> system,
            NettyServer listening,
            GatewayEndpoint gateway,
            SpendLedger spend,
            Optional<AfterCalls> afterCalls,
            ExecutorService slow,
            String host,
            Optional<OperatorConsole> operator) {
        this.system = system;
        this.listening = listening;
        this.gateway = gateway;
        this.spend = spend;
        this.afterCalls = afterCalls;
        this.slow = slow;
        this.host = host;
        this.operator = operator;
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @throws BindFailed when the address cannot be used
     */
    public static AntiphonServer start(ServerSettings asked, Bot bot) {
        ServerSettings settings = BotEndpoint.lasting(asked);
        ActorSystem<VoiceSessions.Command> system = ActorSystem.create(VoiceSessions.create(), "antiphon");
        ExecutorService slow = Executors.newVirtualThreadPerTaskExecutor();
        Optional<AfterCalls> afterCalls = Optional.empty();
        try {
            afterCalls = afterCalls(settings, bot, system);
            Handler handler = new Handler(settings, bot, system, afterCalls, slow);
            NettyServer listening = NettyServer.bind(
                            system,
                            settings.host(),
                            settings.port(),
                            org.apache.pekko.http.javadsl.settings.ServerSettings.create(
                                            system.settings().config())
                                    .withMaxConnections(MAX_CONNECTIONS)
                                    .withBacklog(BACKLOG),
                            handler::handle)
                    .toCompletableFuture()
                    .join();
            Optional<OperatorConsole> operator = settings.operator().map(console -> handler.operator(console));
            return new AntiphonServer(
                    system, listening, handler.gateway, handler.spend, afterCalls, slow, settings.host(), operator);
        } catch (CompletionException e) {
            stop(afterCalls, system, slow);
            throw new BindFailed(settings.host(), settings.port(), e);
        } catch (RuntimeException | Error e) {
            stop(afterCalls, system, slow);
            throw e;
        }
    }

    /** Without a task nothing is opened. */
    private static Optional<AfterCalls> afterCalls(ServerSettings settings, Bot bot, ActorSystem<?> system) {
        List<AfterCallTask> tasks = new ArrayList<>(bot.afterCall());
        AfterCallPlan plan = settings.afterCall();
        tasks.addAll(plan.tasks());
        return tasks.isEmpty()
                ? Optional.empty()
                : Optional.of(AfterCalls.start(
                        system, tasks, plan.settings(), plan.box().get(), settings.clock()));
    }

    /** The page's address. */
    public URI httpUri() {
        return URI.create("http://" + authority() + "/");
    }

    /** Where Realtime clients connect; their base URL is this without {@code /realtime} and with {@code http}. */
    public URI realtimeUri() {
        return URI.create("ws://" + authority() + GatewayEndpoint.PATH);
    }

    /** Where the operator's console is, when the settings want one. */
    public Optional<URI> operatorUri() {
        return operator.map(OperatorConsole::uri);
    }

    /**
     * Ends every call and frees the port. Callers are hung up: a session ends with its outcome, told to every observer, once a
     * side effect that runs has settled, at most {@value #HANG_UP_SECONDS} s later; its socket is closed with 1001. Tasks after calls
     * have {@value #AFTER_CALL_SECONDS} s; what is not done then stays where it is kept. Waits until all is done, at most
     * {@value #STOP_SECONDS} s for each of the port and the threads.
     */
    @Override
    public void close() {
        try {
            operator.ifPresent(console -> await(console.stop(), STOP_SECONDS));
            await(listening.unbind(), STOP_SECONDS);
            await(gateway.stop(), HANG_UP_SECONDS);
            await(listening.terminate(DRAIN), STOP_SECONDS);
        } finally {
            stop(afterCalls, system, slow);
            spend.flush();
        }
    }

    /** Waits at most that long, whatever becomes of it. */
    private static void await(CompletionStage<?> step, int seconds) {
        step.handle((done, problem) -> Done.getInstance())
                .toCompletableFuture()
                .completeOnTimeout(Done.getInstance(), seconds, TimeUnit.SECONDS)
                .join();
    }

    private static void stop(Optional<AfterCalls> afterCalls, ActorSystem<?> system, ExecutorService slow) {
        afterCalls.ifPresent(
                tasks -> await(tasks.stop(Duration.ofSeconds(AFTER_CALL_SECONDS)), AFTER_CALL_SECONDS + 2));
        slow.shutdownNow();
        system.terminate();
        await(system.getWhenTerminated(), STOP_SECONDS);
    }

    private String authority() {
        InetSocketAddress address = listening.localAddress();
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return (shown.contains(":") && !shown.startsWith("[") ? "[" + shown + "]" : shown) + ":" + address.getPort();
    }

    /** Tells the gateway from everything else. */
    private static final class Handler {
        private final GatewayEndpoint gateway;
        private final PekkoHttpWebSockets sockets;
        private final ConsoleRoutes console;
        private final SpendLedger spend;
        private final Function<OperatorSettings, OperatorConsole> operator;

        Handler(
                ServerSettings settings,
                Bot bot,
                ActorSystem<VoiceSessions.Command> system,
                Optional<AfterCalls> afterCalls,
                ExecutorService slow) {
            CallJournal journal = new CallJournal(settings.clock());
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            AdmissionMeters admissionMeters = new AdmissionMeters(meters);
            this.spend = new SpendLedger(settings.spend(), settings.clock());
            SpendMeters spendMeters = new SpendMeters(meters);
            spendMeters.watch(spend);
            spend.observe(new SpendLog());
            Admission admission = new Admission(settings.admission(), settings.clock(), admissionMeters, spend);
            admissionMeters.watch(admission);
            EndpointMeters.register(meters, settings.endpoints(), settings.ladder(), settings.clock());
            settings.store().ifPresent(store -> StoreMeters.register(meters, store));
            afterCalls.ifPresent(tasks -> AfterCallMeters.register(meters, tasks));
            ToolInvoker tools = bot.tools().apply(system);
            ExperimentDesk experiments = BotEndpoint.experiments(settings, bot, spend);
            ExperimentMeters.register(meters, experiments);
            watch(experiments, settings.experiments().watchInterval(), system, slow);
            this.console = new ConsoleRoutes(
                    bot,
                    settings,
                    journal,
                    admission::state,
                    meters::scrape,
                    new ToolsView(tools, new ToolMeters(meters), system),
                    afterCalls,
                    experiments,
                    slow,
                    system);
            CallMemory memory = new CallMemory(settings.clock());
            List<SessionObserver> ours =
                    new ArrayList<>(List.of(new SessionMeters(meters), spendMeters, SessionLog.masked()));
            settings.operator().ifPresent(console -> ours.add(memory));
            Calls calls = BotEndpoint.calls(
                    settings.withRouter(settings.router().withListener(new RouterMeters(meters))),
                    bot.withTools(started -> tools),
                    system,
                    journal,
                    admission,
                    ours,
                    afterCalls,
                    experiments);
            this.gateway = BotEndpoint.gateway(settings, bot, system, new NamedCalls(calls, memory), admission);
            RouterReports router = new RouterReports(calls.router(), settings.ladder(), system);
            ExperimentReports reports = new ExperimentReports(experiments, settings.clock());
            this.operator = console -> OperatorConsole.start(
                    bot.name(),
                    console,
                    new LiveFigures(
                            memory,
                            journal,
                            settings.clock(),
                            admission::state,
                            gateway::isDraining,
                            router,
                            reports,
                            settings.store(),
                            slow),
                    new ServerControls(gateway::drain, router, reports, bot::flows, slow),
                    settings.clock(),
                    system);
            this.sockets = PekkoHttpWebSockets.of(
                    gateway, WebSocketLimits.defaults().withMaxFrameBytes(MAX_CLIENT_MESSAGE_BYTES));
        }

        /** Starts the console, once the server listens. */
        OperatorConsole operator(OperatorSettings console) {
            try {
                return operator.apply(console);
            } catch (CompletionException e) {
                throw new BindFailed(console.host(), console.port(), e);
            }
        }

        private static void watch(
                ExperimentDesk experiments, Duration every, ActorSystem<?> system, ExecutorService slow) {
            if (!experiments.isEmpty()) {
                experiments.pauseAtCaps(watching -> {
                    if (!slow.isShutdown()) {
                        slow.execute(watching);
                    }
                });
                system.scheduler()
                        .scheduleWithFixedDelay(
                                every,
                                every,
                                () -> {
                                    if (!slow.isShutdown()) {
                                        slow.execute(experiments::watch);
                                    }
                                },
                                system.executionContext());
            }
        }

        CompletionStage<HttpResponse> handle(HttpRequest request) {
            return request.getUri().path().equals(GatewayEndpoint.PATH) && console.isForThisHost(request)
                    ? CompletableFuture.completedFuture(sockets.handle(request))
                    : console.handle(request);
        }
    }
}
