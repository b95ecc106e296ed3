package dev.antiphon.server.gateway;

import dev.antiphon.admission.Admission;
import dev.antiphon.admission.AdmissionEvent;
import dev.antiphon.admission.Verdict;
import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.time.TimeLimit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * {@code GET /v1/realtime}: lets any OpenAI Realtime client call the bot. Thread-safe.
 *
 * <p>A client that asks for the beta, by header or subprotocol, is spoken to in the beta dialect; all others in GA.
 *
 * <p>A wrong key is answered as the service answers it: the socket opens, one error event follows, and it closes with 3000
 * (protocol section 2).
 */
public final class GatewayEndpoint implements WebSocketEndpoint {
    /** Where clients connect. */
    public static final String PATH = "/v1/realtime";

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final String about;
    private final String model;
    private final SessionSettings settings;
    private final AccessPolicy access;
    private final IdSource ids;
    private static final String CALLER = "caller";
    private static final String TELEPHONE_CALL = "telephone_call";

    private final CallFactory calls;
    private final Admission admission;
    private final InstantSource clock;
    private final ActorSystem<?> system;
    private final Set<GatewayCall> live = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private volatile boolean draining;

    /**
     * An endpoint.
     *
     * @param about what clients see as the session's instructions
     * @param model what clients see as the session's model when they name none
     * @param settings each call's settings, before the client's choices
     * @param admission says which calls are answered
     */
    public GatewayEndpoint(
            String about,
            String model,
            SessionSettings settings,
            AccessPolicy access,
            IdSource ids,
            CallFactory calls,
            Admission admission,
            InstantSource clock,
            ActorSystem<?> system) {
        this.about = about;
        this.model = model;
        this.settings = settings;
        this.access = access;
        this.ids = ids;
        this.calls = calls;
        this.admission = admission;
        this.clock = clock;
        this.system = system;
    }

    @Override
    public Decision onUpgrade(Upgrade upgrade) {
        if (!upgrade.path().equals(PATH)) {
            return new Decision.Refuse(404, "There is no WebSocket at this path; connect to " + PATH + ".");
        }
        if (upgrade.query().containsKey("call_id") || upgrade.query().containsKey("intent")) {
            return new Decision.Refuse(
                    400,
                    "A bot holds conversations of its own: it has no transcription sessions (intent) and no calls to follow (call_id). Connect without them.");
        }
        Optional<String> problem = problem(upgrade, CALLER).or(() -> problem(upgrade, TELEPHONE_CALL));
        if (problem.isPresent()) {
            return new Decision.Refuse(400, problem.get());
        }
        if (stopping) {
            return new Decision.Refuse(503, "The server is stopping.");
        }
        if (draining) {
            return new Decision.Refuse(503, "The server takes no new calls now.", Optional.of(LATER));
        }
        if (!access.acceptsOrigin(upgrade.headers())) {
            return new Decision.Refuse(403, "Pages of this origin may not connect; allow it in the access policy.");
        }
        Optional<String> subprotocol = upgrade.realtimeSubprotocol();
        if (!access.accepts(upgrade)) {
            return new Decision.Accept(subprotocol, Turned::new);
        }
        return switch (admission.ask()) {
            case Verdict.Admitted ignored -> new Decision.Accept(subprotocol, link -> call(link, upgrade));
            case Verdict.MayWait full ->
                new Decision.Accept(subprotocol, link -> waiting(link, upgrade, full.reason()));
            case Verdict.Refused refused ->
                new Decision.Refuse(
                        503,
                        "The call cannot be answered now: " + refused.reason() + ".",
                        Optional.of(refused.retryAfter()));
        };
    }

    private static Optional<String> problem(Upgrade upgrade, String parameter) {
        return Caller.problem(parameter, given(upgrade, parameter));
    }

    private static String given(Upgrade upgrade, String parameter) {
        return upgrade.query().getOrDefault(parameter, "");
    }

    /** The client hears nothing until there is room, and then the beginning of its call; or why there is none, and 1013. */
    private WebSocketListener waiting(WebSocketLink link, Upgrade upgrade, String reason) {
        CompletionStage<Verdict> turn = admission.waitForRoom();
        WaitingCall waiting = new WaitingCall(() -> admission.withdraw(turn, AdmissionEvent.End.LEFT));
        turn.thenAccept(admitted -> waiting.answered(call(link, upgrade)));
        later(admission.longestWait(), () -> {
            if (admission.withdraw(turn, AdmissionEvent.End.TOO_LONG)) {
                link.send(dialect(upgrade)
                        .encode(new ServerEvent.ErrorReported(
                                ids.next("event"),
                                new ApiError(
                                        "server_error",
                                        Optional.of("over_capacity"),
                                        "The call could not be answered within "
                                                + TimeLimit.text(admission.longestWait()) + ": " + reason + ".",
                                        Optional.empty(),
                                        Optional.empty()))));
                link.close(1013, "over capacity");
            }
        });
        lookAgain(turn);
        return waiting;
    }

    /** Limits of the service come back with time alone. */
    private void lookAgain(CompletionStage<Verdict> turn) {
        if (!turn.toCompletableFuture().isDone() && admission.waiting() > 0) {
            admission.retry();
            later(LOOK_AGAIN, () -> lookAgain(turn));
        }
    }

    private void later(Duration delay, Runnable task) {
        system.scheduler().scheduleOnce(delay, task, system.executionContext());
    }

    private WebSocketListener call(WebSocketLink link, Upgrade upgrade) {
        SessionId id = new SessionId(ids.next("sess"));
        ClientSession session = ClientSession.begin(
                id.value(),
                upgrade.query().getOrDefault("model", model),
                about,
                clock.instant().plus(settings.maxDuration()),
                settings);
        GatewayCall call = new GatewayCall(
                id,
                new GatewayProtocol(session, ids),
                dialect(upgrade),
                settings,
                calls,
                Caller.named(given(upgrade, CALLER)).calling(given(upgrade, TELEPHONE_CALL)),
                link,
                this::later);
        live.add(call);
        call.over().whenComplete((nothing, problem) -> {
            live.remove(call);
            admission.over();
        });
        return call;
    }

    /** What the client asks for (protocol section 4). */
    private static Dialect dialect(Upgrade upgrade) {
        return upgrade.wantsBeta() ? Dialect.beta() : Dialect.ga();
    }

    /** Refuses new calls, or answers them again. Those under way go on, and those that wait keep their place. */
    public void drain(boolean on) {
        draining = on;
    }

    /** Whether new calls are refused by {@link #drain}. */
    public boolean isDraining() {
        return draining;
    }

    /** Takes no more calls and hangs up the live ones. Completes when the last socket is closed. */
    public CompletionStage<Void> stop() {
        stopping = true;
        return CompletableFuture.allOf(live.stream()
                .map(GatewayCall::stop)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new));
    }

    /** Somebody with a wrong key, turned away. */
    private final class Turned implements WebSocketListener {
        private final WebSocketLink link;

        private Turned(WebSocketLink link) {
            this.link = link;
        }

        @Override
        public void onOpen(Optional<String> subprotocol) {
            link.send(Dialect.ga()
                    .encode(new ServerEvent.ErrorReported(
                            ids.next("event"),
                            Errors.request("invalid_api_key", "Incorrect API key provided.", Optional.empty()))));
            link.close(3000, "invalid_request_error.invalid_api_key");
        }

        @Override
        public void onText(ByteBuffer utf8) {}

        @Override
        public void onBinary(ByteBuffer content) {}

        @Override
        public void onClosed(int code, String reason) {}

        @Override
        public void onRefused(Refusal refusal) {}
    }
}
