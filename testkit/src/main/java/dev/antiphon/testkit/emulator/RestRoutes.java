package dev.antiphon.testkit.emulator;

import dev.antiphon.model.ModelCard;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.realtime.ApiError;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
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
    private final RestKeys keys;
    private final Materializer materializer;

    RestRoutes(RestKeys keys, Materializer materializer) {
        this.secrets = keys.secrets();
        this.keys = keys;
        this.materializer = materializer;
    }

    /** The answer, when the request is one of these. */
    Optional<CompletionStage<HttpResponse>> handle(HttpRequest request) {
        String path = request.getUri().path();
        boolean models = path.equals(MODELS) || path.startsWith(MODELS + "/");
        if (!models && !path.equals(SECRETS)) {
            return Optional.empty();
        }
        if (!keys.accept(request)) {
            return Optional.of(
                    done(RestAnswer.problem(401, ApiError.invalid("invalid_api_key", "Incorrect API key provided."))));
        }
        boolean rightMethod = request.method().equals(models ? HttpMethods.GET : HttpMethods.POST);
        if (!rightMethod) {
            return Optional.of(done(RestAnswer.notAllowed(request, models ? HttpMethods.GET : HttpMethods.POST)));
        }
        if (!models && keys.secret(request).isPresent()) {
            return Optional.of(done(RestAnswer.problem(
                    401,
                    ApiError.invalid(
                            "invalid_api_key", "A client secret cannot make client secrets; use an API key."))));
        }
        return Optional.of(models ? done(models(path)) : makeSecret(request));
    }

    private HttpResponse models(String path) {
        if (path.equals(MODELS)) {
            ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
            ArrayNode data = list.putArray("data");
            catalogue.models().forEach(card -> data.add(shown(card)));
            return RestAnswer.json(200, list);
        }
        String id = path.substring(MODELS.length() + 1);
        return catalogue
                .find(id)
                .map(card -> RestAnswer.json(200, shown(card)))
                .orElseGet(() -> RestAnswer.problem(
                        404, ApiError.invalidAt("model", "model_not_found", "The model '" + id + "' does not exist.")));
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
                .exceptionally(unread -> RestAnswer.problem(
                        400,
                        ApiError.invalid("The body is longer than " + MAX_BODY_BYTES + " bytes or did not arrive.")));
    }

    private HttpResponse secret(String body) {
        return switch (secrets.make(RestAnswer.parsed(body))) {
            case ClientSecrets.Answer.Made made -> RestAnswer.json(200, made.body());
            case ClientSecrets.Answer.Refused refused -> RestAnswer.problem(400, refused.problem());
        };
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
