package dev.antiphon.tool;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of an annotated method as one JSON object, and back. Immutable, thread-safe. */
final class MethodParameters {
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private final List<Named> parameters;
    private final boolean oneRecord;
    private final ObjectNode schema;

    private MethodParameters(List<Named> parameters, boolean oneRecord, ObjectNode schema) {
        this.parameters = List.copyOf(parameters);
        this.oneRecord = oneRecord;
        this.schema = schema;
    }

    private record Named(String name, Parameter parameter) {
        Type type() {
            return parameter.getParameterizedType();
        }

        boolean isOptional() {
            return OPTIONALS.contains(parameter.getType());
        }

        <A extends Annotation> Optional<A> annotation(Class<A> type) {
            return Optional.ofNullable(parameter.getAnnotation(type));
        }
    }

    /**
     * The parameters of this method.
     *
     * @throws UnusableTool when one has no name, or a type that no call could fill
     */
    static MethodParameters of(Method method) {
        Parameter[] declared = method.getParameters();
        if (declared.length == 1 && declared[0].getType().isRecord()) {
            Class<? extends Record> type = declared[0].getType().asSubclass(Record.class);
            JsonNode schema = JsonMapper.shared().readTree(InputSchema.of(type).text());
            return new MethodParameters(List.of(new Named("", declared[0])), true, (ObjectNode) schema);
        }
        List<Named> named = new ArrayList<>();
        for (Parameter parameter : declared) {
            named.add(new Named(nameOf(parameter, method), parameter));
        }
        return new MethodParameters(named, false, schema(named));
    }

    private static String nameOf(Parameter parameter, Method method) {
        ToolParam annotation = parameter.getAnnotation(ToolParam.class);
        if (annotation != null && !annotation.name().isBlank()) {
            return annotation.name();
        }
        if (!parameter.isNamePresent()) {
            throw new UnusableTool(
                    "the parameters of " + method.getDeclaringClass().getSimpleName() + "."
                            + method.getName() + " have no names; compile with -parameters, or name each with"
                            + " @ToolParam(value = \"…\", name = \"…\")");
        }
        return parameter.getName();
    }

    private static ObjectNode schema(List<Named> parameters) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (Named parameter : parameters) {
            if (properties.has(parameter.name())) {
                throw new UnusableTool("two parameters are named '" + parameter.name() + "'; names must be distinct");
            }
            properties.set(parameter.name(), described(parameter));
            if (!parameter.isOptional()) {
                required.add(parameter.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        Constraints.checkPossible(schema);
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode described(Named parameter) {
        List<String> unreadable = ComponentTypes.unreadable(parameter.type(), parameter.name());
        if (!unreadable.isEmpty()) {
            throw new UnusableTool(
                    "parameters must be records, strings, numbers, enums, local dates and times, lists or"
                            + " maps, but " + String.join(", ", unreadable));
        }
        Constraints.check(parameter.parameter(), parameter.parameter().getAnnotatedType(), parameter.name());
        ObjectNode node = InputSchema.of(insideOptional(parameter.type()));
        constrain(parameter, node);
        parameter.annotation(ToolParam.class).ifPresent(told -> node.put("description", told.value()));
        if (parameter.annotation(Sensitive.class).isPresent()) {
            node.put("writeOnly", true);
        }
        return node;
    }

    private static Type insideOptional(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType().equals(Optional.class)
                ? generic.getActualTypeArguments()[0]
                : type;
    }

    /** The generator reads constraints of record components only. */
    private static void constrain(Named parameter, ObjectNode node) {
        String counted = counted(node);
        parameter.annotation(Min.class).ifPresent(min -> node.put("minimum", min.value()));
        parameter.annotation(Max.class).ifPresent(max -> node.put("maximum", max.value()));
        parameter.annotation(Positive.class).ifPresent(positive -> node.put("exclusiveMinimum", 0));
        parameter.annotation(PositiveOrZero.class).ifPresent(positive -> node.put("minimum", 0));
        parameter.annotation(Negative.class).ifPresent(negative -> node.put("exclusiveMaximum", 0));
        parameter.annotation(NegativeOrZero.class).ifPresent(negative -> node.put("maximum", 0));
        parameter
                .annotation(DecimalMin.class)
                .ifPresent(
                        min -> node.put(min.inclusive() ? "minimum" : "exclusiveMinimum", new BigDecimal(min.value())));
        parameter
                .annotation(DecimalMax.class)
                .ifPresent(
                        max -> node.put(max.inclusive() ? "maximum" : "exclusiveMaximum", new BigDecimal(max.value())));
        parameter.annotation(NotEmpty.class).ifPresent(some -> node.put("min" + counted, 1));
        parameter
                .annotation(NotBlank.class)
                .ifPresent(some -> node.put("minLength", 1).put("pattern", Constraints.NOT_BLANK));
        parameter.annotation(Email.class).ifPresent(email -> node.put("format", "email"));
        parameter
                .annotation(Pattern.class)
                .ifPresent(pattern -> node.put("pattern", Constraints.anchored(pattern.regexp())));
        parameter
                .annotation(Size.class)
                .ifPresent(size -> Constraints.bound(
                        node,
                        counted,
                        Math.max(size.min(), node.path("min" + counted).asInt(0)),
                        size));
    }

    private static String counted(ObjectNode node) {
        return switch (node.path("type").asString("")) {
            case "array" -> "Items";
            case "object" -> "Properties";
            default -> "Length";
        };
    }

    ObjectNode schema() {
        return schema.deepCopy();
    }

    /**
     * The values in the order of the parameters.
     *
     * @throws JacksonException when a value does not fit its parameter
     */
    Object[] bind(ObjectNode arguments, JsonMapper json) {
        Object[] values = new Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            Named parameter = parameters.get(i);
            values[i] = oneRecord
                    ? json.treeToValue(arguments, parameter.parameter().getType())
                    : value(parameter, arguments, json);
        }
        return values;
    }

    private static Object value(Named parameter, ObjectNode arguments, JsonMapper json) {
        JsonNode given = arguments.path(parameter.name());
        try {
            Object value = json.readerFor(json.constructType(parameter.type()))
                    .readValue(given.isMissingNode() ? JsonNodeFactory.instance.nullNode() : given);
            return value;
        } catch (JacksonException e) {
            throw e.prependPath(arguments, parameter.name());
        }
    }
}
