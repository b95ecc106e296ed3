package dev.antiphon.realtime.wire;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes small JSON texts for those who must not know JSON. Stateless. */
public final class JsonText {
    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonText() {}

    /** An object with one text member, for example {@code {"error":"…"}}. */
    public static String object(String name, String value) {
        return object(Map.of(name, value));
    }

    /** An object of text members. */
    public static String object(Map<String, String> members) {
        ObjectNode node = JSON.createObjectNode();
        members.forEach(node::put);
        return JSON.writeValueAsString(node);
    }
}
