package dev.antiphon.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator who is logged in to a console, without a browser. */
final class ConsoleClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI console;
    private String cookie = "";
    private String guard = "";

    private ConsoleClient(URI console) {
        this.console = console;
    }

    static ConsoleClient logIn(URI console, String password) throws Exception {
        ConsoleClient client = new ConsoleClient(console);
        HttpResponse<String> answer = client.post("api/login", "{\"password\":\"" + password + "\"}");
        client.cookie = answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        client.guard = client.view("session").path("guard").asString();
        return client;
    }

    /** What a view shows. */
    JsonNode view(String name) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(console.resolve("api/" + name))
                .header("Cookie", cookie)
                .build();
        return JsonMapper.shared()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    /** Gives an order. */
    HttpResponse<String> order(String name, String body) throws Exception {
        return post("api/controls/" + name, body);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(console.resolve(path)).POST(BodyPublishers.ofString(body));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie).header("X-Antiphon-Guard", guard);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
