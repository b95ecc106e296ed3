package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.connection.WebSocketListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The emulated service as an endpoint of any server: {@code GET /v1/realtime?model=...}, {@code
 * /openai/v1/realtime} and, in the beta dialect, {@code /openai/realtime?deployment=...}.
 *
 * <p>Thread-safe. Sessions live on timelines of their own; the transport's threads only hand frames over.
 */
public final class EmulatorEndpoint implements WebSocketEndpoint {
    private static final Set<String> PATHS = Set.of("/v1/realtime", "/openai/v1/realtime", ConnectCheck.AZURE_PREVIEW);

    private final EmulatorSettings settings;
    private final Supplier<? extends Timeline> timelines;
    private final ClientSecrets secrets;
    private final AtomicLong sessions = new AtomicLong();
    private final Calls calls;
    private final Set<SessionListener> open = ConcurrentHashMap.newKeySet();

    /**
     * An endpoint.
     *
     * @param timelines makes the timeline of each session, usually {@link RealTimeline.Source#timeline}
     */
    public EmulatorEndpoint(EmulatorSettings settings, Supplier<? extends Timeline> timelines) {
        this(settings, timelines, new ClientSecrets(InstantSource.system(), settings));
    }

    /** An endpoint that knows these secrets. */
    EmulatorEndpoint(EmulatorSettings settings, Supplier<? extends Timeline> timelines, ClientSecrets secrets) {
        this.settings = settings;
        this.timelines = timelines;
        this.secrets = secrets;
        this.calls = new Calls(settings, timelines, sessions, InstantSource.system());
    }

    /** Whether there is a WebSocket at this path. */
    static boolean isAt(String path) {
        return PATHS.contains(path);
    }

    /** The calls whose sessions can be followed here. */
    Calls calls() {
        return calls;
    }

    /** How many sessions were begun since the start. */
    public long sessions() {
        return sessions.get();
    }

    /** Closes every open session with 1001; done when all links are gone. */
    CompletableFuture<Void> closeAll() {
        calls.endAll();
        return CompletableFuture.allOf(
                open.stream().map(SessionListener::shutDown).toArray(CompletableFuture[]::new));
    }

    @Override
    public Decision onUpgrade(Upgrade upgrade) {
        if (!PATHS.contains(upgrade.path())) {
            return new Decision.Refuse(
                    404, "There is no WebSocket at " + upgrade.path() + "; use /v1/realtime?model=...");
        }
        return upgrade.query().containsKey("call_id")
                ? follow(upgrade, upgrade.query().getOrDefault("call_id", ""))
                : begin(upgrade);
    }

    /** A sideband connection; the service refuses it before 101 when there is no such session. */
    private Decision follow(Upgrade upgrade, String callId) {
        Optional<String> key = upgrade.key();
        if (key.isEmpty() || !settings.acceptedKeys().test(key.get())) {
            return new Decision.Refuse(401, "A sideband connection needs the API key of the call.");
        }
        Optional<CallSession> session = calls.find(callId).flatMap(EmulatedCall::session);
        return session.<Decision>map(call ->
                        new Decision.Accept(upgrade.realtimeSubprotocol(), link -> new SidebandListener(call, link)))
                .orElseGet(() -> new Decision.Refuse(404, "No call '" + callId + "' is active."));
    }

    private Decision begin(Upgrade upgrade) {
        long number = sessions.incrementAndGet();
        Optional<ClientSecrets.Secret> secret = upgrade.key().flatMap(secrets::find);
        SessionPlan plan = ConnectCheck.plan(upgrade, secret.map(ClientSecrets.Secret::plan));
        FaultScript faults = settings.faults().forSession(number, plan.model());
        Optional<Fault.RefuseUpgrade> refusal = faults.first(Fault.RefuseUpgrade.class);
        if (refusal.isPresent()) {
            return new Decision.Refuse(refusal.get().httpStatus(), refusal.get().body());
        }
        Optional<ConnectCheck.Rejection> rejection = faults.first(Fault.Reject.class)
                .map(ConnectCheck.Rejection::of)
                .or(() -> ConnectCheck.rejection(upgrade, settings, plan, secret.isPresent()));
        if (rejection.filter(why -> ConnectCheck.refusesUpgrade(upgrade, why)).isPresent()) {
            return new Decision.Refuse(
                    400, "{\"error\":{\"code\":\"OpperationNotSupported\",\"message\":\"No such deployment.\"}}");
        }
        return new Decision.Accept(upgrade.realtimeSubprotocol(), link -> {
            Timeline timeline = timelines.get();
            LinkSink sink = new LinkSink(link, timeline);
            boolean beta = ConnectCheck.speaksBeta(upgrade, settings) && !plan.transcribesOnly();
            EmulatedSession session = EmulatedSession.create(settings, timeline, plan, number, faults, sink, beta);
            SessionListener listener = new SessionListener(session, timeline, sink, rejection);
            open.add(listener);
            listener.gone.thenRun(() -> open.remove(listener));
            return listener;
        });
    }

    /** Hands what the transport reports over to the session's timeline. */
    private static final class SessionListener implements WebSocketListener {
        private final EmulatedSession session;
        private final Timeline timeline;
        private final LinkSink sink;
        private final Optional<ConnectCheck.Rejection> rejection;
        private final CompletableFuture<Void> gone = new CompletableFuture<>();

        SessionListener(
                EmulatedSession session, Timeline timeline, LinkSink sink, Optional<ConnectCheck.Rejection> rejection) {
            this.session = session;
            this.timeline = timeline;
            this.sink = sink;
            this.rejection = rejection;
        }

        CompletableFuture<Void> shutDown() {
            timeline.execute(session::shutDown);
            return gone;
        }

        @Override
        public void onOpen(Optional<String> subprotocol) {
            timeline.execute(() -> rejection.ifPresentOrElse(session::reject, session::open));
        }

        @Override
        public void onText(ByteBuffer utf8) {
            String frame = StandardCharsets.UTF_8.decode(utf8).toString();
            timeline.execute(() -> session.receive(frame));
        }

        @Override
        public void onBinary(ByteBuffer content) {
            timeline.execute(session::receiveBinary);
        }

        @Override
        public void onClosed(int code, String reason) {
            gone.complete(null);
            timeline.execute(() -> {
                sink.end();
                session.disconnected();
            });
        }

        @Override
        public void onRefused(Refusal refusal) {
            gone.complete(null);
            timeline.execute(session::disconnected);
        }
    }
}
