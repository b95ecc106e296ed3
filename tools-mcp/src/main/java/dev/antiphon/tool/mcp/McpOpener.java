package dev.antiphon.tool.mcp;

import dev.antiphon.tool.SourceCredential;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.ToolSourceOpener;
import dev.antiphon.tool.ToolSourceRequest;
import dev.antiphon.tool.ToolSourceRequest.Place;
import dev.antiphon.tool.UnusableToolSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Opens {@link McpTools} for programs that know only {@link ToolSourceOpener}. Stateless. */
public final class McpOpener implements ToolSourceOpener {

    /** For {@link java.util.ServiceLoader}. */
    public McpOpener() {}

    @Override
    public Optional<ToolSource> open(ToolSourceRequest request) {
        return switch (request.place()) {
            case Place.OpenApi other -> Optional.empty();
            case Place.McpProcess process ->
                Optional.of(McpTools.stdio(
                        nameOf(process.command()), process.command(), choose(request, McpOpener::ofProcess)));
            case Place.McpServer server ->
                Optional.of(McpTools.http(
                        nameOf(server.endpoint()), server.endpoint(), choose(request, McpOpener::ofServer)));
        };
    }

    private static String nameOf(List<String> command) {
        Path program = Path.of(command.getFirst());
        return Optional.ofNullable(program.getFileName()).orElse(program).toString();
    }

    private static String nameOf(URI endpoint) {
        return Optional.ofNullable(endpoint.getHost()).orElse(endpoint.toString());
    }

    private static UnaryOperator<McpOptions> choose(ToolSourceRequest request, Credential credential) {
        return options -> {
            McpOptions chosen = options.allow(request.allowed().patterns().toArray(String[]::new));
            for (SourceCredential each : request.credentials()) {
                chosen = credential.addTo(chosen, each);
            }
            return request.leftOut().map(chosen::leavingOut).orElse(chosen);
        };
    }

    /** How a place takes its credentials. */
    private interface Credential {
        McpOptions addTo(McpOptions options, SourceCredential credential);
    }

    private static McpOptions ofProcess(McpOptions options, SourceCredential credential) {
        if (credential instanceof SourceCredential.Variable variable) {
            return options.environment(variable.name(), variable.value());
        }
        throw new UnusableToolSource("the process of an MCP server gets its credentials as environment variables only");
    }

    private static McpOptions ofServer(McpOptions options, SourceCredential credential) {
        return switch (credential) {
            case SourceCredential.Bearer bearer -> options.bearer(bearer.token());
            case SourceCredential.Header header -> options.header(header.name(), header.value());
            case SourceCredential.Basic basic -> throw onlyHeaders();
            case SourceCredential.Query query -> throw onlyHeaders();
            case SourceCredential.Variable variable -> throw onlyHeaders();
        };
    }

    private static UnusableToolSource onlyHeaders() {
        return new UnusableToolSource(
                "an MCP server at an address gets its credentials as a bearer token or as headers only");
    }
}
