package dev.antiphon.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A restaurant's booking service over HTTP. It knows by a key what it has booked already. Thread-safe. */
final class TableService implements AutoCloseable {
    static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Tables, version: "1"}
            paths:
              /tables:
                get:
                  operationId: find_tables
                  summary: Lists the times at which a table is free.
                  parameters:
                    - {name: day, in: query, required: true, schema: {type: string, format: date}}
                    - {name: people, in: query, required: true, schema: {type: integer, minimum: 1, maximum: 8}}
                  responses: {"200": {description: times}}
              /bookings:
                post:
                  operationId: book_table
                  summary: Books a table.
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [day, time, people, name]
                          properties:
                            day: {type: string, format: date}
                            time: {type: string, pattern: "[0-9]{2}:[0-9]{2}"}
                            people: {type: integer, minimum: 1, maximum: 8}
                            name: {type: string, minLength: 1}
                  responses: {"201": {description: booked}}
            """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean breaks = new AtomicBoolean();
    private final Map<String, String> bookings = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();

    TableService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next booking is made, and its answer lost. */
    void breaksOnce() {
        breaks.set(true);
    }

    /** What is booked, by key. */
    synchronized Map<String, String> bookings() {
        return new LinkedHashMap<>(bookings);
    }

    /** Method and address of what it was asked. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, "{\"free\":[\"19:00\",\"20:30\"]}");
            return;
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        bookings.putIfAbsent(key, body);
        if (breaks.getAndSet(false)) {
            exchange.close();
            return;
        }
        send(exchange, 201, "{\"reference\":\"T" + bookings.size() + "\"}");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
