package dev.antiphon.server;

import dev.antiphon.testkit.junit.NodeModules;
import dev.antiphon.testkit.junit.NodeServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The official MCP reference server, which the tests of {@code tools-mcp} install. */
public final class EverythingServer {
    private static final Path PROGRAM = Path.of("@modelcontextprotocol/server-everything/dist/index.js");

    private EverythingServer() {}

    /** How to start it over its standard streams; a test that cannot is left out, see {@link NodeModules}. */
    public static List<String> command() {
        return command("stdio");
    }

    private static List<String> command(String transport) {
        Path modules = NodeModules.in(Path.of("../tools-mcp/src/test/node"));
        return List.of("node", modules.resolve(PROGRAM).toString(), transport);
    }

    /** Starts it over streamable HTTP and returns when it listens. */
    public static NodeServer overHttp() throws IOException {
        return NodeServer.start(command("streamableHttp"), "listening on port");
    }

    /** Where a server over HTTP is spoken to. */
    public static URI addressOf(NodeServer server) {
        return URI.create("http://127.0.0.1:" + server.port() + "/mcp");
    }
}
