package dev.antiphon.tool;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The numbers of some JSON that no {@code double} holds, as they were sent: a tree has infinity for them. Immutable.
 *
 * @param texts by the path of the member, names and indexes joined with dots
 */
record HugeNumbers(Map<String, String> texts) {
    /** What numbers must be. */
    static final String RULE = "a number between -1e308 and 1e308";

    static final HugeNumbers NONE = new HugeNumbers(Map.of());

    /** Those of a text that was read as this tree. */
    static HugeNumbers in(JsonNode tree, String json) {
        return has(tree) ? new HugeNumbers(texts(json)) : NONE;
    }

    private static boolean has(JsonNode node) {
        return node.isDouble()
                ? Double.isInfinite(node.doubleValue())
                : node.valueStream().anyMatch(HugeNumbers::has);
    }

    private static Map<String, String> texts(String json) {
        Map<String, String> found = new LinkedHashMap<>();
        try (JsonParser parser = JsonMapper.shared().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_FLOAT && Double.isInfinite(parser.getDoubleValue())) {
                    found.put(
                            parser.streamReadContext()
                                    .pathAsPointer()
                                    .toString()
                                    .substring(1)
                                    .replace('/', '.'),
                            parser.getString());
                }
            }
        }
        return found;
    }
}
