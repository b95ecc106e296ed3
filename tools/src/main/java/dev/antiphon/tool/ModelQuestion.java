package dev.antiphon.tool;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@link TextModel} is asked, and the record that its answer must be. Immutable, thread-safe.
 *
 * @param <A> the record: strings, numbers, booleans, enums, lists and records of them, described by {@link ToolParam}; services force
 *     answers into a schema only when every component is there, so none is {@code Optional} and none a map
 */
public final class ModelQuestion<A extends Record> {
    private final String instructions;
    private final ArgumentReader<A> reader;

    private ModelQuestion(String instructions, ArgumentReader<A> reader) {
        this.instructions = instructions;
        this.reader = reader;
    }

    /**
     * A question.
     *
     * @param instructions what to do with the data that it is asked about; they come from the author alone
     * @throws UnusableTool when no model can be held to the record
     */
    public static <A extends Record> ModelQuestion<A> of(String instructions, Class<A> answer) {
        ArgumentReader<A> reader = ArgumentReader.of(answer);
        List<String> open = new ArrayList<>();
        optional(JsonMapper.shared().readTree(reader.schema().text()), answer.getSimpleName(), open);
        if (!open.isEmpty()) {
            throw new UnusableTool("every member of a model's answer must be there, but these may be missing: "
                    + String.join(", ", open) + "; use an empty value for nothing");
        }
        return new ModelQuestion<>(instructions, reader);
    }

    private static void optional(JsonNode schema, String where, List<String> open) {
        if (schema.path("additionalProperties").isObject()) {
            open.add(where);
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        schema.path("properties").properties().forEach(property -> {
            String place = where + "." + property.getKey();
            if (!required.contains(property.getKey())) {
                open.add(place);
            }
            optional(property.getValue(), place, open);
            optional(property.getValue().path("items"), place, open);
        });
    }

    String instructions() {
        return instructions;
    }

    ObjectNode schema() {
        return (ObjectNode) JsonMapper.shared().readTree(reader.schema().text());
    }

    /**
     * An answer that {@link TextModel#ask} gave.
     *
     * @throws IllegalArgumentException when it is none, with the broken rule
     */
    public A read(String json) {
        return switch (reader.read(json)) {
            case ArgumentReader.Arguments.Accepted<A> accepted -> accepted.input();
            case ArgumentReader.Arguments.Refused<A> refused -> throw new IllegalArgumentException(refused.rule());
        };
    }
}
