package dev.antiphon.tool;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The rules that arguments must keep: a compiled JSON Schema, and which members are sensitive. Never fetches anything. Thread-safe. */
final class ArgumentRules {
    private static final SchemaRegistryConfig CONFIG =
            SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    private static final SchemaRegistry LOCAL = SchemaRegistry.withDialect(
            Dialect.builder(Dialects.getDraft202012())
                    .formats(List.of(LocalFormat.DATE, LocalFormat.TIME, LocalFormat.DATE_TIME))
                    .build(),
            registry -> registry.schemaRegistryConfig(CONFIG));
    private static final SchemaRegistry STANDARD = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry ->
                    registry.schemaRegistryConfig(CONFIG).schemaLoader(loader -> loader.fetchRemoteResources(false)));

    private final Schema schema;
    private final SensitiveMembers sensitive;
    private final boolean local;

    private ArgumentRules(Schema schema, SensitiveMembers sensitive, boolean local) {
        this.schema = schema;
        this.sensitive = sensitive;
        this.local = local;
    }

    /** Of a schema made here: dates and times are local ones. */
    static ArgumentRules local(JsonNode schema) {
        return new ArgumentRules(LOCAL.getSchema(schema), SensitiveMembers.of(schema), true);
    }

    /**
     * Of a schema from elsewhere: formats are those of JSON Schema.
     *
     * @throws RuntimeException when it cannot be compiled
     */
    static ArgumentRules standard(JsonNode schema) {
        Schema compiled = STANDARD.getSchema(schema);
        compiled.initializeValidators();
        return new ArgumentRules(compiled, SensitiveMembers.of(schema), false);
    }

    /**
     * What is wrong with a schema by the schema of its draft; empty when nothing is.
     *
     * @throws RuntimeException when nobody knows its draft
     */
    static String wrongWith(JsonNode schema) {
        String draft = schema.path("$schema").asString(Dialects.getDraft202012().getId());
        Schema ofSchemas = STANDARD.getSchema(SchemaLocation.of(draft));
        return new BrokenRules(SensitiveMembers.NONE, false, "the schema", HugeNumbers.NONE)
                .in(ofSchemas.validate(schema));
    }

    /** At most five broken rules in words for the model; empty when the arguments are fine. */
    String broken(JsonNode arguments, HugeNumbers huge) {
        String broken = new BrokenRules(sensitive, local, "the arguments", huge).in(schema.validate(arguments));
        return broken.isEmpty() ? tooHuge(huge) : broken;
    }

    /** No code is given infinity where a caller said a number. */
    private String tooHuge(HugeNumbers huge) {
        return huge.texts().entrySet().stream()
                .map(number -> "'" + number.getKey() + "' must be " + HugeNumbers.RULE
                        + (sensitive.isEmpty() ? ", but was " + BrokenRules.shortened(number.getValue()) : ""))
                .findFirst()
                .orElse("");
    }

    SensitiveMembers sensitive() {
        return sensitive;
    }
}
