package dev.antiphon.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a service tells which of its models cannot be used for now, as data, since services differ. All pointers are JSON pointers (RFC
 * 6901).
 *
 * @param path of the list of models, appended to the provider's base URL: for example {@code /models}
 * @param list where the list is in the answer: for example {@code /data}; empty when the answer is the list
 * @param id where a model's name is in its entry: for example {@code /id}
 * @param status where its status is: for example {@code /status}
 * @param unavailable the statuses that mean that the model cannot be used; at least one. Compared as text, so that {@code false} is one
 */
public record StatusFormat(String path, String list, String id, String status, List<String> unavailable) {
    public StatusFormat {
        unavailable = List.copyOf(unavailable);
        List.of(list, id, status).forEach(StatusFormat::pointer);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path of a status must begin with /, but was " + path);
        }
        if (unavailable.isEmpty()) {
            throw new IllegalArgumentException("a status needs at least one value that means 'unavailable'");
        }
    }

    /**
     * Reads an answer: what is told of each model that cannot be used. A model without an entry or a status can be.
     *
     * @return empty when the answer has another format
     */
    public Optional<Map<String, String>> unavailableIn(String answer) {
        try {
            JsonNode models = JsonMapper.shared().readTree(answer).at(pointer(list));
            return models.isArray() ? Optional.of(unavailableOf(models)) : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private Map<String, String> unavailableOf(JsonNode models) {
        Map<String, String> found = new HashMap<>();
        for (JsonNode entry : models) {
            String told = entry.at(pointer(status)).asString("");
            if (unavailable.contains(told)) {
                found.put(entry.at(pointer(id)).asString(""), told);
            }
        }
        return found;
    }

    private static JsonPointer pointer(String written) {
        return JsonPointer.compile(written);
    }
}
