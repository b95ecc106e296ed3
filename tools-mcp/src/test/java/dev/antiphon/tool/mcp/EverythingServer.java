package dev.antiphon.tool.mcp;

import dev.antiphon.testkit.junit.NodeModules;
import dev.antiphon.testkit.junit.NodeServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The official reference server, from npm. */
final class EverythingServer {
    private static final Path PROGRAM = Path.of("@modelcontextprotocol/server-everything/dist/index.js");
    private static final Path MODULES = Path.of("src/test/node");
    private static final String READY = "listening on port";

    private EverythingServer() {}

    /** Without Node.js and the server these tests cannot run, see {@link NodeModules}. */
    static void need() {
        NodeModules.in(MODULES);
    }

    /** How to start it over its standard streams. */
    static List<String> command() {
        return command("stdio");
    }

    private static List<String> command(String transport) {
        return List.of("node", NodeModules.in(MODULES).resolve(PROGRAM).toString(), transport);
    }

    /** Starts it over streamable HTTP and returns when it listens. */
    static NodeServer overHttp() throws IOException {
        return NodeServer.start(command("streamableHttp"), READY);
    }

    /** The same at a port that is known to be free. */
    static NodeServer overHttp(int port) throws IOException {
        return NodeServer.start(command("streamableHttp"), READY, port);
    }

    /** Where a server over HTTP is spoken to. */
    static URI addressOf(NodeServer server) {
        return URI.create("http://127.0.0.1:" + server.port() + "/mcp");
    }
}
