package dev.antiphon.tool.openapi;

import dev.antiphon.time.TimeLimit;
import dev.antiphon.http.LimitedBody;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the calls. Blocks its thread, a virtual one of the pool, and is interrupted with it. Follows no redirect to another
 * host, since the credentials would go there. Neither what it says nor what it logs holds a credential. Thread-safe.
 */
final class ApiCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiCalls.class);
    private static final int MOST_REDIRECTS = 3;

    private final OpenApiOptions options;
    private final ApiAnswers answers;
    private final HttpClient client;

    ApiCalls(OpenApiOptions options) {
        this.options = options;
        this.answers = new ApiAnswers(options);
        this.client = HttpClient.newBuilder()
                .connectTimeout(options.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /**
     * Calls the operation; its answer as something that Jackson writes.
     *
     * @throws ToolFailure with words for the model
     * @throws TransientFailure when nothing was done and a later call may succeed
     * @throws InterruptedException when the call is not wanted any more
     */
    Object call(ApiOperation operation, ObjectNode arguments, String idempotencyKey) throws InterruptedException {
        HttpRequest request = ApiRequest.of(operation, arguments, idempotencyKey, options);
        try {
            return answer(operation, request);
        } catch (HttpTimeoutException e) {
            LOG.warn(
                    "{} {}: no answer within {}",
                    operation.method(),
                    operation.path(),
                    TimeLimit.text(options.timeout()));
            throw new ToolFailure(
                    TimeLimit.missed("the service", options.timeout()) + (operation.isReadOnly() ? "" : unknown()));
        } catch (ConnectException e) {
            LOG.warn("{} {}: the service cannot be reached", operation.method(), operation.path());
            throw unreachable(operation, "the service cannot be reached just now", "");
        } catch (IOException e) {
            LOG.warn("{} {}: the connection broke: {}", operation.method(), operation.path(), kind(e));
            throw unreachable(operation, "the connection to the service broke", unknown());
        }
    }

    private static String unknown() {
        return "; it is not known whether it was done, so do not try again before that is clear";
    }

    private static ToolFailure unreachable(ApiOperation operation, String words, String otherwise) {
        return operation.isReadOnly() ? new TransientFailure(words) : new ToolFailure(words + otherwise);
    }

    /** Messages of the client may hold the address, and with it a key. */
    private static String kind(IOException e) {
        return e.getClass().getSimpleName();
    }

    private Object answer(ApiOperation operation, HttpRequest request) throws IOException, InterruptedException {
        HttpRequest at = request;
        for (int redirects = 0; ; redirects++) {
            HttpResponse<InputStream> response = client.send(at, HttpResponse.BodyHandlers.ofInputStream());
            Optional<URI> next = redirect(operation, response);
            try (InputStream body = response.body()) {
                if (next.isEmpty() || redirects == MOST_REDIRECTS) {
                    return answers.read(operation, response, text(body));
                }
            }
            at = HttpRequest.newBuilder(request, (name, value) -> true)
                    .uri(next.get())
                    .build();
        }
    }

    private Optional<URI> redirect(ApiOperation operation, HttpResponse<?> response) {
        boolean moved = response.statusCode() >= 301 && response.statusCode() <= 308 && response.statusCode() != 304;
        return moved && operation.isReadOnly()
                ? response.headers()
                        .firstValue("Location")
                        .flatMap(location -> resolved(response.uri(), location))
                        .filter(next -> isSamePlace(response.uri(), next))
                : Optional.empty();
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            return Optional.of(from.resolve(location));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isSamePlace(URI one, URI other) {
        return one.getScheme().equals(other.getScheme()) && one.getAuthority().equals(other.getAuthority());
    }

    private ApiAnswers.Text text(InputStream stream) throws IOException {
        LimitedBody body = LimitedBody.read(stream, options.maxResponseBytes(), options.timeout());
        return new ApiAnswers.Text(body.text(), body.whole());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
