package dev.antiphon.server.operator;

import dev.antiphon.server.page.StaticFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.TreeSet;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers of the console. Figures are their records in snake case, times ISO-8601, absent values {@code null}: {@code {"as_of": …,
 * "figures": {…}}}, or {@code {"as_of": …, "missing": "…"}}. Each carries the headers that keep other pages out. Thread-safe.
 */
final class OperatorAnswers {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final InstantSource clock;
    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    OperatorAnswers(InstantSource clock) {
        this.clock = clock;
    }

    JsonNode read(byte[] body) {
        return json.readTree(body);
    }

    HttpResponse file(StaticFiles.File file) {
        return answer(file.type(), file.bytes());
    }

    HttpResponse redirect(String path) {
        return answer(ContentTypes.TEXT_PLAIN_UTF8, ByteString.fromString("Log in at " + path + "."))
                .withStatus(StatusCodes.SEE_OTHER)
                .addHeader(RawHeader.create("Location", path));
    }

    HttpResponse session(
            String bot, Logins.Login login, OperatorFigures figures, OperatorControls controls, String notice) {
        ObjectNode node = object().put("bot", bot)
                .put("guard", login.guard())
                .put("login", login.name())
                .put("until", login.until().toString())
                .put("about", figures.about())
                .put("notice", notice)
                .put("no_controls", controls.missing());
        figures.views().forEach(node.putArray("views")::add);
        new TreeSet<>(controls.offered()).forEach(node.putArray("controls")::add);
        return answer(node);
    }

    HttpResponse view(Shown<?> shown) {
        ObjectNode node = object().put("as_of", clock.instant().toString());
        switch (shown) {
            case Shown.Known<?> known -> node.set("figures", json.valueToTree(known.figures()));
            case Shown.Missing<?> missing -> node.put("missing", missing.missing());
        }
        return answer(node);
    }

    HttpResponse ordered(ControlAnswer answer) {
        return answer(object().put("done", answer.done()).put("message", answer.message()))
                .withStatus(StatusCodes.get(answer.done() ? 200 : 409));
    }

    HttpResponse loggedIn(String cookie, Logins.Login login, Duration lifetime, boolean tls) {
        return answer(object().put("until", login.until().toString()))
                .addHeader(cookie(cookie, login.token(), lifetime.toSeconds(), tls));
    }

    HttpResponse loggedOut(String cookie) {
        return answer(object().put("done", true)).addHeader(cookie(cookie, "", 0, false));
    }

    private static RawHeader cookie(String name, String value, long seconds, boolean tls) {
        return RawHeader.create(
                "Set-Cookie",
                name + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                        + (tls ? "; Secure" : ""));
    }

    HttpResponse later(Duration pause) {
        long seconds = pause.plusMillis(999).toSeconds();
        return refusal(429, "Too many wrong passwords: try again in " + seconds + " s.")
                .addHeader(RawHeader.create("Retry-After", Long.toString(seconds)));
    }

    HttpResponse refusal(int status, String message) {
        ObjectNode body = object();
        body.putObject("error").put("message", message);
        return answer(body).withStatus(StatusCodes.get(status));
    }

    private HttpResponse answer(ObjectNode body) {
        return answer(ContentTypes.APPLICATION_JSON, ByteString.fromArrayUnsafe(json.writeValueAsBytes(body)));
    }

    private static HttpResponse answer(ContentType type, ByteString body) {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(type, body))
                .addHeader(RawHeader.create("Cache-Control", "no-store"))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
                .addHeader(RawHeader.create("X-Frame-Options", "DENY"))
                .addHeader(RawHeader.create("Referrer-Policy", "no-referrer"))
                .addHeader(RawHeader.create("Cross-Origin-Opener-Policy", "same-origin"))
                .addHeader(RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"))
                .addHeader(RawHeader.create("Content-Security-Policy", POLICY));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
