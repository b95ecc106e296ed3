package dev.antiphon.model;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays a user's changes over the bundled catalogue, as trees. */
final class CatalogueChanges {
    private CatalogueChanges() {}

    static ObjectNode applied(ObjectNode bundled, JsonNode changes) {
        if (!(changes instanceof ObjectNode object)) {
            throw new IllegalArgumentException(
                    "it must be a JSON object with models, transcription, voices, providers or usageTiers");
        }
        merge(bundled, object);
        return bundled;
    }

    private static void merge(ObjectNode target, ObjectNode changes) {
        changes.properties().forEach(change -> {
            JsonNode old = target.get(change.getKey());
            if (old instanceof ObjectNode known && change.getValue() instanceof ObjectNode more) {
                merge(known, more);
            } else if (old instanceof ArrayNode known && isNamed(known)) {
                change.getValue().forEach(entry -> mergeNamed(known, entry));
            } else {
                target.set(change.getKey(), change.getValue());
            }
        });
    }

    private static boolean isNamed(ArrayNode list) {
        return list.path(0).has("name");
    }

    private static void mergeNamed(ArrayNode list, JsonNode entry) {
        if (!(entry instanceof ObjectNode object) || !entry.path("name").isString()) {
            throw new IllegalArgumentException(
                    "each model, provider and usage tier must be an object with a name, but was " + entry);
        }
        String name = entry.path("name").stringValue();
        list.valueStream()
                .filter(known -> known.path("name").asString("").equals(name))
                .findFirst()
                .ifPresentOrElse(known -> merge((ObjectNode) known, object), () -> list.add(object));
    }

    /** Where in the document, for people. */
    static String place(JacksonException problem) {
        return problem instanceof DatabindException bound && !bound.getPath().isEmpty()
                ? bound.getPathReference()
                        .replaceAll("[\\w.$]+\\[\"([^\"]+)\"]", "$1")
                        .replace("->", ".")
                : "line "
                        + (problem.getLocation() == null
                                ? 0
                                : problem.getLocation().getLineNr());
    }
}
