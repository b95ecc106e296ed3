package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON library as this package uses it. */
final class Json {
    /**
     * Decimals keep every digit. Non-ASCII text is written escaped, because a delta may end between the two halves of a
     * surrogate pair, which UTF-8 cannot express.
     */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Json() {}

    /** @throws JacksonException when it is not one JSON value */
    static JsonNode tree(byte[] utf8, int offset, int length) {
        return MAPPER.readTree(utf8, offset, length);
    }

    static ObjectNode emptyObject() {
        return MAPPER.createObjectNode();
    }

    static RawJson text(JsonNode value) {
        return new RawJson(MAPPER.writeValueAsString(value));
    }

    /** The fields of a JSON object that is kept as text. */
    static Fields fields(RawJson object) {
        return Fields.of(MAPPER.readTree(object.text()));
    }

    /** The members of a JSON object that is kept as text, in their order. */
    static Map<String, JsonNode> members(RawJson object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        MAPPER.readTree(object.text()).forEachEntry(members::put);
        return members;
    }

    /** Writes one object. */
    static ByteBuffer bytes(Consumer<JsonObjectWriter> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = MAPPER.createGenerator(out)) {
            JsonObjectWriter.write(generator, fields);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }
}
