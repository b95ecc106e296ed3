package dev.antiphon.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.antiphon.tool.AllowedTools;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.SourceCredential;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.ToolSourceOpener;
import dev.antiphon.tool.ToolSourceRequest;
import dev.antiphon.tool.ToolSourceRequest.Place;
import dev.antiphon.tool.UnusableToolSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class McpOpenerTest {
    private static final Secret KEY = Secret.of("canary-88");

    private static ToolSource open(Place place, SourceCredential... credentials) {
        return ToolSourceOpener.opened(new ToolSourceRequest(place, AllowedTools.of("pid"), List.of(credentials)));
    }

    @Test
    void aProcessIsStartedAndItsAllowedToolsAreThere() {
        try (ToolSource source = open(new Place.McpProcess(DeskServer.command("usual")))) {
            assertThat(source.tools()).extracting(Tool::name).containsExactly("pid");
        }
    }

    @Test
    void aProcessGetsItsCredentialAndWhatItSaysOfItIsNotRepeated() {
        Place broken = new Place.McpProcess(DeskServer.command("broken"));
        assertThatThrownBy(() -> open(broken, new SourceCredential.Variable("DESK_KEY", KEY)))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("cannot open the desk with key ***");
    }

    @Test
    void aServerAtAnAddressIsToldTheCredentials() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mcp", exchange -> {
            told.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("X-Desk"));
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
            assertThatThrownBy(() -> open(
                            new Place.McpServer(address),
                            new SourceCredential.Bearer(KEY),
                            new SourceCredential.Header("X-Desk", Secret.of("7"))))
                    .isInstanceOf(UnusableToolSource.class)
                    .hasMessageNotContaining("canary");
        } finally {
            server.stop(0);
        }
        assertThat(told).contains("Bearer canary-88 7");
    }

    @Test
    void placesOfOtherKindsAreLeftToOthers() {
        ToolSourceRequest other = new ToolSourceRequest(
                new Place.OpenApi(Path.of("a.yaml"), URI.create("http://localhost")), AllowedTools.of("*"), List.of());
        assertThat(new McpOpener().open(other)).isEmpty();
    }
}
