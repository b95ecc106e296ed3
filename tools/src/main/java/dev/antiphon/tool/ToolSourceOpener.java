package dev.antiphon.tool;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * How a module of {@link ToolSource}s makes itself known to programs that do not depend on it: as a service of
 * {@link ServiceLoader}. A bot that does not have the module on its class path has none of its libraries either.
 */
public interface ToolSourceOpener {

    /**
     * Opens the source, if it is of this module's kind.
     *
     * @return empty when it is of another kind
     * @throws UnusableToolSource when it cannot start, with what to do
     */
    Optional<ToolSource> open(ToolSourceRequest request);

    /**
     * Opens a source with the module of the class path that knows its kind.
     *
     * @throws UnusableToolSource when it cannot start, or no module knows it, with what to do
     */
    static ToolSource opened(ToolSourceRequest request) {
        for (ToolSourceOpener opener : ServiceLoader.load(ToolSourceOpener.class)) {
            Optional<ToolSource> source = opener.open(request);
            if (source.isPresent()) {
                return source.get();
            }
        }
        throw new UnusableToolSource("no module on the class path knows this source of tools; add "
                + switch (request.place()) {
                    case ToolSourceRequest.Place.OpenApi document -> "dev.antiphon:tools-openapi";
                    case ToolSourceRequest.Place.McpProcess process -> "dev.antiphon:tools-mcp";
                    case ToolSourceRequest.Place.McpServer server -> "dev.antiphon:tools-mcp";
                });
    }
}
