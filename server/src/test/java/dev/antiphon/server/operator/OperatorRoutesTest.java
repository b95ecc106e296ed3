package dev.antiphon.server.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.model.WireDialect;
import dev.antiphon.server.AntiphonServer;
import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.session.PromptConversation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The console over HTTP, asked by what is no browser. */
class OperatorRoutesTest {
    private static final String PASSWORD = "a long password";
    private final AntiphonServer server = AntiphonServer.start(
            ServerSettings.defaults(new TierLadder(List.of(new Tier(
                            "mini",
                            new ModelEndpoint(
                                    "none",
                                    "none",
                                    URI.create("ws://127.0.0.1:1/"),
                                    Map.of(),
                                    List.of(),
                                    WireDialect.GA),
                            PriceCard.of("0", "0", "0", "0", "0", "0", "0", "0")))))
                    .withOperator(OperatorSettings.withPassword(PASSWORD).withAddress("127.0.0.1", 0, 1)),
            Bot.of("bot", "A bot.", () -> new PromptConversation("f", "Be kind.", Optional.empty())));
    private final URI console = server.operatorUri().orElseThrow();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        server.close();
    }

    @Test
    void nothingIsReadWithoutALoginAndEveryAnswerKeepsOtherPagesOut() throws Exception {
        for (String view : List.of(
                "session",
                "now",
                "flows",
                "latency",
                "cost",
                "router",
                "experiments",
                "stored/7",
                "calls",
                "calls/x",
                "audit")) {
            HttpResponse<String> answer = get("api/" + view, "");
            assertThat(answer.statusCode()).as(view).isEqualTo(401);
            assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void theCookieIsForThisHostAndNoScript() throws Exception {
        String cookie = logIn(PASSWORD).headers().firstValue("set-cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=28800");
        assertThat(get("api/now", cookie).statusCode()).isEqualTo(200);
        assertThat(get("api/stored/7", cookie).body()).contains("Calls are not stored here");
        assertThat(get("api/experiments", cookie).body()).contains("No experiment is set up");
        assertThat(get("api/stored/8", cookie).statusCode()).isEqualTo(404);
    }

    @Test
    void anOrderNeedsTheGuardAReasonAndThisOrigin() throws Exception {
        String cookie = logIn(PASSWORD).headers().firstValue("set-cookie").orElseThrow();
        String guard = new JsonMapper()
                .readTree(get("api/session", cookie).body())
                .path("guard")
                .asString();
        assertThat(post("api/controls/drain", cookie, "", "{\"reason\":\"x\"}").statusCode())
                .isEqualTo(403);
        assertThat(post("api/controls/drain", cookie, guard, "{}").body())
                .contains("'reason' must be a text of 1 to 300 characters, but has 0");
        assertThat(post("api/controls/force-tier", cookie, guard, "{\"reason\":\"x\",\"flow\":\"f\",\"tier\":\"huge\"}")
                        .body())
                .contains("There is no tier 'huge'");
        assertThat(post(
                                "api/controls/ramp-experiment",
                                cookie,
                                guard,
                                "{\"reason\":\"x\",\"experiment\":\"e\",\"stage\":7}")
                        .body())
                .contains("must be one of [1, 5, 10, 25, 50, 100] percent, but was 7");
        assertThat(post("api/controls/drain", cookie, guard, "no json").statusCode())
                .isEqualTo(400);
        HttpResponse<String> foreign = http.send(
                HttpRequest.newBuilder(console.resolve("api/controls/drain"))
                        .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .header("X-Antiphon-Guard", guard)
                        .header("Origin", "http://elsewhere.example")
                        .POST(BodyPublishers.ofString("{\"reason\":\"x\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(post("api/controls/drain", cookie, guard, "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("api/now", cookie).body()).contains("\"draining\":true");
    }

    @Test
    void aFlowThatNoCallIsAboutIsRefusedAndLeavesNothingBehind() throws Exception {
        String cookie = logIn(PASSWORD).headers().firstValue("set-cookie").orElseThrow();
        String guard = new JsonMapper()
                .readTree(get("api/session", cookie).body())
                .path("guard")
                .asString();
        for (String order : List.of("force-tier", "release-tier", "pause-router", "resume-router")) {
            HttpResponse<String> answer = post(
                    "api/controls/" + order, cookie, guard, "{\"reason\":\"x\",\"flow\":\"huge\",\"tier\":\"mini\"}");
            assertThat(answer.statusCode()).as(order).isEqualTo(409);
            assertThat(answer.body()).contains("There is no flow 'huge': it must be one of [f].");
        }
        assertThat(get("api/router", cookie).body()).doesNotContain("huge");
        try (HttpClient metrics = HttpClient.newHttpClient()) {
            assertThat(metrics.send(
                                    HttpRequest.newBuilder(server.httpUri().resolve("/metrics"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .doesNotContain("huge");
        }
        assertThat(post("api/controls/force-tier", cookie, guard, "{\"reason\":\"x\",\"flow\":\"f\",\"tier\":\"mini\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void reasonsAndNamesAreOneLine() throws Exception {
        String cookie = logIn(PASSWORD).headers().firstValue("set-cookie").orElseThrow();
        String guard = new JsonMapper()
                .readTree(get("api/session", cookie).body())
                .path("guard")
                .asString();
        for (String odd : List.of("x\\ny", "x\\u0000y", "x\\u001b[31my", "x\\u2028y", "x\\u0085y")) {
            assertThat(post("api/controls/drain", cookie, guard, "{\"reason\":\"" + odd + "\"}")
                            .statusCode())
                    .as(odd)
                    .isEqualTo(400);
            HttpResponse<String> named = post(
                    "api/controls/force-tier",
                    cookie,
                    guard,
                    "{\"reason\":\"x\",\"flow\":\"" + odd + "\",\"tier\":\"mini\"}");
            assertThat(named.statusCode()).as(odd).isEqualTo(400);
            assertThat(named.body()).contains("'flow' must be one line without control characters");
        }
        assertThat(post("api/controls/drain", cookie, guard, "{\"reason\":\"Überlast – „später“ 🙂\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void manyWrongPasswordsAreNotLookedAt() throws Exception {
        for (int i = 0; i < Logins.FREE_ATTEMPTS; i++) {
            assertThat(logIn("wrong").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> later = logIn(PASSWORD);
        assertThat(later.statusCode()).isEqualTo(429);
        assertThat(later.headers().firstValue("retry-after")).contains("1");
    }

    private HttpResponse<String> logIn(String password) throws Exception {
        return post("api/login", "", "", "{\"password\":\"" + password + "\"}");
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        return http.send(request(path, cookie).GET().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String cookie, String guard, String body) throws Exception {
        return http.send(
                request(path, cookie)
                        .header("X-Antiphon-Guard", guard)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(console.resolve(path));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie.split(";", 2)[0]);
    }
}
