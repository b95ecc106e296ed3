package dev.antiphon.tool.openapi;

import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.TransientFailure;
import dev.antiphon.tool.UnknownOutcome;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an answer of the API says to the model: its JSON, or words that say what to do next. Thread-safe. */
final class ApiAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ApiAnswers.class);
    private static final int MOST_WORDS_CHARS = 200;

    private final OpenApiOptions options;

    ApiAnswers(OpenApiOptions options) {
        this.options = options;
    }

    /** The text of an answer, or its beginning. */
    record Text(String text, boolean whole) {}

    Object read(ApiOperation operation, HttpResponse<?> response, Text text) {
        int status = response.statusCode();
        String clean = options.auth().scrubbedFrom(text.text());
        if (isSuccess(response)) {
            return result(operation, response, new Text(clean, text.whole()));
        }
        throw failure(operation, status, clean);
    }

    static boolean isSuccess(HttpResponse<?> response) {
        return response.statusCode() >= 200 && response.statusCode() < 300;
    }

    private Object result(ApiOperation operation, HttpResponse<?> response, Text text) {
        if (text.text().isBlank()) {
            return JsonNodeFactory.instance.objectNode().put("done", true);
        }
        String type = response.headers().firstValue("Content-Type").orElse("application/json");
        if (!text.whole()) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("truncated", true)
                    .put("next", "ask for less at once")
                    .put("beginning", hidesSomething() ? "" : text.text());
        }
        if (type.contains("json")) {
            return json(operation, text.text());
        }
        return type.startsWith("text/") ? text.text() : notShown(type);
    }

    private static JsonNode notShown(String what) {
        return JsonNodeFactory.instance.objectNode().put("done", true).put("not_shown", what);
    }

    private boolean hidesSomething() {
        return !options.notForModel().isEmpty();
    }

    /** A success is one, whether its answer can be read or not. */
    private JsonNode json(ApiOperation operation, String text) {
        try {
            JsonNode tree = JsonMapper.shared().readTree(text);
            hide(tree);
            return tree;
        } catch (JacksonException e) {
            if (!operation.isReadOnly()) {
                return notShown("something that is not JSON");
            }
            throw new ToolFailure("the service answered with something that is not JSON; it cannot be used now");
        }
    }

    private void hide(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.remove(options.notForModel());
        }
        tree.forEach(this::hide);
    }

    private ToolFailure failure(ApiOperation operation, int status, String body) {
        FailedRequest cause = new FailedRequest(operation, "status " + status);
        LOG.info("{}", cause.getMessage());
        if (!operation.isReadOnly() && leavesOpen(status)) {
            return new UnknownOutcome(trouble(status), cause);
        }
        boolean busy = status == 429 || status == 503;
        String words = words(status) + said(status, body);
        return busy && operation.isReadOnly() ? new TransientFailure(words, cause) : new ToolFailure(words, cause);
    }

    /**
     * Whether something may have been changed. A service that breaks down can do so after its work, and a gateway (502, 504) does not
     * know; 303, and in practice 301 and 302, is also how services answer once it is done. 429, 501, 503, 505 and 511 are said
     * instead of doing anything (RFC 9110 section 15, RFC 6585).
     */
    private static boolean leavesOpen(int status) {
        return switch (status) {
            case 301, 302, 303 -> true;
            case 501, 503, 505, 511 -> false;
            default -> status >= 500;
        };
    }

    private static String trouble(int status) {
        return status >= 500
                ? "the service has a problem of its own"
                : "the service pointed elsewhere (status " + status + ")";
    }

    private static String words(int status) {
        return switch (status) {
            case 400, 422 -> "the service does not accept these values; ask for others";
            case 401, 403 -> "the service does not let this agent do that; say that it is not possible here";
            case 404, 410 -> "the service has nothing under these values; check them with the caller";
            case 409, 412 -> "this is not possible as things stand; ask for something else";
            case 429, 503 -> "the service is busy just now; nothing was done";
            default ->
                status >= 500
                        ? trouble(status) + "; say that it cannot be done now"
                        : "the service did not do it (status " + status + ")";
        };
    }

    /** One sentence of the service where it explains what is wrong with the values; never of a breakdown. */
    private String said(int status, String body) {
        boolean explains = status == 400 || status == 404 || status == 409 || status == 422;
        return explains
                ? sentence(body).map(said -> ". The service says: " + said).orElse("")
                : "";
    }

    private Optional<String> sentence(String body) {
        try {
            JsonNode tree = JsonMapper.shared().readTree(body);
            hide(tree);
            return List.of("detail", "message", "error", "title").stream()
                    .map(tree::path)
                    .filter(JsonNode::isString)
                    .map(JsonNode::asString)
                    .filter(said -> !said.isBlank() && said.length() <= MOST_WORDS_CHARS && !said.contains("\n"))
                    .findFirst();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
