package dev.antiphon.tool.openapi;

import dev.antiphon.tool.UnusableToolSource;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAPI document, 3.0 or 3.1, YAML or JSON, as a checked tree. References are followed within it only; nothing is fetched. */
final class ApiDocument {
    private static final Logger LOG = LoggerFactory.getLogger(ApiDocument.class);
    private static final int MOST_COMPLAINTS = 10;
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");

    private final JsonNode root;

    private ApiDocument(JsonNode root) {
        this.root = root;
    }

    /** One operation of the document: {@code shared} are the parameters of its whole path. */
    record Found(String method, String path, JsonNode operation, JsonNode shared) {}

    /**
     * Reads a document.
     *
     * @throws UnusableToolSource when it is none, with what the parser says; lesser faults are logged
     */
    static ApiDocument read(String text) {
        DocumentForm.check(text);
        ParseOptions options = new ParseOptions();
        options.setResolve(false);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(text, List.of(), options);
        OpenAPI read = result.getOpenAPI();
        List<String> complaints = Optional.ofNullable(result.getMessages()).orElse(List.of());
        if (read == null || read.getPaths() == null || read.getPaths().isEmpty()) {
            throw new UnusableToolSource("the OpenAPI document cannot be used: "
                    + (complaints.isEmpty() ? "it has no paths" : String.join("; ", complaints))
                    + "; it must be OpenAPI 3.0 or 3.1 in YAML or JSON");
        }
        complaints.stream()
                .limit(MOST_COMPLAINTS)
                .forEach(complaint -> LOG.warn("the OpenAPI document is not quite right: {}", complaint));
        String json = read.getSpecVersion() == SpecVersion.V31 ? Json31.pretty(read) : Json.pretty(read);
        return new ApiDocument(JsonMapper.shared().readTree(json));
    }

    List<Found> operations() {
        List<Found> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            JsonNode item = resolved(path.getValue());
            for (Map.Entry<String, JsonNode> member : item.properties()) {
                if (METHODS.contains(member.getKey())) {
                    found.add(new Found(member.getKey(), path.getKey(), member.getValue(), item.path("parameters")));
                }
            }
        }
        return found;
    }

    /** The names of the security schemes that an operation needs; empty when it may be called without. */
    Set<String> needs(JsonNode operation) {
        JsonNode required = operation.has("security") ? operation.get("security") : root.path("security");
        Set<String> names = new HashSet<>();
        for (JsonNode alternative : required) {
            if (alternative.isEmpty()) {
                return Set.of();
            }
            names.addAll(alternative.propertyNames());
        }
        return names;
    }

    /** What a node refers to, at the end of the chain, or the node itself. */
    JsonNode resolved(JsonNode node) {
        JsonNode at = node;
        for (int hops = 0; at.has("$ref"); hops++) {
            String reference = at.get("$ref").asString();
            if (!reference.startsWith("#/")) {
                throw new UnusableToolSource("the OpenAPI document refers to another document ('" + reference
                        + "'); nothing is fetched: bundle it into one document");
            }
            at = root.at(reference.substring(1));
            if (at.isMissingNode() || hops > 50) {
                throw new UnusableToolSource(
                        "the OpenAPI document refers to '" + reference + "', which it does not have");
            }
        }
        return at;
    }
}
