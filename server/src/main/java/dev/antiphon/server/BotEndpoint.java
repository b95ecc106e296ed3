package dev.antiphon.server;

import dev.antiphon.admission.Admission;
import dev.antiphon.admission.SpendLedger;
import dev.antiphon.aftercall.AfterCalls;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.server.console.CallJournal;
import dev.antiphon.server.experiment.ExperimentDesk;
import dev.antiphon.server.experiment.MemoryExperimentStore;
import dev.antiphon.server.gateway.CallFactory;
import dev.antiphon.server.gateway.GatewayEndpoint;
import dev.antiphon.server.gateway.IdSource;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoredExperiments;
import dev.antiphon.server.store.StoredRouter;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.tier.RouterMemory;
import dev.antiphon.tier.RouterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A bot as a WebSocket endpoint, for any server and for networks without sockets: gateway, sessions, tools and router as
 * {@link AntiphonServer} runs them, without its page, meters, log and tasks after calls.
 */
public final class BotEndpoint {
    private BotEndpoint() {}

    /**
     * The endpoint; it answers at {@value GatewayEndpoint#PATH}.
     *
     * @param asked host and port do not matter
     * @param system runs the calls
     */
    public static WebSocketEndpoint create(ServerSettings asked, Bot bot, ActorSystem<VoiceSessions.Command> system) {
        ServerSettings settings = lasting(asked);
        SpendLedger spend = new SpendLedger(settings.spend(), settings.clock());
        Admission admission = new Admission(settings.admission(), settings.clock(), unmeasured -> {}, spend);
        Calls calls = calls(
                settings,
                bot,
                system,
                new CallJournal(settings.clock()),
                admission,
                List.of(),
                Optional.empty(),
                experiments(settings, bot));
        return gateway(settings, bot, system, calls, admission);
    }

    /** The endpoint in a test bed: {@code TestBed.inVirtualTime(settings, around -> BotEndpoint.in(around, bot))}. */
    public static WebSocketEndpoint in(Agent.Surroundings around, Bot bot) {
        return in(around, bot, unchanged -> unchanged);
    }

    /** The endpoint in a test bed, with settings of one's own. */
    public static WebSocketEndpoint in(Agent.Surroundings around, Bot bot, UnaryOperator<ServerSettings> settings) {
        ServerSettings defaults = ServerSettings.defaults(around.ladder())
                .withTransport(system -> around.transport())
                .withTime(around.clock(), IdSource.of(around.random()))
                .withEndpoints(new Endpoints(around.random()))
                .withRouter(RouterSettings.defaults().withRandom(around.random()::nextDouble));
        return create(settings.apply(defaults), bot, around.system());
    }

    /** With a store, router and experiments are kept there too, unless the application keeps them elsewhere. */
    static ServerSettings lasting(ServerSettings settings) {
        if (settings.store().isEmpty()) {
            return settings;
        }
        Store store = settings.store().get();
        StoredRouter stored = new StoredRouter(store, settings.router().policies(), settings.clock());
        RouterSettings router = settings.router().withListener(stored);
        ServerSettings kept =
                settings.withRouter(router.memory() == RouterMemory.none() ? router.withMemory(stored) : router);
        return settings.experiments().store() instanceof MemoryExperimentStore
                ? kept.withExperiments(settings.experiments()
                        .keptIn(new StoredExperiments(store, settings.clock())
                                .defining(settings.experiments().experiments())))
                : kept;
    }

    /** The server's experiments; throws when they cannot be run with this bot. */
    static ExperimentDesk experiments(ServerSettings settings, Bot bot) {
        return ExperimentDesk.open(
                settings.experiments(), settings.ladder(), bot.variants().keySet(), settings.clock());
    }

    static Calls calls(
            ServerSettings settings,
            Bot bot,
            ActorSystem<VoiceSessions.Command> system,
            CallJournal journal,
            Admission admission,
            List<SessionObserver> ours,
            Optional<AfterCalls> afterCalls,
            ExperimentDesk experiments) {
        List<SessionObserver> observers = new ArrayList<>(ours);
        observers.add(admission);
        return new Calls(settings, bot, system, journal, admission.spend(), observers, afterCalls, experiments);
    }

    static GatewayEndpoint gateway(
            ServerSettings settings,
            Bot bot,
            ActorSystem<VoiceSessions.Command> system,
            CallFactory calls,
            Admission admission) {
        ModelStatus.watch(settings, system);
        return new GatewayEndpoint(
                bot.description(),
                settings.ladder().lowest().endpoint().model(),
                settings.session(),
                settings.access(),
                settings.ids(),
                calls,
                admission,
                settings.clock(),
                system);
    }
}
