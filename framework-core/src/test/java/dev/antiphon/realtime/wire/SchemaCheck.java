package dev.antiphon.realtime.wire;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Validates events of one dialect against the provider's JSON Schema, each against the definition of its type. */
final class SchemaCheck {
    private static final String ID = "urn:antiphon:realtime";

    private final JsonNode index;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    SchemaCheck(Dialect dialect) {
        String text = SharedProtocol.text(SharedProtocol.path("schemas/realtime.schema.json"));
        JsonNode root = JsonMapper.shared().readTree(text);
        this.index = root.get("x-event-index").get(dialect.name());
        String declared = root.get("$id").stringValue();
        String located = text.replace("\"" + declared + "\"", "\"" + ID + "\"");
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ID, located)));
    }

    /** What is wrong with the event; {@code side} is {@code client} or {@code server}. */
    List<String> problems(String side, String json) {
        JsonNode event = JsonMapper.shared().readTree(json);
        String type = event.get("type").stringValue();
        JsonNode definition = index.get(side).get(type);
        if (definition == null) {
            return List.of("the schema has no " + side + " event " + type);
        }
        return schemas
                .computeIfAbsent(
                        definition.stringValue(), name -> registry.getSchema(SchemaLocation.of(ID + "#/$defs/" + name)))
                .validate(event)
                .stream()
                .map(Error::toString)
                .toList();
    }
}
