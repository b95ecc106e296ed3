package dev.antiphon.samples.clinic.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A caller with nothing but the JDK's WebSocket, which sends whatever it is given. */
final class RawCaller implements AutoCloseable {
    private static final int SECONDS = 15;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> untaken = new LinkedBlockingQueue<>();
    private final List<JsonNode> errors = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private RawCaller(URI uri, String key) {
        socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + key)
                .buildAsync(uri, new Reader())
                .join();
    }

    static RawCaller connect(URI uri, String key) {
        return new RawCaller(uri, key);
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void sendBinary(byte[] content) {
        socket.sendBinary(ByteBuffer.wrap(content), true).join();
    }

    /** Types one line and asks for an answer. */
    void say(String line) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        var item = json.objectNode().put("type", "message").put("role", "user");
        item.putArray("content").addObject().put("type", "input_text").put("text", line);
        send(json.objectNode()
                .put("type", "conversation.item.create")
                .set("item", item)
                .toString());
        send("{\"type\":\"response.create\"}");
    }

    /** The words of the next response that was not cut short. */
    String answer() throws InterruptedException {
        StringBuilder words = new StringBuilder();
        await(event -> {
            if (type(event).equals("response.output_audio_transcript.done")) {
                words.append(event.path("transcript").asString()).append(' ');
            }
            return type(event).equals("response.done")
                    && event.at("/response/status").asString("").equals("completed");
        });
        return words.toString();
    }

    /** The next event of that type. */
    JsonNode await(String type) throws InterruptedException {
        return await(event -> type(event).equals(type));
    }

    private JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
        while (true) {
            JsonNode event = Optional.ofNullable(untaken.poll(SECONDS, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("nothing came for " + SECONDS + " s; errors: " + errors));
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    /** The errors so far. */
    List<JsonNode> errors() {
        return List.copyOf(errors);
    }

    /** How the server closed the socket: code and reason; waits for that. */
    String closed() {
        return closed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private static String type(JsonNode event) {
        return event.path("type").asString("");
    }

    private final class Reader implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                JsonNode event = JSON.readTree(partial.toString());
                partial.setLength(0);
                if (type(event).equals("error")) {
                    errors.add(event);
                }
                untaken.add(event);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(code + " " + reason);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete("1006 " + error);
        }
    }
}
