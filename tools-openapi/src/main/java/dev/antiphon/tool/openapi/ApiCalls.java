package dev.antiphon.tool.openapi;

import dev.antiphon.connection.ConnectionFault;
import dev.antiphon.http.LimitedBody;
import dev.antiphon.time.TimeLimit;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.TransientFailure;
import dev.antiphon.tool.UnknownOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
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
    private static final long MOMENT_NANOS = 1_000_000;

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
     * @throws UnknownOutcome when what may change something was perhaps done
     * @throws InterruptedException when the call is not wanted any more
     */
    Object call(ApiOperation operation, ObjectNode arguments, String idempotencyKey) throws InterruptedException {
        Deadline deadline = new Deadline(options.timeout());
        HttpRequest request = ApiRequest.of(operation, arguments, idempotencyKey, options);
        try {
            return answer(operation, request, deadline);
        } catch (HttpTimeoutException e) {
            throw late(operation, TimeLimit.missed("the service", options.timeout()));
        } catch (ConnectException e) {
            throw unreachable(operation, "it cannot be reached (" + kind(e) + ")");
        } catch (IOException e) {
            throw ConnectionFault.ofTls(e, "http")
                    .map(fault -> unreachable(operation, fault))
                    .orElseGet(() -> broken(operation, e));
        }
    }

    private static ToolFailure late(ApiOperation operation, String words) {
        LOG.info("{} {}: {}", operation.method(), operation.path(), words);
        return operation.isReadOnly() ? new ToolFailure(words) : new UnknownOutcome(words);
    }

    /** Nothing was sent that the service could have understood. */
    private static ToolFailure unreachable(ApiOperation operation, String fault) {
        String words = "the service cannot be reached just now";
        FailedRequest cause = failed(operation, fault);
        return operation.isReadOnly() ? new TransientFailure(words, cause) : new ToolFailure(words, cause);
    }

    private static ToolFailure broken(ApiOperation operation, IOException e) {
        String words = "the connection to the service broke";
        FailedRequest cause = failed(operation, "the connection broke (" + kind(e) + ")");
        return operation.isReadOnly() ? new TransientFailure(words, cause) : new UnknownOutcome(words, cause);
    }

    private static FailedRequest failed(ApiOperation operation, String what) {
        FailedRequest failed = new FailedRequest(operation, what);
        LOG.info("{}", failed.getMessage());
        return failed;
    }

    /** Messages of the client may hold the address, and with it a key. */
    private static String kind(IOException e) {
        return e.getClass().getSimpleName();
    }

    /** The answer, of which redirects are a part. */
    private Object answer(ApiOperation operation, HttpRequest request, Deadline deadline)
            throws IOException, InterruptedException {
        HttpRequest at = request;
        for (int redirects = 0; ; redirects++) {
            HttpResponse<InputStream> response = client.send(at, HttpResponse.BodyHandlers.ofInputStream());
            Optional<URI> next = redirect(operation, response);
            try (InputStream body = response.body()) {
                if (next.isEmpty() || redirects == MOST_REDIRECTS) {
                    ApiAnswers.Text text = text(operation, response, body, deadline);
                    refuseWithoutTls(operation, response, text);
                    return answers.read(operation, response, text);
                }
            }
            at = HttpRequest.newBuilder(request, (name, value) -> true)
                    .uri(next.get())
                    .timeout(deadline.left())
                    .build();
        }
    }

    /** A status that is no success says enough by itself, whatever becomes of its text. */
    private ApiAnswers.Text text(
            ApiOperation operation, HttpResponse<?> response, InputStream stream, Deadline deadline)
            throws IOException {
        try {
            LimitedBody body = LimitedBody.read(stream, options.maxResponseBytes(), deadline.left());
            return new ApiAnswers.Text(body.text(), body.whole());
        } catch (IOException e) {
            if (!ApiAnswers.isSuccess(response)) {
                return new ApiAnswers.Text("", false);
            }
            if (e instanceof HttpTimeoutException) {
                throw late(operation, TimeLimit.unended("the service", options.timeout()));
            }
            throw e;
        }
    }

    /** It may be the port that is wrong, and not the values. */
    private static void refuseWithoutTls(ApiOperation operation, HttpResponse<?> response, ApiAnswers.Text text) {
        if (response.statusCode() == 400) {
            ConnectionFault.ofAnswer(text.text(), "http").ifPresent(fault -> {
                throw unreachable(operation, fault);
            });
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

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** When the answer must be there as a whole. */
    private record Deadline(long nanos) {
        Deadline(Duration from) {
            this(System.nanoTime() + from.toNanos());
        }

        /** At least a moment, so that what waits for it ends by it. */
        Duration left() {
            return Duration.ofNanos(Math.max(nanos - System.nanoTime(), MOMENT_NANOS));
        }
    }
}
