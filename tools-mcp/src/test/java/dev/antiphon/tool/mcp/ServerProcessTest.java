package dev.antiphon.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerProcessTest {
    private static final List<String> DEAF = List.of("sh", "-c", "trap '' TERM; while true; do sleep 1; done");

    @Test
    void aProcessThatReadsNothingAndDoesNotWantToEndIsEndedInTime() throws IOException {
        ServerProcess server = ServerProcess.start("deaf", DEAF, Map.of());
        ProcessHandle process = server.handle();
        try {
            server.sendMessage(new JSONRPCNotification("2.0", "long", Map.of("text", "x".repeat(1_000_000))))
                    .subscribe(done -> {}, error -> {});
            while (!writes("mcp-deaf-in")) {
                Thread.onSpinWait();
            }
            CompletableFuture.runAsync(server::end)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(process.isAlive()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean writes(String thread) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().equals(thread))
                .flatMap(each -> Arrays.stream(each.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("writeBytes"));
    }
}
