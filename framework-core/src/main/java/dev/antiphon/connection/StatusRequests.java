package dev.antiphon.connection;

import dev.antiphon.model.StatusPage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Gets status pages over HTTP. Thread-safe. */
public final class StatusRequests implements StatusPoller.Fetch {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;

    private StatusRequests(HttpClient http) {
        this.http = http;
    }

    /** Over this client. */
    public static StatusRequests over(HttpClient http) {
        return new StatusRequests(http);
    }

    /** Completes within 10 s; an answer that is not 2xx is none. */
    @Override
    public CompletionStage<Optional<String>> get(StatusPage page) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(page.uri()).timeout(TIMEOUT).header("Accept", "application/json");
        page.headers().forEach(request::header);
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> Optional.of(response)
                        .filter(answer -> answer.statusCode() / 100 == 2)
                        .map(HttpResponse::body))
                .exceptionally(failure -> Optional.empty());
    }
}
