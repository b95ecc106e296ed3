package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.emulator.EmulatorSettings.FaultPlan;
import dev.antiphon.testkit.emulator.FaultFile.FaultProblem;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.stream.Materializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The faults of new sessions, changeable while the emulator runs: {@code PUT /emulator/faults} with a {@link FaultFile} as body,
 * {@code DELETE} for those it was started with, {@code GET} for how often each was given to a session. Thread-safe.
 */
final class FaultControl implements FaultPlan {
    static final String PATH = "/emulator/faults";

    private static final long BODY_TIMEOUT_MS = 5_000;
    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final FaultPlan first;
    private final long seed;
    private final Map<String, Integer> given = new TreeMap<>();
    private volatile FaultPlan plan;

    FaultControl(FaultPlan first, long seed) {
        this.first = first;
        this.seed = seed;
        this.plan = first;
    }

    @Override
    public FaultScript forSession(long number, String model) {
        FaultScript script = plan.forSession(number, model);
        synchronized (given) {
            script.faults().forEach(fault -> given.merge(FaultFile.nameOf(fault), 1, Integer::sum));
        }
        return script;
    }

    CompletionStage<HttpResponse> handle(HttpRequest request, Materializer materializer) {
        if (request.method().equals(HttpMethods.PUT)) {
            return request.entity()
                    .withSizeLimit(MAX_BODY_BYTES)
                    .toStrict(BODY_TIMEOUT_MS, materializer)
                    .thenApply(body -> change(body.getData().utf8String()))
                    .exceptionally(unread ->
                            answer(400, "The body is longer than " + MAX_BODY_BYTES + " bytes or did not arrive."));
        }
        if (request.method().equals(HttpMethods.DELETE)) {
            plan = first;
            return CompletableFuture.completedFuture(HttpResponse.create().withStatus(StatusCodes.NO_CONTENT));
        }
        return CompletableFuture.completedFuture(
                request.method().equals(HttpMethods.GET) ? shown() : answer(405, "Use GET, PUT or DELETE."));
    }

    private HttpResponse change(String text) {
        try {
            plan = FaultFile.parse("the body", text, seed);
            return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
        } catch (FaultProblem problem) {
            return answer(400, String.valueOf(problem.getMessage()));
        }
    }

    private HttpResponse shown() {
        String json;
        synchronized (given) {
            json = JsonMapper.shared().writeValueAsString(Map.of("given", given));
        }
        return HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, json);
    }

    private static HttpResponse answer(int status, String message) {
        return HttpResponse.create().withStatus(status).withEntity(message + "\n");
    }
}
