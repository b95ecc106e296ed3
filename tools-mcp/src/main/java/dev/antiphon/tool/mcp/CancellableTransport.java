package dev.antiphon.tool.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A transport that can tell the server that a call is not wanted any more, which the library's client does not: it remembers
 * under which id each call went out. Thread-safe.
 */
final class CancellableTransport implements McpClientTransport {
    private final McpClientTransport transport;
    private final Consumer<Throwable> broke;
    private final Map<CallToolRequest, Object> ids = new ConcurrentHashMap<>();

    /**
     * Wraps a transport.
     *
     * @param broke hears when one of its streams breaks, on any thread
     */
    CancellableTransport(McpClientTransport transport, Consumer<Throwable> broke) {
        this.transport = transport;
        this.broke = broke;
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        if (message instanceof JSONRPCRequest request && request.params() instanceof CallToolRequest call) {
            ids.put(call, request.id());
        }
        return transport.sendMessage(message);
    }

    /** The call is over. */
    void forget(CallToolRequest call) {
        ids.remove(call);
    }

    /** Tells the server that nobody waits for the call; errors are of no interest. */
    void cancel(CallToolRequest call, String reason) {
        Optional.ofNullable(ids.remove(call))
                .ifPresent(id -> transport
                        .sendMessage(new JSONRPCNotification(
                                McpSchema.JSONRPC_VERSION,
                                "notifications/cancelled",
                                Map.of("requestId", id, "reason", reason)))
                        .subscribe(done -> {}, error -> {}));
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return transport.connect(handler);
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        transport.setExceptionHandler(broke.andThen(handler));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return transport.closeGracefully();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return transport.unmarshalFrom(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return transport.protocolVersions();
    }
}
