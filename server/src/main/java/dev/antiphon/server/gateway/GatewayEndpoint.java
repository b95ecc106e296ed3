package dev.antiphon.server.gateway;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import java.nio.ByteBuffer;
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
 * <p>A wrong key is answered as the service answers it: the socket opens, one error event follows, and it closes with 3000
 * (protocol section 2).
 */
public final class GatewayEndpoint implements WebSocketEndpoint {
    /** Where clients connect. */
    public static final String PATH = "/v1/realtime";

    private static final String SUBPROTOCOL = "realtime";

    private final String about;
    private final String model;
    private final SessionSettings settings;
    private final Dialect dialect;
    private final AccessPolicy access;
    private final IdSource ids;
    private final CallFactory calls;
    private final InstantSource clock;
    private final ActorSystem<?> system;
    private final Set<GatewayCall> live = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * An endpoint.
     *
     * @param about what clients see as the session's instructions
     * @param model what clients see as the session's model when they name none
     * @param settings each call's settings, before the client's choices
     * @param dialect the dialect that clients speak
     */
    public GatewayEndpoint(
            String about,
            String model,
            SessionSettings settings,
            Dialect dialect,
            AccessPolicy access,
            IdSource ids,
            CallFactory calls,
            InstantSource clock,
            ActorSystem<?> system) {
        this.about = about;
        this.model = model;
        this.settings = settings;
        this.dialect = dialect;
        this.access = access;
        this.ids = ids;
        this.calls = calls;
        this.clock = clock;
        this.system = system;
    }

    @Override
    public Decision onUpgrade(Upgrade upgrade) {
        if (!upgrade.path().equals(PATH)) {
            return new Decision.Refuse(404, "There is no WebSocket at this path; connect to " + PATH + ".");
        }
        if (stopping) {
            return new Decision.Refuse(503, "The server is stopping.");
        }
        if (!access.acceptsOrigin(upgrade.headers())) {
            return new Decision.Refuse(403, "Pages of this origin may not connect; allow it in the access policy.");
        }
        Optional<String> subprotocol =
                upgrade.subprotocols().stream().filter(SUBPROTOCOL::equals).findFirst();
        boolean welcome = access.accepts(upgrade.headers(), upgrade.query(), upgrade.subprotocols());
        return new Decision.Accept(subprotocol, link -> welcome ? call(link, upgrade) : new Turned(link));
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
                dialect,
                settings,
                calls,
                link,
                (delay, task) -> system.scheduler().scheduleOnce(delay, task, system.executionContext()));
        live.add(call);
        call.over().whenComplete((nothing, problem) -> live.remove(call));
        return call;
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
            link.send(dialect.encode(new ServerEvent.ErrorReported(
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
