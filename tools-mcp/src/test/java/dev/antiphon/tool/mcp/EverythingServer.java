package dev.antiphon.tool.mcp;

import dev.antiphon.testkit.junit.NodeModules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The official reference server, from npm. */
final class EverythingServer implements AutoCloseable {
    private static final Path PROGRAM =
            Path.of("src/test/node/node_modules/@modelcontextprotocol/server-everything/dist/index.js");

    private final Process process;
    private final int port;

    private EverythingServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Without Node.js and the server these tests cannot run, see {@link NodeModules}. */
    static void need() {
        NodeModules.in(Path.of("src/test/node"));
    }

    static List<String> command() {
        return List.of("node", PROGRAM.toAbsolutePath().toString(), "stdio");
    }

    /** Starts it over streamable HTTP and returns when it listens. */
    static EverythingServer overHttp() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            free.close();
            return overHttp(port);
        }
    }

    /** The same at a port that is known to be free. */
    static EverythingServer overHttp(int port) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("node", PROGRAM.toAbsolutePath().toString(), "streamableHttp");
        builder.environment().put("PORT", Integer.toString(port));
        Process process = builder.redirectErrorStream(true).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("listening on port")) {
                Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
                return new EverythingServer(process, port);
            }
        }
        throw new IOException("the server ended before it listened");
    }

    int port() {
        return port;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
