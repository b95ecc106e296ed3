package dev.antiphon.tool;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import dev.antiphon.realtime.RawJson;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns what a model wrote into the input record, or into words that tell the model what to do better. Thread-safe.
 *
 * <p>A {@code null} member counts as absent, and no text at all as an empty object: models write both for "no value".
 */
final class ArgumentReader<I extends Record> {
    private static final int MAX_CHARS = 64_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(
            Dialect.builder(Dialects.getDraft202012())
                    .formats(List.of(LocalFormat.DATE, LocalFormat.TIME, LocalFormat.DATE_TIME))
                    .build(),
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final Class<I> input;
    private final Schema schema;

    ArgumentReader(Class<I> input, RawJson schema) {
        this.input = input;
        this.schema = REGISTRY.getSchema(JSON.readTree(schema.text()));
    }

    /** What the arguments turned out to be. */
    sealed interface Arguments<I> {
        /** They are the record. */
        record Accepted<I>(I input) implements Arguments<I> {}

        /** They break the schema or the record's own rules. {@code rule} is for the model. */
        record Refused<I>(String rule) implements Arguments<I> {}
    }

    Arguments<I> read(String json) {
        if (json.length() > MAX_CHARS) {
            return new Arguments.Refused<>(
                    "the arguments must have at most " + MAX_CHARS + " characters, but had " + json.length());
        }
        try {
            JsonNode tree = json.isBlank() ? JSON.createObjectNode() : JSON.readTree(json);
            dropNulls(tree);
            String broken = BrokenRules.in(schema, tree);
            return broken.isEmpty() ? bind(tree) : new Arguments.Refused<>(broken);
        } catch (JacksonException e) {
            return new Arguments.Refused<>("the arguments are not valid JSON: " + e.getOriginalMessage());
        }
    }

    private Arguments<I> bind(JsonNode tree) {
        try {
            return new Arguments.Accepted<>(JSON.treeToValue(tree, input));
        } catch (ValueInstantiationException e) {
            Throwable cause = e.getCause();
            return new Arguments.Refused<>(
                    cause instanceof IllegalArgumentException && cause.getMessage() != null
                            ? cause.getMessage()
                            : "the arguments contradict each other");
        } catch (JacksonException e) {
            return new Arguments.Refused<>(unreadable(tree, e.getPath()));
        }
    }

    /** The mapper's own words name Java classes; the model needs the member and its value. */
    private static String unreadable(JsonNode tree, List<JacksonException.Reference> path) {
        JsonNode value = tree;
        StringBuilder where = new StringBuilder();
        for (JacksonException.Reference step : path) {
            boolean named = step.getPropertyName() != null;
            value = named ? value.path(step.getPropertyName()) : value.path(step.getIndex());
            where.append(where.isEmpty() ? "" : ".").append(named ? step.getPropertyName() : step.getIndex());
        }
        String member = where.isEmpty() ? "the arguments" : "'" + where + "'";
        return member + " must be a value that fits, but was " + BrokenRules.value(value);
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeNulls();
        }
        node.forEach(ArgumentReader::dropNulls);
    }
}
