package dev.antiphon.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bare client of the Realtime protocol that keeps every event it got. */
final class RealtimeClient implements AutoCloseable, WebSocket.Listener {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> coming = new LinkedBlockingQueue<>();
    private final List<JsonNode> seen = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private RealtimeClient(URI uri) {
        socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer any")
                .buildAsync(uri, this)
                .join();
    }

    static RealtimeClient connect(URI uri) {
        return new RealtimeClient(uri);
    }

    void send(String json) {
        socket.sendText(json, true).join();
    }

    /** The next event of this type; what came before it is passed over, but kept. */
    JsonNode next(String type) throws InterruptedException {
        for (JsonNode event = coming.poll(20, TimeUnit.SECONDS);
                event != null;
                event = coming.poll(20, TimeUnit.SECONDS)) {
            seen.add(event);
            if (event.path("type").asString().equals(type)) {
                return event;
            }
        }
        throw new AssertionError("no " + type + ", but "
                + seen.stream().map(e -> e.path("type").asString()).toList() + " " + seen("error"));
    }

    /** Every event of this type up to the last that was waited for. */
    List<JsonNode> seen(String type) {
        return seen.stream().filter(e -> e.path("type").asString().equals(type)).toList();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            coming.add(JSON.readTree(partial.toString()));
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
