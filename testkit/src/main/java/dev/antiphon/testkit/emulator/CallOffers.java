package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Multipart;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;
import org.apache.pekko.stream.Materializer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/realtime/calls}: SDP with a client secret, or the parts {@code sdp} and {@code session} with an API key; the answer is SDP
 * with status 201 and the call's place (protocol.md section 15). Thread-safe.
 */
final class CallOffers {
    private static final String SDP = "application/sdp";
    private static final long PARTS_TIMEOUT_MS = 5_000;

    private final Calls calls;
    private final RestKeys keys;
    private final Materializer materializer;

    CallOffers(Calls calls, RestKeys keys, Materializer materializer) {
        this.calls = calls;
        this.keys = keys;
        this.materializer = materializer;
    }

    CompletionStage<HttpResponse> take(HttpRequest request, HttpEntity.Strict body) {
        String type = body.getContentType().mediaType().toString();
        Optional<ClientSecrets.Secret> secret = keys.secret(request);
        if (type.equals(SDP)) {
            SessionPlan.Reading asked = secret.<SessionPlan.Reading>map(
                            known -> new SessionPlan.Reading.Good(known.plan(), JsonNodeFactory.instance.objectNode()))
                    .orElseGet(() -> modelOf(request));
            return CompletableFuture.completedFuture(answer(body.getData().utf8String(), asked));
        }
        return type.startsWith("multipart/form-data")
                ? parts(body)
                : CompletableFuture.completedFuture(RestAnswer.problem(
                        415,
                        ApiError.invalid(
                                "Use Content-Type application/sdp or multipart/form-data, not " + type + ".")));
    }

    private SessionPlan.Reading modelOf(HttpRequest request) {
        return request.getUri()
                .query()
                .get("model")
                .map(model -> calls.plan(JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "realtime")
                        .put("model", model)))
                .orElseGet(() -> new SessionPlan.Reading.Bad(ApiError.invalid(
                        "missing_model", "Send the parts sdp and session, or SDP with a client secret as key.")));
    }

    private CompletionStage<HttpResponse> parts(HttpEntity.Strict body) {
        return Unmarshaller.entityToMultipartFormData()
                .unmarshal(body, materializer)
                .thenCompose(form -> form.toStrict(PARTS_TIMEOUT_MS, materializer))
                .thenApply(this::answer);
    }

    private HttpResponse answer(Multipart.FormData.Strict form) {
        String sdp = "";
        String session = "";
        for (Multipart.FormData.BodyPart.Strict part : form.getStrictParts()) {
            String text = part.getEntity().getData().utf8String();
            switch (part.getName()) {
                case "sdp" -> sdp = text;
                case "session" -> session = text;
                default -> {}
            }
        }
        return RestAnswer.parsed(session) instanceof ObjectNode given && !given.isEmpty()
                ? answer(sdp, calls.plan(given))
                : RestAnswer.problem(
                        400,
                        ApiError.invalidAt(
                                "session", "missing_required_parameter", "The part 'session' must be a JSON object."));
    }

    private HttpResponse answer(String offer, SessionPlan.Reading asked) {
        return switch (asked) {
            case SessionPlan.Reading.Bad bad -> RestAnswer.problem(400, bad.problem());
            case SessionPlan.Reading.Good good -> answer(offer, good.plan());
        };
    }

    private HttpResponse answer(String offer, SessionPlan plan) {
        if (!SdpAnswer.canAnswer(offer)) {
            return RestAnswer.problem(
                    400,
                    ApiError.invalidAt("sdp", "invalid_offer", "Expected an SDP offer (v=0) with an audio section."));
        }
        EmulatedCall call = calls.offered(plan);
        String answer = SdpAnswer.to(offer, call.id());
        return HttpResponse.create()
                .withStatus(201)
                .addHeader(RawHeader.create("Location", "/v1/realtime/calls/" + call.id()))
                .withEntity(HttpEntities.create(ContentTypes.parse(SDP), answer.getBytes(StandardCharsets.UTF_8)));
    }
}
