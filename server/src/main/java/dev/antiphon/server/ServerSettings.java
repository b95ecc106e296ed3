package dev.antiphon.server;

import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.aftercall.AfterCallPlan;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.experiment.ExperimentSettings;
import dev.antiphon.server.gateway.AccessPolicy;
import dev.antiphon.server.gateway.IdSource;
import dev.antiphon.server.handover.HandoverTargets;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.server.store.Store;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.spend.SpendPlan;
import dev.antiphon.tier.EscalationPolicies;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tier.PolicySource;
import dev.antiphon.tier.RouterPolicy;
import dev.antiphon.tier.RouterSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How a server runs. Immutable.
 *
 * @param host the address to listen on; default {@code 127.0.0.1}. Page and journal show what callers said, so another
 *     address wants {@code access} with keys
 * @param port 0 to 65,535; default 0, any free one
 * @param ladder the models that calls run on
 * @param session how each call behaves, before the client's own choices
 * @param observers receive every fact of every call, besides the journal and the meters
 * @param simulatedSpeech lets the page's simulated caller speak; empty with a real model
 * @param access who may connect; default anybody who reaches the address, from pages of this server or this machine
 * @param transport opens WebSockets to models; empty for Pekko HTTP
 * @param clock the time in which calls live; default the machine's
 * @param ids names sessions, items and events for clients; default random ones
 * @param admission which calls are answered; default all, as long as the service reports no exhausted limit
 * @param endpoints which places of the tiers are well, and how long calls wait before they try one again
 * @param spend what the calls of a day and of experiments may cost; default no caps. What one call may cost is in {@code session}
 * @param handover who is asked when a dialog hands its caller over; default nobody, the call ends then
 * @param afterCall what is done when calls are over, besides the bot's own tasks, and where tasks are kept; default nothing, in memory
 * @param escalation what operators change of the policies by which struggling calls get help; default nothing
 * @param transcripts whether the journal, and with it the stream of a call's facts, has the words of calls in which sensitive values
 *     are told, and the keys that callers press; default no, they are {@code [masked]} there
 * @param router where new calls begin; default on the lowest tier, and above while it is not well, see {@link RouterPolicy#defaults}.
 *     Its clocks are {@code clock}
 * @param store where calls are stored, by who opened it and closes it after the server; default nowhere
 * @param experiments which calls take part in what; default none
 * @param statusInterval how often a service is asked which of its models cannot be used, where the catalogue says how; default 60 s
 * @param operator where the operator's console listens; default nowhere
 */
public record ServerSettings(
        String host,
        int port,
        TierLadder ladder,
        SessionSettings session,
        List<SessionObserver> observers,
        Optional<SimulatedSpeech> simulatedSpeech,
        AccessPolicy access,
        Optional<Function<ActorSystem<?>, WebSocketTransport>> transport,
        CallClock clock,
        IdSource ids,
        Endpoints endpoints,
        AdmissionSettings admission,
        SpendPlan spend,
        HandoverTargets handover,
        AfterCallPlan afterCall,
        EscalationPolicies escalation,
        boolean transcripts,
        RouterSettings router,
        Optional<Store> store,
        ExperimentSettings experiments,
        Duration statusInterval,
        Optional<OperatorSettings> operator) {
    private static final Duration STATUS_INTERVAL = Duration.ofSeconds(60);

    public ServerSettings {
        observers = List.copyOf(observers);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, but was " + port);
        }
        if (!statusInterval.isPositive()) {
            throw new IllegalArgumentException("statusInterval must be positive, but was " + statusInterval);
        }
    }

    /** The defaults for these models. */
    public static ServerSettings defaults(TierLadder ladder) {
        return new ServerSettings(
                "127.0.0.1",
                0,
                ladder,
                SessionSettings.defaults(),
                List.of(),
                Optional.empty(),
                AccessPolicy.open(),
                Optional.empty(),
                CallClock.system(),
                IdSource.random(),
                new Endpoints(new SplittableRandom()),
                AdmissionSettings.defaults(),
                SpendPlan.none(),
                HandoverTargets.none(),
                AfterCallPlan.none(),
                EscalationPolicies.of(EscalationPolicy.defaults()),
                false,
                RouterSettings.defaults(),
                Optional.empty(),
                ExperimentSettings.none(),
                STATUS_INTERVAL,
                Optional.empty());
    }

    /** A copy that listens elsewhere. */
    public ServerSettings withAddress(String otherHost, int otherPort) {
        return changed(draft -> {
            draft.host = otherHost;
            draft.port = otherPort;
        });
    }

    /** A copy whose calls run on other models. */
    public ServerSettings withLadder(TierLadder other) {
        return changed(draft -> draft.ladder = other);
    }

    /** A copy with other session settings. */
    public ServerSettings withSession(SessionSettings other) {
        return changed(draft -> draft.session = other);
    }

    /** A copy with one more observer. */
    public ServerSettings withObserver(SessionObserver another) {
        List<SessionObserver> more = new ArrayList<>(observers);
        more.add(another);
        return changed(draft -> draft.observers = more);
    }

    /** A copy whose page can let a simulated caller speak. */
    public ServerSettings withSimulatedSpeech(SimulatedSpeech speech) {
        return changed(draft -> draft.simulatedSpeech = Optional.of(speech));
    }

    /** A copy with another access policy. */
    public ServerSettings withAccess(AccessPolicy other) {
        return changed(draft -> draft.access = other);
    }

    /** A copy with another way to open WebSockets to models. */
    public ServerSettings withTransport(Function<ActorSystem<?>, WebSocketTransport> other) {
        return changed(draft -> draft.transport = Optional.of(other));
    }

    /** A copy in another time, with other names: what happens twice in the same time then looks the same. */
    public ServerSettings withTime(CallClock otherClock, IdSource otherIds) {
        return changed(draft -> {
            draft.clock = otherClock;
            draft.ids = otherIds;
        });
    }

    /** A copy with endpoints that it shares with other servers of this process, or with pauses of its own. */
    public ServerSettings withEndpoints(Endpoints other) {
        return changed(draft -> draft.endpoints = other);
    }

    /** A copy that answers other calls. */
    public ServerSettings withAdmission(AdmissionSettings other) {
        return changed(draft -> draft.admission = other);
    }

    /** A copy whose calls may cost so much. */
    public ServerSettings withSpend(SpendPlan other) {
        return changed(draft -> draft.spend = other);
    }

    /** A copy whose callers are handed over to these. */
    public ServerSettings withHandover(HandoverTargets other) {
        return changed(draft -> draft.handover = other);
    }

    /** A copy that does this when calls are over. */
    public ServerSettings withAfterCall(AfterCallPlan other) {
        return changed(draft -> draft.afterCall = other);
    }

    /** A copy whose operators have changed the policies by which struggling calls get help; the usual one is the bot's. */
    public ServerSettings withEscalation(EscalationPolicies changes) {
        return changed(draft -> draft.escalation = changes);
    }

    /** A copy whose journal has all words, see {@link #transcripts}. */
    public ServerSettings withTranscripts() {
        return changed(draft -> draft.transcripts = true);
    }

    /** A copy whose new calls begin where this router says. */
    public ServerSettings withRouter(RouterSettings other) {
        return changed(draft -> draft.router = other);
    }

    /** A copy whose flows are all routed by this policy. */
    public ServerSettings withRouter(RouterPolicy policy) {
        return withRouter(router.withPolicy(policy));
    }

    /** A copy in which this flow is routed by a policy of its own. */
    public ServerSettings withRouter(String flow, RouterPolicy policy) {
        return withRouter(
                router.withPolicies(PolicySource.of(router.policies().current().with(flow, policy))));
    }

    /** A copy whose calls are stored there; empty: nowhere. */
    public ServerSettings withStore(Optional<Store> other) {
        return changed(draft -> draft.store = other);
    }

    /** A copy whose calls take part in these experiments. */
    public ServerSettings withExperiments(ExperimentSettings other) {
        return changed(draft -> draft.experiments = other);
    }

    /** A copy that asks services for the status of their models so often. */
    public ServerSettings withStatusInterval(Duration other) {
        return changed(draft -> draft.statusInterval = other);
    }

    /** A copy with the operator's console. */
    public ServerSettings withOperator(OperatorSettings console) {
        return changed(draft -> draft.operator = Optional.of(console));
    }

    private ServerSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The settings while they are changed. */
    private static final class Draft {
        private String host;
        private int port;
        private TierLadder ladder;
        private SessionSettings session;
        private List<SessionObserver> observers;
        private Optional<SimulatedSpeech> simulatedSpeech;
        private AccessPolicy access;
        private Optional<Function<ActorSystem<?>, WebSocketTransport>> transport;
        private CallClock clock;
        private IdSource ids;
        private Endpoints endpoints;
        private AdmissionSettings admission;
        private SpendPlan spend;
        private HandoverTargets handover;
        private AfterCallPlan afterCall;
        private EscalationPolicies escalation;
        private boolean transcripts;
        private RouterSettings router;
        private Optional<Store> store;
        private ExperimentSettings experiments;
        private Duration statusInterval;
        private Optional<OperatorSettings> operator;

        Draft(ServerSettings from) {
            this.host = from.host;
            this.port = from.port;
            this.ladder = from.ladder;
            this.session = from.session;
            this.observers = from.observers;
            this.simulatedSpeech = from.simulatedSpeech;
            this.access = from.access;
            this.transport = from.transport;
            this.clock = from.clock;
            this.ids = from.ids;
            this.endpoints = from.endpoints;
            this.admission = from.admission;
            this.spend = from.spend;
            this.handover = from.handover;
            this.afterCall = from.afterCall;
            this.escalation = from.escalation;
            this.transcripts = from.transcripts;
            this.router = from.router;
            this.store = from.store;
            this.experiments = from.experiments;
            this.statusInterval = from.statusInterval;
            this.operator = from.operator;
        }

        ServerSettings settings() {
            return new ServerSettings(
                    host,
                    port,
                    ladder,
                    session,
                    observers,
                    simulatedSpeech,
                    access,
                    transport,
                    clock,
                    ids,
                    endpoints,
                    admission,
                    spend,
                    handover,
                    afterCall,
                    escalation,
                    transcripts,
                    router,
                    store,
                    experiments,
                    statusInterval,
                    operator);
        }
    }
}
