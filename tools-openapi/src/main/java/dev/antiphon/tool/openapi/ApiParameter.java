package dev.antiphon.tool.openapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that a model gives a call.
 *
 * @param argument its name in the tool's arguments
 * @param name its name in the request
 * @param place where it goes
 * @param required whether a call needs it
 * @param exploded for lists in the query: each entry on its own, not joined by commas
 * @param json written as JSON text, not as plain text
 * @param schema of its value, with its description
 */
record ApiParameter(
        String argument,
        String name,
        Place place,
        boolean required,
        boolean exploded,
        boolean json,
        ObjectNode schema) {

    enum Place {
        PATH,
        QUERY,
        HEADER,
        /** A member of the body. */
        BODY,
        /** The body as a whole. */
        WHOLE_BODY
    }

    ApiParameter called(String other) {
        return new ApiParameter(other, name, place, required, exploded, json, schema);
    }

    /** Its value as text of a path, query or header. */
    String text(JsonNode value) {
        return json || value.isObject() ? value.toString() : value.asString();
    }
}
