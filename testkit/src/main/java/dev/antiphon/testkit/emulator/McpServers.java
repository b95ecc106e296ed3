package dev.antiphon.testkit.emulator;

import java.util.Map;
import java.util.Optional;

/**
 * The MCP servers that an emulator plays in place of those on the network (protocol section 13). Asked on the timelines of
 * sessions: must be thread-safe and must not block.
 */
@FunctionalInterface
public interface McpServers {

    /**
     * The server that a session's {@code server_label} means; empty when it cannot be reached, so that the listing of its tools
     * fails. Addresses, connectors and credentials that the session names are not looked at.
     */
    Optional<McpServer> labelled(String serverLabel);

    /** No server: each listing fails. */
    static McpServers none() {
        return label -> Optional.empty();
    }

    /** These servers by label. */
    static McpServers of(Map<String, McpServer> byLabel) {
        Map<String, McpServer> servers = Map.copyOf(byLabel);
        return label -> Optional.ofNullable(servers.get(label));
    }
}
