package dev.antiphon.tool;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Which source of tools is wanted, in the words of a person who names one on a command line. Immutable.
 *
 * @param place where the tools are
 * @param allowed which of them
 * @param credentials by which the source says who it is; none: not at all
 * @param leftOut is told the name of a tool that no model can be given, and why; the source then starts without it. Empty: it does
 *     not start
 */
public record ToolSourceRequest(
        Place place,
        AllowedTools allowed,
        List<SourceCredential> credentials,
        Optional<BiConsumer<String, String>> leftOut) {
    public ToolSourceRequest {
        credentials = List.copyOf(credentials);
    }

    /** Of a source that does not start when one of its tools is unusable. */
    public ToolSourceRequest(Place place, AllowedTools allowed, List<SourceCredential> credentials) {
        this(place, allowed, credentials, Optional.empty());
    }

    /** Where tools are. */
    public sealed interface Place {
        /**
         * Operations of an OpenAPI document.
         *
         * @param document the file
         * @param baseUrl where the service is
         */
        record OpenApi(Path document, URI baseUrl) implements Place {}

        /**
         * An MCP server over the standard streams of a process.
         *
         * @param command the program and its arguments, at least the program
         */
        record McpProcess(List<String> command) implements Place {
            public McpProcess {
                command = List.copyOf(command);
                if (command.isEmpty()) {
                    throw new IllegalArgumentException("the command of an MCP server must name a program");
                }
            }
        }

        /**
         * An MCP server over streamable HTTP.
         *
         * @param endpoint its whole address
         */
        record McpServer(URI endpoint) implements Place {}
    }
}
