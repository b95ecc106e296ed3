package dev.antiphon.server.console;

import dev.antiphon.admission.AdmissionState;
import dev.antiphon.aftercall.AfterCalls;
import dev.antiphon.connection.WebSocketEndpoint.Upgrade;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.SimulatedSpeech;
import dev.antiphon.server.experiment.ExperimentDesk;
import dev.antiphon.server.experiment.ExperimentRoutes;
import dev.antiphon.server.page.StaticFiles;
import dev.antiphon.server.store.StoreState;
import dev.antiphon.session.SessionEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every plain HTTP request: the page, its data, health and metrics. Thread-safe.
 *
 * <p>A session id is a capability: who knows it may read that call. The list of all calls wants a key when the server has
 * keys. When the server listens on this machine only, requests for another host name are refused, so that no foreign page
 * can reach it through a name that it points here.
 */
public final class ConsoleRoutes {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_SPOKEN_CHARACTERS = 1_000;
    private static final int FEED_BUFFER = CallRecord.MAX_FACTS + 1_000;
    private static final Duration FEED_KEEP_ALIVE = Duration.ofSeconds(15);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final ContentType EVENTS = ContentTypes.create(MediaTypes.TEXT_EVENT_STREAM);
    private static final ContentType METRICS = ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");
    private static final ContentType WAV = ContentTypes.create(MediaTypes.AUDIO_WAV);
    private static final String POLICY = "default-src 'self'; connect-src 'self' ws: wss:; style-src 'self'"
            + " 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob:; object-src 'none'; base-uri 'none';"
            + " frame-ancestors 'none'";

    private static final String UNDRAWN = "This bot's dialog is no flow that could be drawn here;"
            + " Bot.withDiagram(svg, mermaid) gives it a drawing.";

    private final Bot bot;
    private final ServerSettings settings;
    private final CallJournal journal;
    private final Supplier<AdmissionState> admission;
    private final Supplier<String> metrics;
    private final ToolsView tools;
    private final Executor slow;
    private final ActorSystem<?> system;
    private final StaticFiles page = PageFiles.read();
    private final JsonMapper json = JsonMapper.builder().build();
    private final PageDeskRoutes handovers;
    private final PageDeskRoutes approvals;
    private final Optional<AfterCallRoutes> afterCalls;
    private final ExperimentRoutes experiments;

    /**
     * Routes.
     *
     * @param admission how much of the budget is in use
     * @param metrics everything measured, in Prometheus' text format
     * @param tools what the tool pool is doing
     * @param afterCalls what is done when calls are over
     * @param experiments what calls take part in
     * @param slow runs what takes long
     */
    public ConsoleRoutes(
            Bot bot,
            ServerSettings settings,
            CallJournal journal,
            Supplier<AdmissionState> admission,
            Supplier<String> metrics,
            ToolsView tools,
            Optional<AfterCalls> afterCalls,
            ExperimentDesk experiments,
            Executor slow,
            ActorSystem<?> system) {
        this.bot = bot;
        this.settings = settings;
        this.journal = journal;
        this.admission = admission;
        this.metrics = metrics;
        this.tools = tools;
        this.slow = slow;
        this.system = system;
        this.handovers = new PageDeskRoutes(
                "/v1/handovers",
                "No target leads to a queue here.",
                settings.handover().queue().map(WaitingCallers::new));
        this.approvals = new PageDeskRoutes(
                "/v1/approvals",
                "This bot asks nobody for approval.",
                bot.approvals().map(WaitingApprovals::new));
        this.experiments = new ExperimentRoutes(experiments);
        this.afterCalls = afterCalls.map(
                tasks -> new AfterCallRoutes(tasks, settings.afterCall().settings()));
    }

    /** Answers one request. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = request.getUri().path();
        if (!isForThisHost(request)) {
            return done(request, refusal(403, "This server answers on " + settings.host() + " only."));
        }
        if (handovers.own(path)) {
            return desk(request, path, handovers);
        }
        if (approvals.own(path)) {
            return desk(request, path, approvals);
        }
        if (path.equals(AfterCallRoutes.PATH) || path.startsWith(AfterCallRoutes.PATH + "/")) {
            return afterCalls(request, path);
        }
        if (ExperimentRoutes.own(path)) {
            return experiments(request, path);
        }
        if (path.equals("/v1/simulated-speech")) {
            return simulatedSpeech(request);
        }
        if (!request.method().equals(HttpMethods.GET)) {
            return done(request, refusal(405, "Use GET for " + path + "."));
        }
        return switch (path) {
            case "/metrics" -> afterTools(request, tools.load().thenApply(load -> metrics()));
            case "/v1/tools" ->
                hasKey(request)
                        ? afterTools(request, tools.json().thenApply(this::answer))
                        : done(request, keyNeeded());
            default -> done(request, get(request, path));
        };
    }

    private HttpResponse get(HttpRequest request, String path) {
        return switch (path) {
            case "/health" -> answer(health());
            case "/v1/bot" -> answer(bot());
            case "/v1/calls" -> hasKey(request) ? answer(calls()) : keyNeeded();
            default ->
                path.startsWith("/v1/calls/") ? call(request, path.substring("/v1/calls/".length())) : file(path);
        };
    }

    /** What the pool tells is in the meters before they are read. */
    private CompletionStage<HttpResponse> afterTools(HttpRequest request, CompletionStage<HttpResponse> answer) {
        request.discardEntityBytes(system);
        return answer;
    }

    private HttpResponse metrics() {
        return answer(METRICS, metrics.get().getBytes(StandardCharsets.UTF_8));
    }

    // The page.

    private HttpResponse file(String path) {
        return page.at(path)
                .map(f -> answer(f.type(), f.bytes())
                        .addHeader(RawHeader.create("Content-Security-Policy", POLICY))
                        .addHeader(RawHeader.create("Referrer-Policy", "no-referrer")))
                .orElseGet(() -> refusal(404, "There is nothing at " + path + "."));
    }

    private ObjectNode bot() {
        ObjectNode node = object().put("name", bot.name()).put("description", bot.description());
        Bot.Diagram diagram = bot.diagram().get();
        node.put("svg", diagram.svg()).put("mermaid", diagram.mermaid());
        node.put("undrawn", diagram.svg().isBlank() ? UNDRAWN : "");
        node.put("simulated_speech", settings.simulatedSpeech().isPresent());
        node.put("handovers", handovers.isOpen());
        node.put("approvals", approvals.isOpen());
        node.put("after_call", afterCalls.isPresent());
        node.set("tiers", tiers(settings.ladder()));
        return node;
    }

    // Health and calls.

    private ObjectNode health() {
        boolean well = ServiceJson.isWell(settings.ladder(), settings.endpoints())
                && settings.store()
                        .filter(store -> store.state().condition() == StoreState.Condition.AWAY)
                        .isEmpty();
        ObjectNode node = object().put("status", well ? "up" : "degraded").put("active_sessions", journal.live());
        node.put("bot", bot.name());
        node.set("tiers", tiers(settings.ladder()));
        node.set("endpoints", ServiceJson.endpoints(settings.ladder(), settings.endpoints(), Instant.now()));
        node.set("admission", ServiceJson.admission(admission.get()));
        settings.store().ifPresent(store -> node.set("store", ServiceJson.store(store.state())));
        return node;
    }

    private static ArrayNode tiers(TierLadder ladder) {
        ArrayNode tiers = JsonNodeFactory.instance.arrayNode();
        ladder.tiers()
                .forEach(t -> tiers.addObject()
                        .put("name", t.name())
                        .put("model", t.endpoint().model()));
        return tiers;
    }

    private ObjectNode calls() {
        ObjectNode node = object();
        ArrayNode list = node.putArray("calls");
        journal.latestFirst().forEach(c -> list.add(c.toJson(false)));
        return node;
    }

    private HttpResponse call(HttpRequest request, String rest) {
        boolean events = rest.endsWith("/events");
        String id = events ? rest.substring(0, rest.length() - "/events".length()) : rest;
        return journal.find(id)
                .map(c -> events ? feed(c, lastEvent(request)) : answer(c.toJson(true)))
                .orElseGet(() -> refusal(
                        404,
                        "There is no call with this id; ended calls are kept until " + CallJournal.MAX_ENDED
                                + " newer ones have ended."));
    }

    private static long lastEvent(HttpRequest request) {
        return request.getHeader("Last-Event-ID")
                .map(h -> h.value())
                .filter(v -> v.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private HttpResponse feed(CallRecord call, long after) {
        Pair<BoundedSourceQueue<ByteString>, Source<ByteString, NotUsed>> pair =
                Source.<ByteString>queue(FEED_BUFFER).preMaterialize(system);
        BoundedSourceQueue<ByteString> queue = pair.first();
        call.follow(after, new CallRecord.Follower() {
            @Override
            public boolean fact(long number, SessionEvent event) {
                return queue.offer(ByteString.fromString(
                                "id: " + number + "\ndata: " + SessionEventJson.of(event) + "\n\n"))
                        .isEnqueued();
            }

            @Override
            public void ended() {
                queue.complete();
            }
        });
        Source<ByteString, NotUsed> frames = pair.second()
                .prepend(Source.single(ByteString.fromString("retry: 1000\n\n")))
                .keepAlive(FEED_KEEP_ALIVE, () -> ByteString.fromString(":\n\n"));
        return HttpResponse.create().withEntity(HttpEntities.create(EVENTS, frames));
    }

    // What waits for people.

    /** What waits holds what callers said: it wants a key, and no foreign page may answer for the people here. */
    private CompletionStage<HttpResponse> desk(HttpRequest request, String path, PageDeskRoutes desk) {
        if (!desk.isOpen()) {
            return done(request, refusal(404, desk.missing()));
        }
        Optional<HttpResponse> stranger = stranger(request);
        if (stranger.isPresent()) {
            return done(request, stranger.get());
        }
        if (path.equals(desk.path())) {
            return done(
                    request,
                    request.method().equals(HttpMethods.GET)
                            ? answer(desk.waiting())
                            : refusal(405, "Use GET for " + path + "."));
        }
        if (!request.method().equals(HttpMethods.POST)) {
            return done(request, refusal(405, "Use POST for " + path + "."));
        }
        return request.toStrict(2_000, MAX_BODY_BYTES, system).thenApply(strict -> answered(desk, path, strict));
    }

    private HttpResponse answered(PageDeskRoutes desk, String path, HttpRequest request) {
        PageDeskRoutes.Answer answer = desk.answer(
                path, ((HttpEntity.Strict) request.entity()).getData().toArray());
        return answer.status() == 200
                ? answer(object().put("result", answer.message()))
                : refusal(answer.status(), answer.message());
    }

    /** The refusal of who may neither see nor change anything here. */
    private Optional<HttpResponse> stranger(HttpRequest request) {
        if (!settings.access().acceptsOrigin(headers(request))) {
            return Optional.of(refusal(403, "Not from here."));
        }
        return hasKey(request) ? Optional.empty() : Optional.of(keyNeeded());
    }

    // What is done when calls are over.

    /** Letters hold what callers said. They are read from a disk, which takes its time. */
    private CompletionStage<HttpResponse> afterCalls(HttpRequest request, String path) {
        if (afterCalls.isEmpty()) {
            return done(request, refusal(404, "Nothing is done here when calls are over."));
        }
        Optional<HttpResponse> stranger = stranger(request);
        if (stranger.isPresent()) {
            return done(request, stranger.get());
        }
        request.discardEntityBytes(system);
        String method = request.method().value();
        return CompletableFuture.supplyAsync(() -> afterCalls.get().answer(method, path), slow)
                .thenApply(answer -> answer.status() == 200
                        ? answer(answer.body())
                        : answer(answer.body()).withStatus(StatusCodes.get(answer.status())));
    }

    // Experiments.

    private CompletionStage<HttpResponse> experiments(HttpRequest request, String path) {
        if (!experiments.isOpen()) {
            return done(request, refusal(404, "This server has no experiments; demo --experiments FILE defines some."));
        }
        Optional<HttpResponse> stranger = stranger(request);
        if (stranger.isPresent()) {
            return done(request, stranger.get());
        }
        return request.toStrict(2_000, MAX_BODY_BYTES, system)
                .thenApplyAsync(
                        strict -> experiments.answer(
                                strict.method().value(),
                                path,
                                ((HttpEntity.Strict) strict.entity()).getData().toArray()),
                        slow)
                .thenApply(answer -> answer(answer.body()).withStatus(StatusCodes.get(answer.status())));
    }

    // The simulated caller.

    private CompletionStage<HttpResponse> simulatedSpeech(HttpRequest request) {
        Optional<SimulatedSpeech> speech = settings.simulatedSpeech();
        if (speech.isEmpty()) {
            return done(
                    request, refusal(404, "This server talks to a real model; only an emulator can be spoken to so."));
        }
        if (!settings.access().acceptsOrigin(headers(request)) || !hasKey(request)) {
            return done(request, refusal(403, "Not from here."));
        }
        if (request.method().equals(HttpMethods.POST)) {
            return request.toStrict(2_000, MAX_BODY_BYTES, system).thenApply(strict -> register(speech.get(), strict));
        }
        Optional<String> text = request.getUri().query().get("text").filter(ConsoleRoutes::isSpeakable);
        if (text.isEmpty()) {
            return done(request, refusal(400, unspeakable()));
        }
        return CompletableFuture.supplyAsync(
                () -> answer(WAV, WavFile.of(speech.get().synthesizer().pcm24kHz(text.get()))), slow);
    }

    private HttpResponse register(SimulatedSpeech speech, HttpRequest request) {
        byte[] body = ((HttpEntity.Strict) request.entity()).getData().toArray();
        try {
            JsonNode text = json.readTree(body).path("text");
            if (!text.isString() || !isSpeakable(text.asString())) {
                return refusal(400, unspeakable());
            }
            speech.register().accept(text.asString());
            return answer(object().put("registered", text.asString()));
        } catch (JacksonException e) {
            return refusal(400, "The body must be JSON: {\"text\": \"…\"}.");
        }
    }

    private static boolean isSpeakable(String text) {
        return !text.isBlank() && text.length() <= MAX_SPOKEN_CHARACTERS;
    }

    private static String unspeakable() {
        return "'text' must have 1 to " + MAX_SPOKEN_CHARACTERS + " characters.";
    }

    // Requests and answers.

    /** Whether the request names a host that this server answers for; else {@link #handle} refuses it. */
    public boolean isForThisHost(HttpRequest request) {
        return !THIS_MACHINE.contains(settings.host())
                || THIS_MACHINE.contains(request.getUri().host().address());
    }

    private boolean hasKey(HttpRequest request) {
        return settings.access()
                .accepts(new Upgrade(
                        request.getUri().path(), request.getUri().query().toMap(), headers(request), List.of()));
    }

    private static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaders().forEach(h -> headers.put(h.lowercaseName(), h.value()));
        return headers;
    }

    private CompletionStage<HttpResponse> done(HttpRequest request, HttpResponse response) {
        request.discardEntityBytes(system);
        return CompletableFuture.completedFuture(response);
    }

    private HttpResponse keyNeeded() {
        return refusal(401, "An accepted key is needed.");
    }

    private HttpResponse refusal(int status, String message) {
        ObjectNode body = object();
        body.putObject("error").put("message", message);
        return answer(body).withStatus(StatusCodes.get(status));
    }

    private HttpResponse answer(ObjectNode body) {
        return answer(ContentTypes.APPLICATION_JSON, json.writeValueAsBytes(body));
    }

    private static HttpResponse answer(ContentType type, byte[] body) {
        return answer(type, ByteString.fromArrayUnsafe(body));
    }

    private static HttpResponse answer(ContentType type, ByteString body) {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(type, body))
                .addHeader(RawHeader.create("Cache-Control", "no-store"))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
