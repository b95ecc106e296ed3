package dev.antiphon.server.cli;

import dev.antiphon.time.TimeLimit;
import dev.antiphon.tool.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A Realtime server that somebody else started. Thread-safe; its methods wait for the network.
 *
 * @param client shared
 * @param realtime its WebSocket address
 * @param patience for answers about what it is; default 5 s
 */
record RemoteServer(HttpClient client, URI realtime, Duration patience) {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final String KEY = "ANTIPHON_API_KEY";
    private static final JsonMapper JSON = new JsonMapper();

    RemoteServer(HttpClient client, URI realtime) {
        this(client, realtime, Duration.ofSeconds(5));
    }

    /** Reads {@code ws://host:port/v1/realtime}, or a page's address from which that follows. */
    static URI addressOf(String url) {
        try {
            URI given = new URI(url.strip());
            String scheme = Optional.ofNullable(given.getScheme()).orElse("");
            boolean page = scheme.equals("http") || scheme.equals("https");
            if ((!page && !scheme.equals("ws") && !scheme.equals("wss")) || given.getHost() == null) {
                throw notAnAddress(url);
            }
            if (given.getPort() == 0 || given.getPort() > 65_535) {
                throw CliFailure.usage("--url must have a port from 1 to 65535, but was " + url);
            }
            String path = given.getRawPath();
            String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
            return URI.create((page ? scheme.replace("http", "ws") : scheme) + "://" + given.getRawAuthority()
                    + (path.isEmpty() || path.equals("/") ? "/v1/realtime" : path) + query);
        } catch (URISyntaxException e) {
            throw notAnAddress(url);
        }
    }

    private static CliFailure notAnAddress(String url) {
        return CliFailure.usage("--url must be like ws://127.0.0.1:8080/v1/realtime, but was " + url);
    }

    /** Whether an emulator answers there, so that latencies and costs are simulated. */
    boolean isSimulated() {
        HttpRequest request = HttpRequest.newBuilder(http("/v1/bot")).build();
        try {
            HttpResponse<String> response = answer(request, HttpResponse.BodyHandlers.ofString(), patience);
            return response.statusCode() == 200
                    && JSON.readTree(response.body()).path("simulated_speech").asBoolean(false);
        } catch (IOException | tools.jackson.core.JacksonException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Tells an emulator, alone or behind a gateway, which words it will hear. Real services need no such help. */
    void announce(String words) {
        String body =
                JSON.writeValueAsString(JsonNodeFactory.instance.objectNode().put("text", words));
        if (!accepts("/v1/simulated-speech", body)) {
            accepts("/emulator/speech", body);
        }
    }

    private boolean accepts(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(http(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status = answer(request, HttpResponse.BodyHandlers.discarding(), patience)
                    .statusCode();
            return status >= 200 && status < 300;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Asks its console, with the key in {@code ANTIPHON_API_KEY} if there is one.
     *
     * @throws CliFailure when it does not answer, or refuses
     */
    JsonNode ask(String method, String path, Map<String, String> environment) {
        return ask(path, environment, request -> request.method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /** Asks it with a JSON body; else as without. */
    JsonNode ask(String method, String path, String body, Map<String, String> environment) {
        return ask(
                path,
                environment,
                request -> request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode ask(String path, Map<String, String> environment, UnaryOperator<HttpRequest.Builder> asking) {
        HttpRequest.Builder request = asking.apply(HttpRequest.newBuilder(http(path)));
        Secret.in(environment, KEY).ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
        try {
            HttpResponse<String> response =
                    answer(request.build(), HttpResponse.BodyHandlers.ofString(), ANSWER_TIMEOUT);
            if (response.statusCode() == 401) {
                throw CliFailure.failed("the server wants a key; give it in " + KEY);
            }
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw CliFailure.failed(
                        body.at("/error/message").asString("the server answered with status " + response.statusCode()));
            }
            return body;
        } catch (IOException | tools.jackson.core.JacksonException e) {
            throw CliFailure.failed("no server of this kind answers at " + http("/") + "; name another with --url", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliFailure.failed("interrupted", e);
        }
    }

    /** A request's own time limit does not hold for the body of its answer; this one holds for all of it. */
    private <T> HttpResponse<T> answer(HttpRequest request, HttpResponse.BodyHandler<T> body, Duration limit)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(TimeLimit.missed(request.uri().toString(), limit));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private URI http(String path) {
        String scheme = "wss".equals(realtime.getScheme()) ? "https" : "http";
        return URI.create(scheme + "://" + realtime.getRawAuthority() + path);
    }
}
