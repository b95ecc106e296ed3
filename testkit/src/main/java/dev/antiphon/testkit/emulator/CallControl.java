package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.emulator.IncomingCall.SipHeader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.stream.Materializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The caller's side of telephone calls: {@code POST /emulator/calls} with {@code {"from", "to", "sip_headers": [{"name", "value"}]}},
 * all optional, begins one and answers when the webhook has; {@code GET} lists them; {@code DELETE /emulator/calls/{id}} hangs up. Thread-safe.
 */
final class CallControl {
    private static final String PATH = "/emulator/calls";
    private static final Set<String> MEMBERS = Set.of("from", "to", "sip_headers");
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final long BODY_TIMEOUT_MS = 5_000;

    private final Calls calls;
    private final Materializer materializer;

    CallControl(Calls calls, Materializer materializer) {
        this.calls = calls;
        this.materializer = materializer;
    }

    /** The answer, when the request is one of these. */
    Optional<CompletionStage<HttpResponse>> handle(HttpRequest request) {
        String path = request.getUri().path();
        if (path.equals(PATH) && request.method().equals(HttpMethods.POST)) {
            return Optional.of(begin(request));
        }
        if (path.equals(PATH)) {
            return Optional.of(done(
                    request.method().equals(HttpMethods.GET)
                            ? list()
                            : RestAnswer.notAllowed(request, HttpMethods.GET, HttpMethods.POST)));
        }
        return path.startsWith(PATH + "/")
                ? Optional.of(done(
                        request.method().equals(HttpMethods.DELETE)
                                ? hangUp(path.substring(PATH.length() + 1))
                                : RestAnswer.notAllowed(request, HttpMethods.DELETE)))
                : Optional.empty();
    }

    private CompletionStage<HttpResponse> begin(HttpRequest request) {
        return request.entity()
                .withSizeLimit(MAX_BODY_BYTES)
                .toStrict(BODY_TIMEOUT_MS, materializer)
                .thenCompose(body -> begin(RestAnswer.parsed(body.getData().utf8String())))
                .exceptionally(
                        unread -> bad(400, "The body is longer than " + MAX_BODY_BYTES + " bytes or did not arrive."));
    }

    private CompletionStage<HttpResponse> begin(JsonNode body) {
        if (!body.isObject()) {
            return done(bad(400, "The body must be a JSON object with from, to and sip_headers, all optional."));
        }
        Optional<String> problem = whatIsWrong(body);
        if (problem.isPresent()) {
            return done(bad(400, problem.get()));
        }
        List<SipHeader> more = body.path("sip_headers")
                .valueStream()
                .map(header -> new SipHeader(
                        header.path("name").asString(""), header.path("value").asString("")))
                .toList();
        return calls.ring(new IncomingCall(
                        body.path("from").asString("sip:+15550100@sip.example.com"),
                        body.path("to").asString("sip:proj_emulated@sip.example.com"),
                        more))
                .thenApply(rung -> RestAnswer.json(201, shown(rung)));
    }

    private static Optional<String> whatIsWrong(JsonNode body) {
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            String name = member.getKey();
            if (!MEMBERS.contains(name)) {
                return Optional.of("Unknown member '" + name + "': use from, to and sip_headers, all optional.");
            }
            boolean right = name.equals("sip_headers")
                    ? isHeaders(member.getValue())
                    : member.getValue().isString();
            if (!right) {
                String kind = name.equals("sip_headers") ? "a list of objects with the texts name and value" : "a text";
                return Optional.of("'" + name + "' must be " + kind + ", but was " + member.getValue() + ".");
            }
        }
        return Optional.empty();
    }

    private static boolean isHeaders(JsonNode value) {
        return value.isArray()
                && value.valueStream()
                        .allMatch(header -> header.path("name").isString()
                                && header.path("value").isString()
                                && header.size() == 2);
    }

    private static ObjectNode shown(IncomingCall.Rung rung) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("call_id", rung.callId());
        switch (rung.delivery()) {
            case IncomingCall.Delivery.Unaddressed nobody -> body.putNull("webhook");
            case IncomingCall.Delivery.Answered answer ->
                body.putObject("webhook").put("status", answer.httpStatus());
            case IncomingCall.Delivery.Failed failure ->
                body.putObject("webhook").put("problem", failure.reason());
        }
        return body;
    }

    private HttpResponse list() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putArray("calls");
        calls.all()
                .forEach(call -> list.addObject()
                        .put("call_id", call.id())
                        .put("kind", call.kind().name().toLowerCase(Locale.ROOT))
                        .put("state", named(call.state())));
        return RestAnswer.json(200, body);
    }

    private HttpResponse hangUp(String id) {
        return calls.find(id)
                .map(call -> {
                    call.abandon("hung up by the caller");
                    return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
                })
                .orElseGet(() -> bad(404, "No call '" + id + "' exists."));
    }

    /** A call's state in words. */
    static String named(EmulatedCall.State state) {
        return switch (state) {
            case EmulatedCall.State.Ringing rings -> "ringing";
            case EmulatedCall.State.Active active -> "active";
            case EmulatedCall.State.Ended ended -> "ended: " + ended.how();
        };
    }

    private static HttpResponse bad(int status, String message) {
        return HttpResponse.create().withStatus(status).withEntity(message + "\n");
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
