package dev.antiphon.samples.clinic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.UnusableToolSource;
import dev.antiphon.tool.openapi.OpenApiTools;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/**
 * The car park behind the clinic: an HTTP service with an OpenAPI document, whose operation the model may call. It stands for one
 * of somebody else's and so that the sample needs no network it runs in this process, at 127.0.0.1. Thread-safe.
 */
final class ParkingService implements ToolSource {
    /** All of its spaces. */
    static final int SPACES = 24;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final IntSupplier free;
    private final OpenApiTools tools;

    private ParkingService(IntSupplier free) throws IOException {
        this.free = free;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        try {
            tools = OpenApiTools.of(
                    document(),
                    options -> options.baseUrl(address())
                            .allow("free_parking_spaces")
                            .notForModel("sensor"));
        } catch (IOException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    /**
     * Starts it at a free port.
     *
     * @param free how many spaces are free now
     * @throws UnusableToolSource when it cannot listen, or its document cannot be used
     */
    static ParkingService start(IntSupplier free) {
        try {
            return new ParkingService(free);
        } catch (IOException e) {
            throw new UnusableToolSource(
                    "the clinic's parking service cannot listen at 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private static String document() throws IOException {
        try (InputStream document =
                Objects.requireNonNull(ParkingService.class.getResourceAsStream("parking.yaml"), "parking.yaml")) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = exchange.getRequestMethod().equals("GET")
                && exchange.getRequestURI().getPath().equals("/v1/spaces");
        String text = known
                ? "{\"free_spaces\":" + free.getAsInt() + ",\"of\":" + SPACES + ",\"sensor\":\"P1\"}"
                : "{\"message\":\"there is GET /v1/spaces only\"}";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Where it answers. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public List<Tool<?, ?>> tools() {
        return tools.tools();
    }

    @Override
    public void close() {
        tools.close();
        stop();
    }

    private void stop() {
        server.stop(0);
        threads.shutdownNow();
    }
}
