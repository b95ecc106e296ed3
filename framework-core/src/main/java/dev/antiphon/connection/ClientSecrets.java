package dev.antiphon.connection;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.realtime.ClientSecret;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.wire.ClientSecretMessages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Asks a provider for keys that browsers may hold, so that its own key stays on the server (protocol section 15). A session that a
 * browser opens with one goes to the provider directly: no dialog, tool or journal of this framework sees it. Thread-safe.
 */
public final class ClientSecrets {
    /** The shortest life of a key that the service allows. */
    public static final Duration SHORTEST_LIFE = Duration.ofSeconds(10);

    /** The longest. */
    public static final Duration LONGEST_LIFE = Duration.ofHours(2);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;

    private ClientSecrets(HttpClient http) {
        this.http = http;
    }

    /** What became of a request. */
    public sealed interface Answer {
        /** A key. */
        record Made(ClientSecret secret) implements Answer {}

        /**
         * None.
         *
         * @param status of HTTP; 0 when there was no answer
         * @param message why, without credentials
         */
        record NotMade(int status, String message) implements Answer {}
    }

    /** Over this client, whose executor runs what follows an answer. */
    public static ClientSecrets over(HttpClient http) {
        return new ClientSecrets(http);
    }

    /**
     * Asks for a key.
     *
     * @param endpoint the model's, with the credentials; its WebSocket address tells the address to ask at
     * @param session what the browser's sessions begin with; the model is fixed by it
     * @param life how long the key opens sessions: 10 s to 2 h, the service's default is 10 min
     * @return completes within 10 s, never exceptionally
     * @throws IllegalArgumentException when the life is out of bounds or the session names no model
     */
    public CompletionStage<Answer> create(ModelEndpoint endpoint, SessionConfig session, Duration life) {
        if (life.compareTo(SHORTEST_LIFE) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("a client secret lives 10 s to 2 h, but was asked for " + life);
        }
        if (session.model().isEmpty()) {
            throw new IllegalArgumentException("a client secret is for one model: set it in the session");
        }
        Secrets secrets = Secrets.of(endpoint.headers(), endpoint.subprotocols());
        HttpRequest.Builder request = HttpRequest.newBuilder(address(endpoint.uri()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(ClientSecretMessages.request(session, life)));
        endpoint.headers().forEach(request::header);
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> read(response, secrets))
                .exceptionally(failure -> new Answer.NotMade(
                        0, secrets.removedFrom("no answer from " + endpoint.address() + ": " + failure.getMessage())));
    }

    private static Answer read(HttpResponse<String> response, Secrets secrets) {
        if (response.statusCode() / 100 != 2) {
            String why = ClientSecretMessages.problem(response.body()).orElse("HTTP " + response.statusCode());
            return new Answer.NotMade(response.statusCode(), secrets.removedFrom(why));
        }
        return ClientSecretMessages.answer(response.body())
                .<Answer>map(Answer.Made::new)
                .orElseGet(() -> new Answer.NotMade(response.statusCode(), "the answer holds no client secret"));
    }

    private static URI address(URI realtime) {
        String scheme = realtime.getScheme().equals("wss") ? "https" : "http";
        return URI.create(scheme + "://" + realtime.getRawAuthority() + realtime.getRawPath() + "/client_secrets");
    }
}
