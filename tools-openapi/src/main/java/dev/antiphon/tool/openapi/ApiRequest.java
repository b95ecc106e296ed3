package dev.antiphon.tool.openapi;

import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.openapi.ApiParameter.Place;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The request that some checked arguments make. Pure. */
final class ApiRequest {
    private ApiRequest() {}

    /**
     * The request.
     *
     * @throws ToolFailure when a value cannot stand where it must
     */
    static HttpRequest of(ApiOperation operation, ObjectNode arguments, String idempotencyKey, OpenApiOptions options) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(operation, arguments, options))
                .timeout(options.timeout())
                .setHeader("Accept", "application/json, text/plain;q=0.5, */*;q=0.1");
        for (ApiParameter parameter : operation.parameters()) {
            if (parameter.place() == Place.HEADER && arguments.has(parameter.argument())) {
                addHeader(request, parameter, joined(parameter, arguments.get(parameter.argument())));
            }
        }
        if (!operation.isReadOnly()) {
            options.idempotencyHeader().ifPresent(header -> request.setHeader(header, idempotencyKey));
        }
        options.auth().addTo(request);
        return body(operation, arguments)
                .map(body -> request.setHeader("Content-Type", "application/json")
                        .method(operation.method(), HttpRequest.BodyPublishers.ofString(body)))
                .orElseGet(() -> request.method(operation.method(), HttpRequest.BodyPublishers.noBody()))
                .build();
    }

    private static void addHeader(HttpRequest.Builder request, ApiParameter parameter, String value) {
        try {
            request.setHeader(parameter.name(), value);
        } catch (IllegalArgumentException e) {
            throw new ToolFailure("'" + parameter.argument() + "' must be plain text without line breaks");
        }
    }

    private static Optional<String> body(ApiOperation operation, ObjectNode arguments) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        boolean any = false;
        for (ApiParameter parameter : operation.parameters()) {
            JsonNode value = arguments.path(parameter.argument());
            if (parameter.place() == Place.WHOLE_BODY) {
                return value.isMissingNode() ? Optional.empty() : Optional.of(value.toString());
            }
            if (parameter.place() == Place.BODY) {
                any = true;
                if (!value.isMissingNode()) {
                    members.set(parameter.name(), value);
                }
            }
        }
        return any ? Optional.of(members.toString()) : Optional.empty();
    }

    private static URI address(ApiOperation operation, ObjectNode arguments, OpenApiOptions options) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (ApiParameter parameter : operation.parameters()) {
            JsonNode value = arguments.path(parameter.argument());
            if (parameter.place() == Place.PATH) {
                path = path.replace("{" + parameter.name() + "}", segment(parameter, value));
            } else if (parameter.place() == Place.QUERY && !value.isMissingNode()) {
                addQuery(query, parameter, value);
            }
        }
        options.auth()
                .query()
                .ifPresent(key ->
                        query.add(encoded(key.name()) + "=" + encoded(key.key().reveal())));
        String base = options.baseUrl().orElseThrow().toString().replaceAll("/+$", "");
        return URI.create(base + path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
    }

    /** Dots alone would lead to another path than the one that was allowed. */
    private static String segment(ApiParameter parameter, JsonNode value) {
        String text = joined(parameter, value);
        if (text.isBlank() || text.equals(".") || text.equals("..")) {
            throw new ToolFailure("'" + parameter.argument() + "' must be a value, but was '" + text + "'");
        }
        return encoded(text);
    }

    private static void addQuery(List<String> query, ApiParameter parameter, JsonNode value) {
        String name = encoded(parameter.name()) + "=";
        if (value.isArray() && parameter.exploded() && !parameter.json()) {
            value.forEach(element -> query.add(name + encoded(parameter.text(element))));
        } else if (value.isObject() && parameter.exploded() && !parameter.json()) {
            value.properties()
                    .forEach(member ->
                            query.add(encoded(member.getKey()) + "=" + encoded(parameter.text(member.getValue()))));
        } else {
            query.add(name + encoded(joined(parameter, value)));
        }
    }

    private static String joined(ApiParameter parameter, JsonNode value) {
        return value.isArray() && !parameter.json()
                ? String.join(",", value.valueStream().map(parameter::text).toList())
                : parameter.text(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
