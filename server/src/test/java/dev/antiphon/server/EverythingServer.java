package dev.antiphon.server;

import dev.antiphon.testkit.junit.NodeModules;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The official MCP reference server, which the tests of {@code tools-mcp} install. */
public final class EverythingServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("@modelcontextprotocol/server-everything/dist/index.js");

    private final Process process;
    private final int port;

    private EverythingServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** How to start it over its standard streams; a test that cannot is left out, see {@link NodeModules}. */
    public static List<String> command() {
        return command("stdio");
    }

    private static List<String> command(String transport) {
        Path modules = NodeModules.in(Path.of("../tools-mcp/src/test/node"));
        return List.of("node", modules.resolve(PROGRAM).toString(), transport);
    }

    /** Starts it over streamable HTTP and returns when it listens. */
    public static EverythingServer overHttp() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(command("streamableHttp")).redirectErrorStream(true);
        builder.environment().put("PORT", Integer.toString(port));
        Process process = builder.start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("listening on port")) {
                Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
                return new EverythingServer(process, port);
            }
        }
        throw new IOException("the server ended before it listened");
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
