package dev.antiphon.testkit.emulator;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The protocol's schemas and traces, which lie beside the project. */
final class SharedProtocol {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Path PROTOCOL = Path.of(System.getProperty("antiphon.shared", "../shared"), "protocol");
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private SharedProtocol() {}

    /** What the schema of its type says against a server event of this dialect; empty when nothing. */
    static List<String> violations(String dialect, JsonNode event) {
        String type = event.path("type").asString("");
        return SCHEMAS
                .computeIfAbsent(dialect + " " + type, ignored -> schemaOf(dialect, type))
                .validate(event)
                .stream()
                .map(error -> type + ": " + error)
                .toList();
    }

    static JsonNode file(String name) {
        return MAPPER.readTree(read(name));
    }

    /** The names of the traces of a dialect. */
    static List<String> traces(String dialect) {
        try (Stream<Path> files = Files.list(PROTOCOL.resolve("examples/traces/" + dialect))) {
            return files.map(file -> file.getFileName().toString().replace(".jsonl", ""))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<JsonNode> trace(String dialect, String name) {
        return read("examples/traces/" + dialect + "/" + name + ".jsonl")
                .lines()
                .map(MAPPER::readTree)
                .toList();
    }

    private static Schema schemaOf(String dialect, String type) {
        JsonNode document = Document.SCHEMA;
        String definition = document.path("x-event-index")
                .path(dialect)
                .path("server")
                .path(type)
                .asString("");
        if (definition.isEmpty()) {
            throw new AssertionError("The schema of " + dialect + " has no server event of the type " + type);
        }
        ObjectNode root = SharedProtocol.MAPPER.createObjectNode();
        root.put("$ref", "#/$defs/" + definition).set("$defs", document.path("$defs"));
        return REGISTRY.getSchema(SchemaLocation.of("https://example.invalid/" + dialect + "/" + type), root);
    }

    private static String read(String file) {
        Path path = PROTOCOL.resolve(file);
        Assumptions.assumeTrue(Files.exists(path), "../shared is missing: no " + path.toAbsolutePath());
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final class Document {
        private static final JsonNode SCHEMA = MAPPER.readTree(read("schemas/realtime.schema.json"));
    }

    static boolean present() {
        return Files.isDirectory(PROTOCOL);
    }

    /** Reports a missing ../shared as an assumption. */
    static void assumePresent() {
        Assumptions.assumeTrue(present(), "../shared is missing: no " + PROTOCOL.toAbsolutePath());
    }
}
