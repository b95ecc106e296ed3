package dev.antiphon.tool;

import dev.antiphon.realtime.RawJson;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns what a model wrote into a tool's input, or into words that tell the model what to do better. Thread-safe.
 *
 * <p>A {@code null} member counts as absent, and no text at all as an empty object: models write both for "no value".
 * Nothing that it says holds the value of a sensitive member.
 */
final class ArgumentReader<I> {
    private static final int MAX_CHARS = 64_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final RawJson schema;
    private final ArgumentRules rules;
    private final Binding<I> binding;

    private ArgumentReader(RawJson schema, ArgumentRules rules, Binding<I> binding) {
        this.schema = schema;
        this.rules = rules;
        this.binding = binding;
    }

    /** How checked arguments become the input. */
    @FunctionalInterface
    interface Binding<I> {
        /**
         * The input.
         *
         * @throws JacksonException when a value does not fit
         */
        I bind(ObjectNode arguments);
    }

    /**
     * The reader of an input.
     *
     * @throws UnusableTool when no model can be given it
     */
    @SuppressWarnings("unchecked") // each kind of input is bound to what its type parameter says
    static <I> ArgumentReader<I> of(ToolInput<I> input) {
        return (ArgumentReader<I>)
                switch (input) {
                    case ToolInput.OfRecord<?> typed -> of(typed.type());
                    case ToolInput.OfSchema given -> of(given.schema());
                    case ToolInput.OfMethod method -> of(MethodParameters.of(method.method()));
                };
    }

    /** The reader of a record. */
    static <R extends Record> ArgumentReader<R> of(Class<R> type) {
        RawJson schema = InputSchema.of(type);
        return new ArgumentReader<>(
                schema,
                ArgumentRules.local(JSON.readTree(schema.text())),
                arguments -> JSON.treeToValue(arguments, type));
    }

    private static ArgumentReader<ObjectNode> of(RawJson given) {
        ObjectNode schema = GivenSchema.checked(given);
        return new ArgumentReader<>(
                new RawJson(schema.toString()), ArgumentRules.standard(schema), arguments -> arguments);
    }

    private static ArgumentReader<Object[]> of(MethodParameters parameters) {
        return new ArgumentReader<>(
                new RawJson(parameters.schema().toString()),
                ArgumentRules.local(parameters.schema()),
                arguments -> parameters.bind(arguments, JSON));
    }

    /** What the arguments turned out to be. */
    sealed interface Arguments<I> {
        /** They are the input; {@code json} as they were checked. */
        record Accepted<I>(I input, JsonNode json) implements Arguments<I> {}

        /** They break the schema or the record's own rules. {@code rule} is for the model. */
        record Refused<I>(String rule) implements Arguments<I> {}
    }

    /** As the model is given it. */
    RawJson schema() {
        return schema;
    }

    SensitiveMembers sensitive() {
        return rules.sensitive();
    }

    Arguments<I> read(String json) {
        if (json.length() > MAX_CHARS) {
            return new Arguments.Refused<>(
                    "the arguments must have at most " + MAX_CHARS + " characters, but had " + json.length());
        }
        try {
            JsonNode tree = json.isBlank() ? JSON.createObjectNode() : JSON.readTree(json);
            dropNulls(tree);
            String broken = rules.broken(tree, HugeNumbers.in(tree, json));
            return broken.isEmpty() && tree instanceof ObjectNode object
                    ? bind(object)
                    : new Arguments.Refused<>(broken);
        } catch (MismatchedInputException e) {
            return new Arguments.Refused<>(NotJson.twice(json)
                    .map(name -> "'" + name + "' is given twice; give it once")
                    .orElse("the arguments must be one JSON object"));
        } catch (JacksonException e) {
            String where = sensitive().isEmpty() ? NotJson.words(e, json) : NotJson.place(e, json);
            return new Arguments.Refused<>("the arguments are not valid JSON: " + where);
        }
    }

    private Arguments<I> bind(ObjectNode tree) {
        try {
            return new Arguments.Accepted<>(binding.bind(tree), tree);
        } catch (ValueInstantiationException e) {
            Throwable cause = e.getCause();
            return new Arguments.Refused<>(
                    cause instanceof IllegalArgumentException && cause.getMessage() != null
                            ? sensitive().scrubbed(cause.getMessage(), tree)
                            : "the arguments contradict each other");
        } catch (JacksonException e) {
            return new Arguments.Refused<>(sensitive().scrubbed(unreadable(tree, e.getPath()), tree));
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
