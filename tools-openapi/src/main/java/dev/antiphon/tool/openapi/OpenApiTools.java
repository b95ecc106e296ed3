package dev.antiphon.tool.openapi;

import dev.antiphon.realtime.RawJson;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolInput;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.UnusableTool;
import dev.antiphon.tool.UnusableToolSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of an HTTP API as tools. Its OpenAPI document says what they take; where the service is and how calls say
 * who they are comes from the options, never from the model and never from the document.
 *
 * <p>Path, query and header parameters and the members of a JSON body are the arguments, checked before a call is made. Only
 * {@code GET} and {@code HEAD} fail transiently; nothing else is ever called again by itself.
 */
public final class OpenApiTools implements ToolSource {
    private final ApiCalls calls;
    private final List<Tool<?, ?>> tools;

    private OpenApiTools(ApiCalls calls, List<Tool<?, ?>> tools) {
        this.calls = calls;
        this.tools = List.copyOf(tools);
    }

    /**
     * The operations of a document.
     *
     * @param document OpenAPI 3.0 or 3.1, YAML or JSON
     * @param choose what must be chosen: address and allow list
     * @throws UnusableToolSource when the document cannot be read, an operation cannot be called, or an option is missing
     */
    public static OpenApiTools of(String document, UnaryOperator<OpenApiOptions> choose) {
        OpenApiOptions options = OpenApiOptions.of(choose);
        List<ApiOperation> operations = allowed(ApiDocument.read(document), options);
        ApiCalls calls = new ApiCalls(options);
        List<Tool<?, ?>> tools = operations.stream()
                .<Tool<?, ?>>map(operation -> tool(operation, calls, options))
                .filter(tool -> isUsable(tool, options))
                .toList();
        return new OpenApiTools(calls, tools);
    }

    /**
     * The operations of a document in a file.
     *
     * @throws UnusableToolSource when it cannot be read, see {@link #of(String, UnaryOperator)}
     */
    public static OpenApiTools of(Path document, UnaryOperator<OpenApiOptions> choose) {
        try {
            return of(Files.readString(document), choose);
        } catch (IOException e) {
            throw new UnusableToolSource("the OpenAPI document " + document + " cannot be read; check the path", e);
        }
    }

    private static List<ApiOperation> allowed(ApiDocument document, OpenApiOptions options) {
        Map<String, ApiDocument.Found> named = new LinkedHashMap<>();
        for (ApiDocument.Found found : document.operations()) {
            String name = ApiOperation.nameOf(found, options.prefix());
            if (named.putIfAbsent(name, found) != null) {
                throw new UnusableToolSource("two operations of the OpenAPI document are named '" + name
                        + "'; give each an operationId of its own");
            }
        }
        options.allowed().orElseThrow().check("the OpenAPI document", named.keySet());
        return named.entrySet().stream()
                .filter(entry -> options.allowed().orElseThrow().allows(entry.getKey()))
                .flatMap(entry -> operation(document, entry.getValue(), entry.getKey(), options).stream())
                .toList();
    }

    private static boolean isUsable(Tool<?, ?> tool, OpenApiOptions options) {
        if (options.leftOut().isEmpty()) {
            return true;
        }
        try {
            tool.check();
            return true;
        } catch (UnusableTool e) {
            options.leftOut().get().accept(tool.name(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static Optional<ApiOperation> operation(
            ApiDocument document, ApiDocument.Found found, String name, OpenApiOptions options) {
        Set<String> needs = document.needs(found.operation());
        if (!needs.isEmpty() && options.auth() instanceof HttpAuth.None) {
            throw new UnusableToolSource(
                    "the operation '" + name + "' needs credentials (" + String.join(", ", needs) + ")",
                    UnusableToolSource.Setting.CREDENTIALS,
                    "give them with auth(HttpAuth.bearer(Secret.ofEnvironment(\"…\"))) or another HttpAuth");
        }
        try {
            return Optional.of(ApiOperation.of(document, found, name, options));
        } catch (UnusableToolSource e) {
            options.leftOut().orElseThrow(() -> e).accept(name, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Tool<?, ?> tool(ApiOperation operation, ApiCalls calls, OpenApiOptions options) {
        Tool<ObjectNode, Object> tool = new Tool<>(
                operation.name(),
                operation.description(),
                new ToolInput.OfSchema(new RawJson(operation.schema().toString())),
                (arguments, context) -> calls.call(operation, arguments, context.idempotencyKey()),
                options.policy(),
                Optional.of(options.timeout()));
        return operation.isReadOnly() ? tool.readOnly() : tool.with(ToolPolicy.Builder::changes);
    }

    @Override
    public List<Tool<?, ?>> tools() {
        return tools;
    }

    @Override
    public void close() {
        calls.close();
    }
}
