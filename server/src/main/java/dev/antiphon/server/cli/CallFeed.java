package dev.antiphon.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * The gateway's server-sent events about one call. Other Realtime servers have none; then {@link #follow} says so. Thread-safe.
 *
 * @param client shared by many feeds
 * @param events address of the stream
 */
record CallFeed(HttpClient client, URI events) {

    /** The feed of a session on the server behind a Realtime address. */
    static CallFeed of(HttpClient client, URI realtime, String session) {
        String scheme = "wss".equals(realtime.getScheme()) ? "https" : "http";
        String path = "/v1/calls/" + session + "/events";
        return new CallFeed(client, URI.create(scheme + "://" + realtime.getAuthority() + path));
    }

    /**
     * Reads the stream on this thread until {@code data} returns false or the stream ends.
     *
     * @param data takes the JSON text of one event, and says whether to go on
     * @return whether there is such a feed at all
     */
    boolean follow(Predicate<String> data) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(events)
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                boolean isFeed = response.statusCode() == 200
                        && response.headers()
                                .firstValue("content-type")
                                .orElse("")
                                .startsWith("text/event-stream");
                if (isFeed) {
                    read(lines, data);
                }
                return isFeed;
            }
        } catch (IOException e) {
            // Not our gateway, or it went away: the caller goes on with what the caller's side saw.
            return false;
        }
    }

    private static void read(BufferedReader lines, Predicate<String> data) throws IOException {
        StringBuilder event = new StringBuilder();
        String line = lines.readLine();
        while (line != null) {
            if (line.startsWith("data:")) {
                event.append(line.substring("data:".length()).strip());
            } else if (line.isEmpty() && !event.isEmpty()) {
                if (!data.test(event.toString())) {
                    return;
                }
                event.setLength(0);
            }
            line = lines.readLine();
        }
    }
}
