package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Allow;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of the emulator's REST side, in and out. */
final class RestAnswer {
    private RestAnswer() {}

    static HttpResponse json(int status, JsonNode body) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(ContentTypes.APPLICATION_JSON, JsonMapper.shared().writeValueAsString(body));
    }

    /** An error as the API writes it. */
    static HttpResponse problem(int status, ApiError problem) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error =
                body.putObject("error").put("message", problem.message()).put("type", problem.type());
        Outbox.putOrNull(error, "param", problem.param());
        Outbox.putOrNull(error, "code", problem.code());
        return json(status, body);
    }

    /** The path is served, but not by this method. */
    static HttpResponse notAllowed(HttpRequest request, HttpMethod... allowed) {
        String use = Arrays.stream(allowed).map(HttpMethod::value).collect(Collectors.joining(" or "));
        return problem(
                        405,
                        ApiError.invalid("Not allowed to " + request.method().value() + " on "
                                + request.getUri().path() + ". Use " + use + "."))
                .addHeader(Allow.create(allowed));
    }

    /** A request's body: an empty object when it is blank, a missing node when it is not JSON. */
    static JsonNode parsed(String body) {
        try {
            return body.isBlank()
                    ? JsonNodeFactory.instance.objectNode()
                    : JsonMapper.shared().readTree(body);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }
}
