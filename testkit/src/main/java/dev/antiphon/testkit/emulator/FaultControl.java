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
 * {@code DELETE} for those it was started with, {@code GET} for how often each was given to a session since. Sessions are counted from 1
 * anew with each change. Thread-safe.
 */
final class FaultControl implements FaultPlan {
    static final String PATH = "/emulator/faults";

    private static final long BODY_TIMEOUT_MS = 5_000;
    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final FaultPlan first;
    private final long seed;
    private final Map<String, Integer> given = new TreeMap<>();
    private FaultPlan plan;
    /** The last session before the faults were changed, and the last at all. */
    private long before;

    private long last;

    FaultControl(FaultPlan first, long seed) {
        this.first = first;
        this.seed = seed;
        this.plan = first;
    }

    @Override
    public synchronized FaultScript forSession(long number, String model) {
        last = Math.max(last, number);
        // One that was begun before the change and comes too late for its own number is the first after it.
        FaultScript script = plan.forSession(Math.max(1, number - before), model);
        script.faults().forEach(fault -> given.merge(FaultFile.nameOf(fault), 1, Integer::sum));
        return script;
    }

    private synchronized void become(FaultPlan next) {
        plan = next;
        before = last;
        given.clear();
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
            become(first);
            return CompletableFuture.completedFuture(HttpResponse.create().withStatus(StatusCodes.NO_CONTENT));
        }
        return CompletableFuture.completedFuture(
                request.method().equals(HttpMethods.GET)
                        ? shown()
                        : RestAnswer.notAllowed(request, HttpMethods.GET, HttpMethods.PUT, HttpMethods.DELETE));
    }

    private HttpResponse change(String text) {
        try {
            become(FaultFile.parse("the body", text, seed));
            return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
        } catch (FaultProblem problem) {
            return answer(400, String.valueOf(problem.getMessage()));
        }
    }

    private synchronized HttpResponse shown() {
        return HttpResponse.create()
                .withEntity(
                        ContentTypes.APPLICATION_JSON, JsonMapper.shared().writeValueAsString(Map.of("given", given)));
    }

    private static HttpResponse answer(int status, String message) {
        return HttpResponse.create().withStatus(status).withEntity(message + "\n");
    }
}
