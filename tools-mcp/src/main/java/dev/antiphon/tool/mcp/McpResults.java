package dev.antiphon.tool.mcp;

import dev.antiphon.tool.ToolFailure;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a server answered, as a voice model can use it: text and structure; pictures and sounds are named, not dumped. Pure. */
final class McpResults {
    private static final int MOST_WORDS_CHARS = 500;

    private McpResults() {}

    /**
     * The result, without any of the credentials.
     *
     * @throws ToolFailure when the server says that it is an error, in its words
     */
    static Object of(CallToolResult result, McpOptions options) {
        String text = Optional.ofNullable(result.content()).orElse(List.of()).stream()
                .map(McpResults::words)
                .collect(Collectors.joining("\n"));
        if (Boolean.TRUE.equals(result.isError())) {
            String words = text.isBlank() ? "the tool's server says that it failed" : text;
            throw failure(options.scrubbed(words));
        }
        if (result.structuredContent() != null) {
            return scrubbed(JsonMapper.shared().valueToTree(result.structuredContent()), options);
        }
        if (text.isBlank()) {
            return JsonNodeFactory.instance.objectNode().put("done", true);
        }
        return result(text, options);
    }

    private static ToolFailure failure(String words) {
        return new ToolFailure(words.substring(0, Math.min(words.length(), MOST_WORDS_CHARS)));
    }

    private static Object result(String text, McpOptions options) {
        return tree(text).<Object>map(tree -> scrubbed(tree, options)).orElseGet(() -> options.scrubbed(text));
    }

    /** The same without credentials; JSON may write one otherwise than it is, so that text alone would not show it. */
    private static JsonNode scrubbed(JsonNode tree, McpOptions options) {
        return switch (tree) {
            case ObjectNode object -> {
                ObjectNode clean = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(member ->
                                clean.set(options.scrubbed(member.getKey()), scrubbed(member.getValue(), options)));
                yield clean;
            }
            case ArrayNode array -> {
                ArrayNode clean = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> clean.add(scrubbed(element, options)));
                yield clean;
            }
            default -> scrubbedValue(tree, options);
        };
    }

    private static JsonNode scrubbedValue(JsonNode value, McpOptions options) {
        if (!value.isString() && !value.isNumber()) {
            return value;
        }
        String text = value.asString();
        String clean = options.scrubbed(text);
        boolean same = value.isNumber() ? !clean.equals("***") : clean.equals(text);
        return same ? value : JsonNodeFactory.instance.stringNode(clean);
    }

    private static String words(Content content) {
        return switch (content) {
            case TextContent text -> text.text();
            case ImageContent image -> "[a picture (" + image.mimeType() + "), not shown]";
            case AudioContent audio -> "[a sound (" + audio.mimeType() + "), not played]";
            case ResourceLink link -> "[" + link.name() + ": " + link.uri() + "]";
            case EmbeddedResource embedded ->
                embedded.resource() instanceof TextResourceContents text
                        ? text.text()
                        : "[" + embedded.resource().uri() + " ("
                                + embedded.resource().mimeType() + "), not shown]";
            default -> "[" + content.type() + ", not shown]";
        };
    }

    /** JSON that was sent as text is passed on as JSON. */
    private static Optional<JsonNode> tree(String text) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonMapper.shared().readTree(text)).filter(JsonNode::isContainer);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
