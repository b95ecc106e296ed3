package dev.antiphon.testkit.emulator;

import dev.antiphon.model.ModelCard;
import dev.antiphon.model.ModelCatalogue;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The emulator's REST side (protocol section 15): {@code GET /v1/models}, {@code GET /v1/models/{id}},
 * {@code POST /v1/realtime/client_secrets}. Thread-safe.
 */
final class RestRoutes {
    private static final String MODELS = "/v1/models";
    private static final String SECRETS = "/v1/realtime/client_secrets";
    private static final int MAX_BODY_BYTES = 512 * 1024;
    private static final long BODY_TIMEOUT_MS = 5_000;

    private final ModelCatalogue catalogue = ModelCatalogue.bundled();
    private final ClientSecrets secrets;
    private final Predicate<String> acceptedKeys;
    private final Materializer materializer;

    RestRoutes(ClientSecrets secrets, Predicate<String> acceptedKeys, Materializer materializer) {
        this.secrets = secrets;
        this.acceptedKeys = acceptedKeys;
        this.materializer = materializer;
    }

    /** The answer, when the request is one of these. */
    Optional<CompletionStage<HttpResponse>> handle(HttpRequest request) {
        String path = request.getUri().path();
        boolean models = path.equals(MODELS) || path.startsWith(MODELS + "/");
        if (!models && !path.equals(SECRETS)) {
            return Optional.empty();
        }
        if (!authorized(request)) {
            return Optional.of(done(problem(401, ApiProblem.of("invalid_api_key", "Incorrect API key provided."))));
        }
        boolean rightMethod = request.method().equals(models ? HttpMethods.GET : HttpMethods.POST);
        if (!rightMethod) {
            return Optional.of(done(problem(
                    405,
                    ApiProblem.withoutCode("Not allowed to " + request.method().value() + " on " + path + "."))));
        }
        return Optional.of(models ? done(models(path)) : makeSecret(request));
    }

    private boolean authorized(HttpRequest request) {
        String header = request.getHeader("Authorization").map(h -> h.value()).orElse("");
        String key = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : request.getHeader("api-key").map(h -> h.value()).orElse("");
        return !key.isEmpty() && acceptedKeys.test(key);
    }

    private HttpResponse models(String path) {
        if (path.equals(MODELS)) {
            ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
            ArrayNode data = list.putArray("data");
            catalogue.models().forEach(card -> data.add(shown(card)));
            return json(200, list);
        }
        String id = path.substring(MODELS.length() + 1);
        return catalogue
                .find(id)
                .map(card -> json(200, shown(card)))
                .orElseGet(() -> problem(
                        404, ApiProblem.at("model", "model_not_found", "The model '" + id + "' does not exist.")));
    }

    private ObjectNode shown(ModelCard card) {
        ObjectNode model = JsonNodeFactory.instance
                .objectNode()
                .put("id", card.name())
                .put("object", "model")
                .put("created", catalogue.asOf().atStartOfDay(ZoneOffset.UTC).toEpochSecond())
                .put("owned_by", "emulator");
        card.shutdown().ifPresent(day -> model.put("shutdown_date", day.toString()));
        return model;
    }

    private CompletionStage<HttpResponse> makeSecret(HttpRequest request) {
        return request.entity()
                .withSizeLimit(MAX_BODY_BYTES)
                .toStrict(BODY_TIMEOUT_MS, materializer)
                .thenApply(body -> secret(body.getData().utf8String()))
                .exceptionally(unread -> problem(
                        400,
                        ApiProblem.withoutCode(
                                "The body is longer than " + MAX_BODY_BYTES + " bytes or did not arrive.")));
    }

    private HttpResponse secret(String body) {
        return switch (secrets.make(parsed(body))) {
            case ClientSecrets.Answer.Made made -> json(200, made.body());
            case ClientSecrets.Answer.Refused refused -> problem(400, refused.problem());
        };
    }

    private static JsonNode parsed(String body) {
        try {
            return body.isBlank()
                    ? JsonNodeFactory.instance.objectNode()
                    : JsonMapper.shared().readTree(body);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static HttpResponse problem(int status, ApiProblem problem) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error =
                body.putObject("error").put("message", problem.message()).put("type", problem.type());
        Outbox.putOrNull(error, "param", problem.param());
        Outbox.putOrNull(error, "code", problem.code());
        return json(status, body);
    }

    private static HttpResponse json(int status, ObjectNode body) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(ContentTypes.APPLICATION_JSON, JsonMapper.shared().writeValueAsString(body));
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
