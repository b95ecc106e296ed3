package dev.antiphon.tool.mcp;

import dev.antiphon.tool.Secret;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A server as a process of its own that is spoken to over its standard streams, one message a line. The library's own
 * transport neither tells when the process has ended nor ends one that does not want to; this one does both. Thread-safe.
 */
final class ServerProcess implements McpClientTransport {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final Set<String> HANDED_ON = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LC_ALL",
            "TERM",
            "TMPDIR",
            "TEMP",
            "TMP",
            "SYSTEMROOT",
            "PATHEXT",
            "APPDATA",
            "USERPROFILE");
    /** The longest message that is read. */
    static final int MOST_LINE_CHARS = 8_000_000;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final McpJsonMapper json = McpJsonDefaults.getMapper();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final String name;
    private final Process process;
    private final ExecutorService writer;
    private final LastWords lastWords = new LastWords();
    private volatile boolean called;

    private ServerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.writer = Executors.newSingleThreadExecutor(thread("in").factory());
    }

    /** For reads and writes that may block without end: on a virtual thread they would keep a carrier from all others. */
    private Thread.Builder thread(String stream) {
        return Thread.ofPlatform().daemon().name("mcp-" + name + "-" + stream);
    }

    /**
     * Starts the program.
     *
     * @throws IOException when there is no such program
     */
    static ServerProcess start(String name, List<String> command, Map<String, Secret> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(HANDED_ON);
        environment.forEach((variable, value) -> builder.environment().put(variable, value.reveal()));
        ServerProcess server = new ServerProcess(name, builder.start());
        Thread errors = server.thread("err").start(server::readErrors);
        Thread.ofVirtual().name("mcp-" + name + "-exit").start(() -> server.awaitEnd(errors));
        return server;
    }

    /**
     * Completed, with words for a log, when the process has ended for whatever reason. What it said itself is among them only
     * before it was called: later it may hold arguments.
     */
    CompletableFuture<String> ended() {
        return ended;
    }

    /** The process itself. */
    ProcessHandle handle() {
        return process.toHandle();
    }

    private void awaitEnd(Thread errors) {
        int status = process.onExit().join().exitValue();
        try {
            errors.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String words = called ? "" : lastWords.told();
        ended.complete(
                "its process ended with status " + status + (words.isEmpty() ? "" : "; its last words: " + words));
        writer.shutdown();
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromRunnable(() -> thread("out").start(() -> readMessages(handler)));
    }

    private void readMessages(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        try (BufferedReader reader = reader(process.getInputStream())) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    check(line.length());
                    continue;
                }
                received(line.toString(), handler);
                line.setLength(0);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("an MCP server's output ended: {}", e.getMessage());
            handle().destroy();
        }
    }

    private static void check(int length) {
        if (length > MOST_LINE_CHARS) {
            throw new IllegalStateException("a message must have at most " + MOST_LINE_CHARS + " characters");
        }
    }

    private void received(String line, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        if (line.isBlank()) {
            return;
        }
        try {
            JSONRPCMessage message = McpSchema.deserializeJsonRpcMessage(json, line);
            handler.apply(Mono.just(message))
                    .subscribe(done -> {}, error -> LOG.debug("a message of an MCP server was not understood", error));
        } catch (IOException | RuntimeException e) {
            LOG.debug("an MCP server wrote a line that is no message ({} characters)", line.length());
        }
    }

    private void readErrors() {
        try (BufferedReader reader = reader(process.getErrorStream())) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lastWords.heard(line);
            }
        } catch (IOException e) {
            LOG.debug("an MCP server's error output ended: {}", e.getMessage());
        }
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        if (message instanceof JSONRPCRequest request && request.method().equals(McpSchema.METHOD_TOOLS_CALL)) {
            called = true;
        }
        return Mono.fromFuture(() -> CompletableFuture.runAsync(() -> write(message), writer));
    }

    private void write(JSONRPCMessage message) {
        try {
            byte[] line = (json.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8);
            process.getOutputStream().write(line);
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::end);
    }

    /**
     * Closes its input, asks it to end, and ends it with what it started when it does not. The process's own methods to end it
     * close its streams first, which waits for a write that the process never reads.
     */
    void end() {
        List<ProcessHandle> children = process.descendants().toList();
        thread("close").start(this::closeInput);
        handle().destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                handle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            handle().destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("an MCP server's input was closed with something unwritten: {}", e.getMessage());
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }
}
