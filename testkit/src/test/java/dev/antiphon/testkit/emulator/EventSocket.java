package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JDK's WebSocket client, read event by event. */
final class EventSocket implements WebSocket.Listener, AutoCloseable {
    private static final int LONGEST_SECONDS = 10;

    private final StringBuilder text = new StringBuilder();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    private EventSocket(URI uri, String key, String... headers) throws Exception {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (!key.isEmpty()) {
            builder.header("Authorization", "Bearer " + key);
        }
        for (int at = 0; at < headers.length; at += 2) {
            builder.header(headers[at], headers[at + 1]);
        }
        socket = builder.buildAsync(uri, this).get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    static EventSocket open(URI uri, String key, String... headers) throws Exception {
        return new EventSocket(uri, key, headers);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            events.add(JsonMapper.shared().readTree(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return CompletableFuture.completedFuture(null);
    }

    void send(String json) throws Exception {
        socket.sendText(json, true).get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    JsonNode next() throws Exception {
        JsonNode event = events.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("the next event").isNotNull();
        return event;
    }

    /** The next event of this type; others before it are passed over. */
    JsonNode next(String type) throws Exception {
        JsonNode event = next();
        while (!event.path("type").asString("").equals(type)) {
            event = next();
        }
        return event;
    }

    int closeCode() throws Exception {
        return closed.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
