package dev.antiphon.tool;

import dev.antiphon.realtime.RawJson;
import java.lang.reflect.Method;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool takes: how its arguments are described to the model, checked, and handed to its code. Immutable.
 *
 * @param <I> what the code gets
 */
public sealed interface ToolInput<I> {

    /**
     * A record; its components make the JSON Schema.
     *
     * @param type its class
     */
    record OfRecord<R extends Record>(Class<R> type) implements ToolInput<R> {}

    /**
     * A JSON Schema from elsewhere: an OpenAPI document, an MCP server, a file. The code gets the checked arguments as a tree.
     *
     * @param schema of draft 2020-12 or, with its {@code $schema}, an older one; an object at the top, without references to
     *     other documents
     */
    record OfSchema(RawJson schema) implements ToolInput<ObjectNode> {}

    /**
     * The parameters of an annotated method, see {@link ToolFunction}. The code gets its arguments in order.
     *
     * @param method whose parameters they are
     */
    record OfMethod(Method method) implements ToolInput<Object[]> {}
}
