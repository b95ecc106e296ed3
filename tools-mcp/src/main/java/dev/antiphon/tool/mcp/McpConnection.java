package dev.antiphon.tool.mcp;

import dev.antiphon.connection.ConnectionFault;
import dev.antiphon.time.TimeLimit;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.UnknownOutcome;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** One connection to a server, from its start until it is lost or closed. Blocks the thread that calls. Thread-safe. */
final class McpConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpConnection.class);
    private static final Duration PING = Duration.ofSeconds(2);
    private static final Duration MOMENT = Duration.ofMillis(500);
    /** Parse error, invalid request, method not found, invalid parameters (JSON-RPC 2.0 section 5.1). */
    private static final Set<Integer> NOT_BEGUN = Set.of(-32700, -32600, -32601, -32602);

    private static final String CANCELLED = "nobody waits for it any more";

    private final String name;
    private final McpOptions options;
    private final CancellableTransport transport;
    private final McpAsyncClient client;
    private final CompletableFuture<String> lost;
    private volatile boolean called;
    private final AtomicBoolean doubting = new AtomicBoolean();

    private McpConnection(
            String name,
            McpOptions options,
            McpClientTransport transport,
            CompletableFuture<String> lost,
            Consumer<List<McpSchema.Tool>> changed) {
        this.name = name;
        this.options = options;
        this.lost = lost;
        this.transport = new CancellableTransport(transport, this::doubt);
        this.client = McpClient.async(this.transport)
                .clientInfo(
                        McpSchema.Implementation.builder("antiphon", "0.1.0").build())
                .requestTimeout(options.startTimeout().plus(options.callTimeout()))
                .initializationTimeout(options.startTimeout().plus(options.callTimeout()))
                .toolsChangeConsumer(tools -> Mono.fromRunnable(() -> changed.accept(tools)))
                .build();
    }

    /** How a transport comes to be. */
    @FunctionalInterface
    interface Opening {
        /** Opens it; {@code lost} is completed with the reason when it is lost. */
        McpClientTransport open(CompletableFuture<String> lost) throws IOException;
    }

    /**
     * Connects and shakes hands.
     *
     * @param changed gets the server's tools when the server says that they changed
     * @throws IOException when that does not work, with the reason in words
     */
    static McpConnection open(String name, McpOptions options, Opening opening, Consumer<List<McpSchema.Tool>> changed)
            throws IOException, InterruptedException {
        CompletableFuture<String> lost = new CompletableFuture<>();
        McpConnection connection = new McpConnection(name, options, opening.open(lost), lost, changed);
        boolean ready = false;
        try {
            connection.await(connection.client.initialize(), options.startTimeout());
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /**
     * All tools of the server.
     *
     * @throws IOException when it does not tell them, with the reason in words
     */
    List<McpSchema.Tool> list() throws IOException, InterruptedException {
        return await(client.listTools(), options.startTimeout()).tools();
    }

    private <T> T await(Mono<T> mono, Duration timeout) throws IOException, InterruptedException {
        CompletableFuture<T> answer = mono.toFuture();
        try {
            CompletableFuture.anyOf(answer, lost).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!answer.isDone()) {
                throw new IOException(options.scrubbed(lost.join()));
            }
            return answer.get();
        } catch (TimeoutException e) {
            throw new IOException(TimeLimit.missed("it", timeout), e);
        } catch (ExecutionException e) {
            throw new IOException(options.scrubbed(reason(e)));
        } finally {
            answer.cancel(true);
        }
    }

    /** What broke a connection is often seen before it is known why: that a process ended, and its last words. */
    private String reason(ExecutionException error) throws InterruptedException {
        Optional<String> tls = ConnectionFault.ofTls(error, "http");
        if (tls.isPresent()) {
            return tls.get();
        }
        try {
            return error.getCause() instanceof McpError
                    ? words(error)
                    : lost.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return words(error);
        }
    }

    private static String words(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .map(cause -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                .reduce((first, last) -> last)
                .orElse("no reason was given");
    }

    /**
     * Calls a tool. Interrupted, it tells the server that nobody waits any more.
     *
     * @param looks whether the tool changes nothing
     * @throws ToolFailure with words for the model
     */
    CallToolResult call(String tool, Map<String, Object> arguments, boolean looks) throws InterruptedException {
        called = true;
        CallToolRequest request = CallToolRequest.builder(tool)
                .arguments(arguments)
                .progressToken(UUID.randomUUID().toString())
                .build();
        CompletableFuture<CallToolResult> answer = client.callTool(request).toFuture();
        try {
            CompletableFuture.anyOf(answer, lost).get(options.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
            if (!answer.isDone()) {
                throw broken(looks);
            }
            return answer.get();
        } catch (TimeoutException e) {
            transport.cancel(request, CANCELLED);
            throw failure(TimeLimit.missed("the tool's server", options.callTimeout()), looks);
        } catch (InterruptedException e) {
            transport.cancel(request, CANCELLED);
            throw e;
        } catch (ExecutionException e) {
            throw failed(tool, e, looks);
        } finally {
            transport.forget(request);
            answer.cancel(true);
        }
    }

    private ToolFailure failed(String tool, ExecutionException error, boolean looks) {
        if (error.getCause() instanceof McpError refused && refused.getJsonRpcError() != null) {
            LOG.info(
                    "MCP server '{}' refused the call of '{}': code {}",
                    name,
                    tool,
                    refused.getJsonRpcError().code());
            return refused(refused.getJsonRpcError(), looks);
        }
        lost.complete("the connection broke" + told(words(error)));
        return broken(looks);
    }

    /** Words of the server or about it for a log; none once it was called, since they may hold arguments. */
    private String told(String words) {
        return called ? "" : ": " + words;
    }

    /** What it could not read, does not know or finds wrong was not begun; with any other code it may have been. */
    private ToolFailure refused(McpSchema.JSONRPCResponse.JSONRPCError error, boolean looks) {
        String said = options.scrubbed(String.valueOf(error.message()));
        return NOT_BEGUN.contains(error.code())
                ? new ToolFailure("the tool's server refused the call: " + said)
                : failure("the tool's server failed: " + said, looks);
    }

    private static ToolFailure broken(boolean looks) {
        return failure("the tool's server was lost while it worked", looks);
    }

    private static ToolFailure failure(String words, boolean looks) {
        return looks ? new ToolFailure(words) : new UnknownOutcome(words);
    }

    /** One stream broke: when the server does not answer any more, the connection is lost and no call will be answered. */
    private void doubt(Throwable error) {
        // Nothing else would be learnt by asking, and whoever waits is told the same whichever thread is quicker.
        ConnectionFault.ofTls(error, "http").ifPresent(lost::complete);
        if (error instanceof IOException && !lost.isDone() && doubting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("mcp-" + name + "-doubt").start(() -> {
                try {
                    await(client.ping(), PING);
                    doubting.set(false);
                } catch (IOException e) {
                    lost.complete("the connection broke" + told(String.valueOf(e.getMessage())));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** Completed with the reason when the connection is lost. */
    CompletableFuture<String> lost() {
        return lost;
    }

    @Override
    public void close() {
        lost.complete("it was closed");
        try {
            client.closeGracefully().toFuture().get(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("MCP server '{}' was not left in good order: {}", name, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            transport.closeGracefully().subscribe(done -> {}, error -> {});
        }
    }
}
