package dev.antiphon.testkit.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A server for Node.js that a test starts, at the port that it finds in the environment variable {@code PORT}. */
public final class NodeServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private NodeServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it at a free port, see {@link #start(List, String, int)}. */
    public static NodeServer start(List<String> command, String ready) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            free.close();
            return start(command, ready, port);
        }
    }

    /**
     * Starts it and returns when it has said that it is ready.
     *
     * @param command the program and its arguments
     * @param ready words of the line that says so
     * @param port where it is to listen
     * @throws IOException when it does not start, or ends before it has said so
     */
    public static NodeServer start(List<String> command, String ready, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PORT", Integer.toString(port));
        Process process = builder.start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(ready)) {
                Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
                return new NodeServer(process, port);
            }
        }
        throw new IOException("the server ended before it was ready: " + command);
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Ends it, and waits for that. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
