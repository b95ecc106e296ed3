package dev.antiphon.tool;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import dev.antiphon.realtime.RawJson;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of a tool's input record, as a model is given it: an object with every component in declared order,
 * nothing else allowed, everything inline; all components but {@code Optional} ones are required. Descriptions come from
 * {@link ToolParam} or {@code @JsonPropertyDescription}, names from {@code @JsonProperty}, bounds and formats from Jakarta
 * validation's constraints. Local dates and times carry {@code format}, {@link Sensitive} components {@code writeOnly}.
 */
final class InputSchema {
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);
    private static final Map<Class<?>, String> FORMATS =
            Map.of(LocalDate.class, "date", LocalTime.class, "time", LocalDateTime.class, "date-time");
    private static final Map<Class<?>, String> PRIMITIVE_OPTIONALS =
            Map.of(OptionalInt.class, "integer", OptionalLong.class, "integer", OptionalDouble.class, "number");

    private InputSchema() {}

    /**
     * The schema of this record.
     *
     * @throws UnusableTool when the record contains itself, or has a component that no call could fill or that JSON Schema cannot describe
     */
    static RawJson of(Class<? extends Record> input) {
        List<String> unreadable = ComponentTypes.unreadable(input);
        if (!unreadable.isEmpty()) {
            throw new UnusableTool(
                    "components must be records, strings, numbers, enums, local dates and times, lists or"
                            + " maps, but " + String.join(", ", unreadable));
        }
        Constraints.check(input);
        ObjectNode schema = of((Type) input);
        schema.put("type", "object");
        schema.withObjectProperty("properties");
        schema.put("additionalProperties", false);
        Constraints.checkPossible(schema);
        return new RawJson(schema.toString());
    }

    /**
     * The schema of values of a type.
     *
     * @throws UnusableTool when JSON Schema cannot describe it
     */
    static ObjectNode of(Type input) {
        try {
            return generator().generateSchema(input);
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnusableTool(
                    "no JSON Schema can be made from " + input.getTypeName()
                            + "; use records of strings, numbers, enums, dates, lists and records that do not contain"
                            + " themselves",
                    e);
        }
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .without(Option.SCHEMA_VERSION_INDICATOR, Option.FLATTENED_OPTIONALS)
                .with(
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.INLINE_ALL_SCHEMAS,
                        Option.STANDARD_FORMATS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .with(new JacksonSchemaModule())
                .with(new Constraints.InSchema());
        config.forFields()
                .withRequiredCheck(InputSchema::isRequired)
                .withWriteOnlyCheck(field -> field.getAnnotation(Sensitive.class) != null)
                .withDescriptionResolver(InputSchema::description)
                .withTargetTypeOverridesResolver(InputSchema::insideOptional);
        config.forTypesInGeneral()
                .withPropertySorter((unusedOne, unusedOther) -> 0)
                .withCustomDefinitionProvider(InputSchema::plainType);
        return new SchemaGenerator(config.build());
    }

    private static @Nullable String description(FieldScope field) {
        return Optional.ofNullable(field.getAnnotation(ToolParam.class))
                .map(ToolParam::value)
                .orElse(null);
    }

    private static boolean isRequired(FieldScope field) {
        return !OPTIONALS.contains(field.getRawMember().getType());
    }

    /** An optional value is described as the value itself: it may be left out, and {@code null} is never needed. */
    private static @Nullable List<ResolvedType> insideOptional(FieldScope field) {
        return field.getType().isInstanceOf(Optional.class)
                ? List.of(field.getTypeParameterFor(Optional.class, 0))
                : null;
    }

    private static @Nullable CustomDefinition plainType(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        ObjectNode node = context.getGeneratorConfig().createObjectNode();
        if (FORMATS.containsKey(raw)) {
            return inline(node.put("type", "string").put("format", FORMATS.get(raw)));
        }
        if (PRIMITIVE_OPTIONALS.containsKey(raw)) {
            return inline(node.put("type", PRIMITIVE_OPTIONALS.get(raw)));
        }
        return raw.isEnum() ? inline(choice(raw.getEnumConstants(), node.put("type", "string"))) : null;
    }

    /** The constants as the mapper reads them, annotations included. */
    private static ObjectNode choice(Object[] constants, ObjectNode node) {
        ArrayNode values = node.putArray("enum");
        for (Object constant : constants) {
            values.add(JsonMapper.shared().valueToTree(constant));
        }
        return node;
    }

    private static CustomDefinition inline(ObjectNode node) {
        return new CustomDefinition(node, true);
    }
}
