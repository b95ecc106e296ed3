package dev.antiphon.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.antiphon.realtime.wire.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The provider's schemas and recorded traces, when they lie beside the project. */
final class Protocol {
    private static final Path HOME = Path.of(System.getProperty("antiphon.shared", "../shared"), "protocol");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<Dialect, Optional<Protocol>> INSTANCES = Map.of(
            Dialect.ga(), load(Dialect.ga()),
            Dialect.beta(), load(Dialect.beta()));

    private final Dialect dialect;
    private final JsonNode index;
    private final String schemaText;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new HashMap<>();

    private Protocol(Dialect dialect, String schemaText) {
        this.dialect = dialect;
        this.schemaText = schemaText;
        this.index = JSON.readTree(schemaText)
                .path("x-event-index")
                .path(dialect.name())
                .path("server");
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of("https://protocol.example/realtime.json", schemaText)));
    }

    /** Skips the test that needs them when they are not there. */
    static Protocol required(Dialect dialect) {
        assumeTrue(
                present(dialect).isPresent(),
                "the protocol's schemas are missing: ../shared does not exist beside the project");
        return present(dialect).orElseThrow();
    }

    static Optional<Protocol> present(Dialect dialect) {
        return INSTANCES.getOrDefault(dialect, Optional.empty());
    }

    /** Fails unless the event is valid. */
    void validate(JsonNode event) {
        String type = event.path("type").asString();
        assertThat(index.has(type)).as("the schema knows " + type).isTrue();
        String definition = index.path(type).asString();
        Schema schema = schemas.computeIfAbsent(
                definition,
                name -> registry.getSchema(SchemaLocation.of("https://protocol.example/realtime.json#/$defs/" + name)));
        assertThat(schema.validate(event.toString(), InputFormat.JSON))
                .as(event.toString())
                .isEmpty();
    }

    /** The types of a trace's server events, in order, repeated deltas once. */
    List<String> serverOrder(String trace) {
        try {
            List<String> types = new ArrayList<>();
            for (String line :
                    Files.readAllLines(HOME.resolve("examples/traces/" + dialect.name() + "/" + trace + ".jsonl"))) {
                JsonNode entry = JSON.readTree(line);
                if (entry.path("from").asString("").equals("server")) {
                    types.add(entry.path("event").path("type").asString());
                }
            }
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Protocol> load(Dialect dialect) {
        Path file = HOME.resolve("schemas/realtime.schema.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Protocol(dialect, Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
