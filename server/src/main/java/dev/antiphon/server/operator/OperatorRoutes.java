package dev.antiphon.server.operator;

import dev.antiphon.server.page.StaticFiles;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.Cookie;
import org.apache.pekko.http.javadsl.model.headers.HttpCookiePair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Every request of the console. Without a login there are the login page and its files only; an order must carry the login's guard
 * in {@code X-Antiphon-Guard} besides the cookie and come from the console's own page. Requests for another host's name are refused.
 * Thread-safe.
 */
final class OperatorRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorRoutes.class);
    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final long BODY_MILLIS = 2_000;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final String GUARD = "X-Antiphon-Guard";
    private static final String API = "/api/";
    private static final String STORED = "/api/stored/";
    private static final String CONTROLS = "/api/controls/";

    private final String bot;
    private final OperatorSettings settings;
    private final OperatorFigures figures;
    private final OperatorControls controls;
    private final InstantSource clock;
    private final ActorSystem<?> system;
    private final Logins logins;
    private final AuditList audit = new AuditList();
    private final StaticFiles files = OperatorFiles.read();
    private final OperatorAnswers answers;

    OperatorRoutes(
            String bot,
            OperatorSettings settings,
            OperatorFigures figures,
            OperatorControls controls,
            InstantSource clock,
            ActorSystem<?> system) {
        this.bot = bot;
        this.settings = settings;
        this.figures = figures;
        this.controls = controls;
        this.clock = clock;
        this.system = system;
        this.logins = new Logins(settings.password(), settings.lifetime(), clock);
        this.answers = new OperatorAnswers(clock);
    }

    CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = request.getUri().path();
        if (!isForThisHost(request)) {
            return done(
                    request,
                    answers.refusal(
                            403,
                            "The console does not answer to this host name; OperatorSettings.withHosts names further ones."));
        }
        if (request.method().equals(HttpMethods.GET)) {
            return get(request, path);
        }
        if (!request.method().equals(HttpMethods.POST) || !path.startsWith(API)) {
            return done(request, answers.refusal(405, "Use GET for " + path + "."));
        }
        if (isForeign(request)) {
            return done(request, answers.refusal(403, "Orders come from the console's own page only."));
        }
        return post(request, path);
    }

    // Reading.

    private CompletionStage<HttpResponse> get(HttpRequest request, String path) {
        request.discardEntityBytes(system);
        Optional<Logins.Login> login = login(request);
        if (!path.startsWith(API)) {
            return CompletableFuture.completedStage(page(path, login.isPresent()));
        }
        return login.map(known -> data(path, known))
                .orElseGet(() -> CompletableFuture.completedStage(
                        answers.refusal(401, "Log in first; the login may have ended.")));
    }

    private HttpResponse page(String path, boolean loggedIn) {
        if (path.equals("/") && !loggedIn) {
            return answers.redirect("/login");
        }
        return files.at(path)
                .map(answers::file)
                .orElseGet(() -> answers.refusal(404, "There is nothing at " + path + "."));
    }

    private CompletionStage<HttpResponse> data(String path, Logins.Login login) {
        return switch (path) {
            case "/api/session" -> session(login);
            case "/api/now" -> view(figures.now());
            case "/api/flows" -> view(figures.flows());
            case "/api/latency" -> view(figures.latency());
            case "/api/cost" -> view(figures.cost());
            case "/api/router" -> view(figures.router());
            case "/api/experiments" -> view(figures.experiments());
            case "/api/calls" -> told(figures.calls(), calls -> answers.view(new Shown.Known<>(calls)));
            case "/api/audit" -> CompletableFuture.completedStage(answers.view(new Shown.Known<>(audit.latestFirst())));
            default ->
                path.startsWith(STORED)
                        ? stored(path.substring(STORED.length()))
                        : path.startsWith("/api/calls/")
                                ? told(figures.call(path.substring("/api/calls/".length())), this::story)
                                : CompletableFuture.completedStage(
                                        answers.refusal(404, "There is nothing at " + path + "."));
        };
    }

    private CompletionStage<HttpResponse> session(Logins.Login login) {
        return CompletableFuture.completedStage(answers.session(bot, login, figures, controls, settings.notice()));
    }

    private CompletionStage<HttpResponse> stored(String days) {
        return StoredView.PERIODS.stream()
                .filter(period -> period.toString().equals(days))
                .findFirst()
                .map(period -> view(figures.stored(period)))
                .orElseGet(() -> CompletableFuture.completedStage(answers.refusal(
                        404, "The period must be one of " + StoredView.PERIODS + " days, but was '" + days + "'.")));
    }

    private HttpResponse story(Optional<CallStory> story) {
        return answers.view(story.<Shown<CallStory>>map(Shown.Known::new)
                .orElseGet(() -> new Shown.Missing<>("Nothing is kept of this call any more: the facts of a call are"
                        + " kept in memory, until the server stops or 200 newer calls have ended.")));
    }

    private <T> CompletionStage<HttpResponse> view(CompletionStage<Shown<T>> shown) {
        return told(shown, answers::view);
    }

    private <T> CompletionStage<HttpResponse> told(CompletionStage<T> stage, Function<T, HttpResponse> answer) {
        return stage.thenApply(answer).exceptionally(problem -> {
            LOG.warn("A view of the console has no figures", problem);
            return answers.refusal(500, "The figures of this view cannot be read now; the server's log says why.");
        });
    }

    // Changing.

    private CompletionStage<HttpResponse> post(HttpRequest request, String path) {
        if (path.equals("/api/login")) {
            return body(request, json -> CompletableFuture.completedStage(open(request, json)));
        }
        Optional<Logins.Login> login = login(request);
        if (login.isEmpty()) {
            return done(request, answers.refusal(401, "Log in first; the login may have ended."));
        }
        String guard = request.getHeader(GUARD).map(header -> header.value()).orElse("");
        if (!Logins.same(guard, login.get().guard())) {
            return done(
                    request, answers.refusal(403, "The request lacks the guard of this login: load the page again."));
        }
        if (path.equals("/api/logout")) {
            logins.end(login.get());
            note(login.get().name(), "logout", "", "", true, "Logged out.");
            return done(request, answers.loggedOut(cookieName(request)));
        }
        return path.startsWith(CONTROLS)
                ? body(request, json -> order(path.substring(CONTROLS.length()), login.get(), json))
                : done(request, answers.refusal(404, "There is nothing at " + path + "."));
    }

    private HttpResponse open(HttpRequest request, JsonNode json) {
        String address = request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(RemoteAddress::getAddress)
                .map(known -> known.getHostAddress())
                .orElse("unknown");
        return switch (logins.attempt(json.path("password").asString(""), address)) {
            case Logins.Attempt.Opened opened -> {
                note(opened.login().name(), "login", "", "", true, "Logged in from " + address + ".");
                yield answers.loggedIn(cookieName(request), opened.login(), settings.lifetime(), isBehindTls(request));
            }
            case Logins.Attempt.Wrong ignored -> {
                note("-", "wrong-password", "", "", false, "From " + address + ".");
                yield answers.refusal(401, "That is not the password.");
            }
            case Logins.Attempt.TooMany later -> answers.later(later.retryAfter());
        };
    }

    private CompletionStage<HttpResponse> order(String name, Logins.Login login, JsonNode json) {
        Control control;
        String reason;
        try {
            reason = ControlReading.text(json, "reason");
            control = ControlReading.read(name, json);
        } catch (IllegalArgumentException rule) {
            return CompletableFuture.completedStage(answers.refusal(400, rule.getMessage() + "."));
        }
        return controls.order(control, login.name(), reason)
                .exceptionally(problem -> {
                    LOG.warn("An order of an operator could not be carried out", problem);
                    return ControlAnswer.refused("It could not be done; the server's log says why.");
                })
                .thenApply(answer -> {
                    note(login.name(), control.name(), control.subject(), reason, answer.done(), answer.message());
                    return answers.ordered(answer);
                });
    }

    private void note(String login, String action, String subject, String reason, boolean ok, String result) {
        audit.add(new AuditList.Entry(clock.instant(), login, action, subject, reason, ok, result));
    }

    private CompletionStage<HttpResponse> body(
            HttpRequest request, Function<JsonNode, CompletionStage<HttpResponse>> answer) {
        return request.toStrict(BODY_MILLIS, MAX_BODY_BYTES, system)
                .thenCompose(strict -> {
                    try {
                        byte[] bytes =
                                ((HttpEntity.Strict) strict.entity()).getData().toArray();
                        return answer.apply(answers.read(bytes));
                    } catch (JacksonException e) {
                        return CompletableFuture.completedStage(
                                answers.refusal(400, "The body must be a JSON object."));
                    }
                })
                .exceptionally(problem -> answers.refusal(
                        413, "The body must have at most " + MAX_BODY_BYTES + " bytes and come within 2 s."));
    }

    // Who asks.

    private boolean isForThisHost(HttpRequest request) {
        String name = request.getUri().host().address();
        return THIS_MACHINE.contains(name)
                || name.equals(settings.host())
                || settings.hosts().contains(name);
    }

    /** Browsers tell where an order comes from; who tells nothing is no browser, and has no cookie of one. */
    private static boolean isForeign(HttpRequest request) {
        String host = request.getHeader("Host").map(header -> header.value()).orElse("");
        boolean ofOtherOrigin = request.getHeader("Origin")
                .map(origin -> !origin.value().replaceFirst("^https?://", "").equals(host))
                .orElse(false);
        boolean ofOtherSite = request.getHeader("Sec-Fetch-Site")
                .map(site -> !site.value().equals("same-origin"))
                .orElse(false);
        return ofOtherOrigin || ofOtherSite;
    }

    /** A proxy with TLS says so; the cookie then stays on TLS. */
    private static boolean isBehindTls(HttpRequest request) {
        return request.getHeader("X-Forwarded-Proto")
                .filter(header -> header.value().equals("https"))
                .isPresent();
    }

    /** Cookies know no ports: two consoles of one machine would log each other out. */
    private static String cookieName(HttpRequest request) {
        return "antiphon_console_" + request.getUri().port();
    }

    private Optional<Logins.Login> login(HttpRequest request) {
        String name = cookieName(request);
        return request.getHeader(Cookie.class).stream()
                .flatMap(header -> {
                    Stream.Builder<HttpCookiePair> pairs = Stream.builder();
                    header.getCookies().forEach(pairs);
                    return pairs.build();
                })
                .filter(pair -> pair.name().equals(name))
                .map(HttpCookiePair::value)
                .map(logins::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private CompletionStage<HttpResponse> done(HttpRequest request, HttpResponse response) {
        request.discardEntityBytes(system);
        return CompletableFuture.completedStage(response);
    }
}
