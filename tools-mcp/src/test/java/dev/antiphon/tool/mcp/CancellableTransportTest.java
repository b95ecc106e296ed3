package dev.antiphon.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class CancellableTransportTest {
    private final List<JSONRPCMessage> sent = new ArrayList<>();
    private final CancellableTransport transport = new CancellableTransport(
            new McpClientTransport() {
                @Override
                public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
                    return Mono.empty();
                }

                @Override
                public Mono<Void> sendMessage(JSONRPCMessage message) {
                    return Mono.fromRunnable(() -> sent.add(message));
                }

                @Override
                public Mono<Void> closeGracefully() {
                    return Mono.empty();
                }

                @Override
                public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
                    throw new UnsupportedOperationException();
                }
            },
            error -> {});
    private final CallToolRequest call =
            CallToolRequest.builder("book").progressToken("a").build();

    @Test
    void theServerIsToldUnderTheIdThatTheCallWentOutWith() {
        transport.sendMessage(new JSONRPCRequest("tools/call", "id-7", call)).block();
        transport.cancel(call, "nobody waits for it any more");
        assertThat(sent)
                .last()
                .isEqualTo(new JSONRPCNotification(
                        "2.0",
                        "notifications/cancelled",
                        Map.of("requestId", "id-7", "reason", "nobody waits for it any more")));
    }

    @Test
    void aCallThatIsOverIsNotCancelled() {
        transport.sendMessage(new JSONRPCRequest("tools/call", "id-7", call)).block();
        transport.forget(call);
        transport.cancel(call, "late");
        assertThat(sent).hasSize(1);
    }
}
