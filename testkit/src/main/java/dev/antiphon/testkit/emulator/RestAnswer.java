package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
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
