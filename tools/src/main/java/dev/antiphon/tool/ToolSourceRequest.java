package dev.antiphon.tool;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Which source of tools is wanted, in the words of a person who names one on a command line. Immutable.
 *
 * @param place where the tools are
 * @param allowed which of them
 * @param credentials by which the source says who it is; none: not at all
 */
public record ToolSourceRequest(Place place, AllowedTools allowed, List<SourceCredential> credentials) {
    public ToolSourceRequest {
        credentials = List.copyOf(credentials);
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
