package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/realtime/calls} and {@code /v1/realtime/calls/{id}/accept|reject|refer|hangup}, with or without {@code /openai} before
 * (protocol.md section 15). Which status an impossible step gets is not documented; here 404 for a call that nobody knows and 409 for one in
 * another state. Thread-safe.
 */
final class CallRoutes {
    private static final Pattern PATH = Pattern.compile("(?:/openai)?/v1/realtime/calls(?:/([^/]+)/([^/]+))?");
    private static final int MAX_BODY_BYTES = 512 * 1024;
    private static final long BODY_TIMEOUT_MS = 5_000;
    private static final int DECLINE = 603;

    private final Calls calls;
    private final RestKeys keys;
    private final CallOffers offers;
    private final Materializer materializer;

    CallRoutes(Calls calls, RestKeys keys, Materializer materializer) {
        this.calls = calls;
        this.keys = keys;
        this.offers = new CallOffers(calls, keys, materializer);
        this.materializer = materializer;
    }

    /** The answer, when the request is one of these. */
    Optional<CompletionStage<HttpResponse>> handle(HttpRequest request) {
        Matcher path = PATH.matcher(request.getUri().path());
        return path.matches() ? Optional.of(answer(request, path)) : Optional.empty();
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request, Matcher path) {
        if (!keys.accept(request) && keys.secret(request).isEmpty()) {
            return done(RestAnswer.problem(401, ApiError.invalid("invalid_api_key", "Incorrect API key provided.")));
        }
        if (!request.method().equals(HttpMethods.POST)) {
            return done(RestAnswer.notAllowed(request, HttpMethods.POST));
        }
        return request.entity()
                .withSizeLimit(MAX_BODY_BYTES)
                .toStrict(BODY_TIMEOUT_MS, materializer)
                .thenCompose(body -> path.group(1) == null
                        ? offers.take(request, body)
                        : done(step(path.group(1), path.group(2), body)))
                .exceptionally(unread -> RestAnswer.problem(
                        400,
                        ApiError.invalid("The body is longer than " + MAX_BODY_BYTES + " bytes or cannot be read.")));
    }

    private HttpResponse step(String id, String verb, HttpEntity.Strict body) {
        JsonNode given = RestAnswer.parsed(body.getData().utf8String());
        Optional<EmulatedCall> call = calls.find(id);
        if (call.isEmpty()) {
            return RestAnswer.problem(
                    404, ApiError.invalidAt("call_id", "call_not_found", "No call '" + id + "' exists."));
        }
        return switch (verb) {
            case "accept" -> accept(call.get(), given);
            case "reject" -> reject(call.get(), given.path("status_code"));
            case "refer" -> refer(call.get(), given.path("target_uri").asString(""));
            case "hangup" -> taken(call.get(), verb, call.get().end("hung up by the agent"));
            default ->
                RestAnswer.problem(404, ApiError.invalid("Use accept, reject, refer or hangup, not '" + verb + "'."));
        };
    }

    private HttpResponse accept(EmulatedCall call, JsonNode session) {
        if (!session.isObject() || session.path("type").isMissingNode()) {
            return RestAnswer.problem(
                    400,
                    ApiError.invalidAt("type", "missing_required_parameter", "Missing required parameter: 'type'."));
        }
        return switch (calls.plan(session)) {
            case SessionPlan.Reading.Bad bad -> RestAnswer.problem(400, bad.problem());
            case SessionPlan.Reading.Good good -> taken(call, "accept", calls.accept(call, good.plan()));
        };
    }

    private static HttpResponse reject(EmulatedCall call, JsonNode status) {
        boolean known =
                status.isMissingNode() || status.isIntegralNumber() && status.asInt() >= 300 && status.asInt() <= 699;
        return known
                ? taken(call, "reject", call.reject(status.asInt(DECLINE)))
                : RestAnswer.problem(
                        400,
                        ApiError.invalidAt(
                                "status_code",
                                "invalid_value",
                                "Invalid 'status_code': expected a SIP status from 300 to 699, but got " + status
                                        + "."));
    }

    private static HttpResponse refer(EmulatedCall call, String target) {
        if (!target.startsWith("tel:") && !target.startsWith("sip:") && !target.startsWith("sips:")) {
            return RestAnswer.problem(
                    400,
                    ApiError.invalidAt(
                            "target_uri",
                            "invalid_value",
                            "Invalid 'target_uri': expected a tel: or sip: address, but got '" + target + "'."));
        }
        return taken(call, "refer", call.end("referred to " + target));
    }

    private static HttpResponse taken(EmulatedCall call, String verb, boolean taken) {
        return taken
                ? HttpResponse.create()
                : RestAnswer.problem(
                        409,
                        ApiError.invalidAt(
                                "call_id",
                                "call_state",
                                "Cannot " + verb + " call '" + call.id() + "': it is " + CallControl.named(call.state())
                                        + "."));
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
