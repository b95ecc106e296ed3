package dev.antiphon.tool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A local service that plays a text model: it answers what a test says, and waits while the test says nothing. */
public final class PlayedTextModel implements AutoCloseable {
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer service;

    private record Answer(int status, String body) {}

    /** A request. */
    public record Asked(String path, String authorization, String apiKey, JsonNode body) {
        /** What the model is asked about. */
        public JsonNode data() {
            return JsonMapper.shared().readTree(body.at("/messages/1/content").asString());
        }
    }

    /** Starts it. */
    public PlayedTextModel() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(threads);
        service.createContext("/", this::answer);
        service.start();
    }

    /** Where its API begins. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/v1/");
    }

    /** The next answer has this content. */
    public PlayedTextModel says(String content) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.putArray("choices")
                .addObject()
                .put("finish_reason", "stop")
                .putObject("message")
                .put("role", "assistant")
                .put("content", content);
        return answers(200, body.toString());
    }

    /** The next answer is this. */
    public PlayedTextModel answers(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** The next request. */
    public Asked asked() throws InterruptedException {
        Asked next = asked.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was asked");
        }
        return next;
    }

    /** How many requests nobody has looked at. */
    public int more() {
        return asked.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                String.valueOf(exchange.getRequestHeaders().getFirst("api-key")),
                JsonMapper.shared().readTree(body)));
        try {
            Answer answer = answers.take();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        service.stop(0);
        threads.shutdownNow();
    }
}
