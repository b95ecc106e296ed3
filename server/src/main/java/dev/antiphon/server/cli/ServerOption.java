package dev.antiphon.server.cli;

import java.net.http.HttpClient;
import java.util.Map;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The option that says which running server is asked. */
final class ServerOption {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The server's address; default ${DEFAULT-VALUE}.")
    private String url = "";

    /** Asks it with a JSON body, see {@link RemoteServer#ask}. */
    JsonNode ask(String method, String path, String body, Map<String, String> environment) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new RemoteServer(client, RemoteServer.addressOf(url)).ask(method, path, body, environment);
        }
    }

    /** Asks it, see {@link RemoteServer#ask}. */
    JsonNode ask(String method, String path, Map<String, String> environment) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new RemoteServer(client, RemoteServer.addressOf(url)).ask(method, path, environment);
        }
    }
}
