package dev.antiphon.realtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tools of an MCP server, which the service calls itself (protocol section 13). {@link #toString()} shows no secret.
 *
 * @param serverLabel names the server in items and events
 * @param server where it is; empty in the view of servers that hide it
 * @param authorization an OAuth token for it; secret
 * @param description what it is for, for the model
 * @param headers sent with every request to it; secret
 * @param allowed the tools that may be used; empty: all
 * @param approval which calls must be approved; empty: all
 * @param allowedCallers {@code direct} or {@code programmatic}; empty: as the service likes
 * @param deferLoading whether its tools are listed only when they are needed
 */
public record McpTool(
        String serverLabel,
        Optional<Server> server,
        Optional<String> authorization,
        Optional<String> description,
        Map<String, String> headers,
        Optional<Filter> allowed,
        Optional<Approval> approval,
        List<String> allowedCallers,
        Optional<Boolean> deferLoading)
        implements SessionTool {

    public McpTool {
        headers = Map.copyOf(headers);
        allowedCallers = List.copyOf(allowedCallers);
    }

    /** All tools of the server at this address, each call to be approved. */
    public static McpTool at(String serverLabel, String url) {
        return new McpTool(
                serverLabel,
                Optional.of(new Server.Url(url)),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** A copy with another rule of approval. */
    public McpTool withApproval(Approval rule) {
        return new McpTool(
                serverLabel,
                server,
                authorization,
                description,
                headers,
                allowed,
                Optional.of(rule),
                allowedCallers,
                deferLoading);
    }

    @Override
    public String toString() {
        return "McpTool[" + serverLabel + ", " + server.map(Object::toString).orElse("hidden") + "]";
    }

    /** Where an MCP server is. */
    public sealed interface Server {
        /** At an address that the service reaches. */
        record Url(String url) implements Server {}

        /** One that the provider runs, for example {@code connector_gmail}. */
        record Connector(String id) implements Server {}

        /** Behind a tunnel to the provider. */
        record Tunnel(String id) implements Server {}
    }

    /**
     * Some of a server's tools.
     *
     * @param toolNames these tools
     * @param readOnly those that say of themselves that they are
     */
    public record Filter(Optional<List<String>> toolNames, Optional<Boolean> readOnly) {
        public Filter {
            toolNames = toolNames.map(List::copyOf);
        }

        /** These tools. */
        public static Filter of(List<String> names) {
            return new Filter(Optional.of(names), Optional.empty());
        }
    }

    /** Which calls the client must approve. */
    public sealed interface Approval {
        /** Each call. */
        record Always() implements Approval {}

        /** None. */
        record Never() implements Approval {}

        /** Those of some tools and not those of others. */
        record Some(Optional<Filter> always, Optional<Filter> never) implements Approval {}
    }
}
