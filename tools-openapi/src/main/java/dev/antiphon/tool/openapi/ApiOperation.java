package dev.antiphon.tool.openapi;

import dev.antiphon.tool.UnusableToolSource;
import dev.antiphon.tool.openapi.ApiParameter.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation of an API as a model can call it.
 *
 * @param name as the model sees it
 * @param description for the model
 * @param method in capitals
 * @param path with its parameters in braces
 * @param parameters in the order of the document, those of the body last
 * @param schema of all arguments together
 */
record ApiOperation(
        String name, String description, String method, String path, List<ApiParameter> parameters, ObjectNode schema) {
    private static final int MOST_NAME_CHARS = 64;
    private static final int MOST_DESCRIPTION_CHARS = 1_000;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Set<String> SAID_ELSEWHERE = Set.of("accept", "content-type", "authorization");

    ApiOperation {
        parameters = List.copyOf(parameters);
    }

    /** Whether calling it again changes nothing. */
    boolean isReadOnly() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The name of the tool that an operation becomes: its id, or method and path, made valid. */
    static String nameOf(ApiDocument.Found found, String prefix) {
        String id = found.operation().path("operationId").asString(found.method() + found.path());
        String valid = (prefix + id).replaceAll("[^A-Za-z0-9_-]+", "_").replaceAll("_+$", "");
        return valid.substring(0, Math.min(valid.length(), MOST_NAME_CHARS));
    }

    /**
     * Reads an operation.
     *
     * @throws UnusableToolSource when it has something that cannot be called from here
     */
    static ApiOperation of(ApiDocument document, ApiDocument.Found found, String name, OpenApiOptions options) {
        ApiSchema schemas = new ApiSchema(document);
        List<ApiParameter> parameters = new ArrayList<>(requestParameters(document, found, schemas, options));
        parameters.addAll(bodyParameters(document, found, schemas));
        checkPath(found, parameters);
        List<ApiParameter> distinct = distinct(parameters);
        return new ApiOperation(
                name,
                description(found),
                found.method().toUpperCase(Locale.ROOT),
                found.path(),
                distinct,
                schema(distinct, schemas));
    }

    /** A placeholder that no parameter fills would be sent as it stands. */
    private static void checkPath(ApiDocument.Found found, List<ApiParameter> parameters) {
        Set<String> filled = parameters.stream()
                .filter(parameter -> parameter.place() == Place.PATH)
                .map(ApiParameter::name)
                .collect(Collectors.toSet());
        List<String> open = PLACEHOLDER
                .matcher(found.path())
                .results()
                .map(placeholder -> placeholder.group(1))
                .filter(name -> !filled.contains(name))
                .toList();
        if (!open.isEmpty()) {
            throw new UnusableToolSource(about(found) + " has '" + String.join("', '", open)
                    + "' in its path, but no path parameter of that name; declare it, or leave the operation out of the"
                    + " allow list");
        }
    }

    private static String description(ApiDocument.Found found) {
        String summary = found.operation().path("summary").asString("");
        String more = found.operation().path("description").asString("");
        String text = (summary + (summary.isEmpty() || more.isEmpty() ? "" : "\n") + more).strip();
        String described = text.isEmpty() ? found.method().toUpperCase(Locale.ROOT) + " " + found.path() : text;
        return described.substring(0, Math.min(described.length(), MOST_DESCRIPTION_CHARS));
    }

    private static List<ApiParameter> requestParameters(
            ApiDocument document, ApiDocument.Found found, ApiSchema schemas, OpenApiOptions options) {
        Map<String, JsonNode> byPlace = new LinkedHashMap<>();
        for (JsonNode list : List.of(found.shared(), found.operation().path("parameters"))) {
            for (JsonNode parameter : list) {
                JsonNode resolved = document.resolved(parameter);
                byPlace.put(
                        resolved.path("in").asString() + " "
                                + resolved.path("name").asString(),
                        resolved);
            }
        }
        return byPlace.values().stream()
                .filter(parameter -> isAsked(parameter, options))
                .map(parameter -> requestParameter(parameter, schemas, found))
                .toList();
    }

    private static boolean isAsked(JsonNode parameter, OpenApiOptions options) {
        String in = parameter.path("in").asString();
        String name = parameter.path("name").asString();
        boolean said = in.equals("header") && SAID_ELSEWHERE.contains(name.toLowerCase(Locale.ROOT));
        boolean optionalCookie =
                in.equals("cookie") && !parameter.path("required").asBoolean(false);
        boolean key = in.equals("header")
                && options.idempotencyHeader().filter(name::equalsIgnoreCase).isPresent();
        return !said && !optionalCookie && !key && !options.auth().fills(in, name);
    }

    private static ApiParameter requestParameter(JsonNode parameter, ApiSchema schemas, ApiDocument.Found found) {
        String name = parameter.path("name").asString();
        String in = parameter.path("in").asString();
        Place place = switch (in) {
            case "path" -> Place.PATH;
            case "query" -> Place.QUERY;
            case "header" -> Place.HEADER;
            default ->
                throw new UnusableToolSource(about(found) + " needs the parameter '" + name + "' in a " + in
                        + ", which cannot be sent; leave the operation out of the allow list");
        };
        String style = parameter.path("style").asString(place == Place.QUERY ? "form" : "simple");
        if (!style.equals("form") && !style.equals("simple")) {
            throw new UnusableToolSource(about(found) + " wants the parameter '" + name + "' in the style '" + style
                    + "', which cannot be sent (form and simple can); leave the operation out of the allow list");
        }
        JsonNode content = parameter.path("content");
        JsonNode schema = content.isEmpty()
                ? parameter.path("schema")
                : content.iterator().next().path("schema");
        return new ApiParameter(
                name,
                name,
                place,
                place == Place.PATH || parameter.path("required").asBoolean(false),
                parameter.path("explode").asBoolean(style.equals("form")),
                !content.isEmpty(),
                described(schemas.plain(schema), parameter));
    }

    private static ObjectNode described(ObjectNode schema, JsonNode by) {
        String description = by.path("description").asString("");
        return description.isEmpty() || schema.has("description") ? schema : schema.put("description", description);
    }

    private static List<ApiParameter> bodyParameters(ApiDocument document, ApiDocument.Found found, ApiSchema schemas) {
        JsonNode body = document.resolved(found.operation().path("requestBody"));
        if (body.isMissingNode() || body.path("content").isEmpty()) {
            return List.of();
        }
        JsonNode schema = body.path("content").path("application/json").path("schema");
        boolean required = body.path("required").asBoolean(false);
        if (schema.isMissingNode()) {
            if (!required && body.path("content").has("application/json")) {
                return List.of();
            }
            throw new UnusableToolSource(about(found) + " takes a body of "
                    + String.join(", ", body.path("content").propertyNames())
                    + ", and only application/json can be sent; leave the operation out of the allow list");
        }
        JsonNode resolved = document.resolved(schema);
        ObjectNode plain = schemas.plain(resolved);
        boolean members = plain.path("properties").isObject()
                && List.of("oneOf", "anyOf", "allOf", "not").stream().noneMatch(plain::has);
        if (!members) {
            return List.of(new ApiParameter("body", "body", Place.WHOLE_BODY, required, false, true, plain));
        }
        Set<String> needed =
                plain.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        return plain.path("properties").properties().stream()
                .map(member -> new ApiParameter(
                        member.getKey(),
                        member.getKey(),
                        Place.BODY,
                        required && needed.contains(member.getKey()),
                        false,
                        true,
                        (ObjectNode) member.getValue()))
                .toList();
    }

    /** Parameters of one name in several places are told apart by the place. */
    private static List<ApiParameter> distinct(List<ApiParameter> parameters) {
        Map<String, Long> times =
                parameters.stream().collect(Collectors.groupingBy(ApiParameter::name, Collectors.counting()));
        return parameters.stream()
                .map(parameter -> times.getOrDefault(parameter.name(), 1L) == 1
                        ? parameter
                        : parameter.called(parameter.name() + "_in_"
                                + parameter
                                        .place()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace("whole_", "")))
                .toList();
    }

    private static ObjectNode schema(List<ApiParameter> parameters, ApiSchema schemas) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (ApiParameter parameter : parameters) {
            properties.set(parameter.argument(), parameter.schema());
            if (parameter.required()) {
                required.add(parameter.argument());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        ObjectNode definitions = schemas.definitions();
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
        return schema;
    }

    private static String about(ApiDocument.Found found) {
        return "the operation " + found.method().toUpperCase(Locale.ROOT) + " " + found.path();
    }
}
