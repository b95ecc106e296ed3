package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.Output;
import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Spoils a right plan the way a weak model does: a value is dropped, a value is replaced by its neighbour, the words are not
 * understood, or the model talks without calling a tool. Simulated; driven by the session's seeded random stream alone.
 */
final class Misunderstanding {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Misunderstanding() {}

    /** Whether this turn is misunderstood; draws from the stream only when the rate is above zero. */
    static boolean strikes(BrainProfile profile, RandomGenerator random) {
        return profile.misunderstandingRate() > 0 && random.nextDouble() < profile.misunderstandingRate();
    }

    /**
     * The spoiled plan.
     *
     * @param unclear what the plan would be had nothing been understood
     */
    static List<Output> of(List<Output> plan, List<ToolSpec> tools, List<Output> unclear, RandomGenerator random) {
        int kind = random.nextInt(4);
        Optional<Output.CallTool> filling = plan.stream()
                .filter(Output.CallTool.class::isInstance)
                .map(Output.CallTool.class::cast)
                .filter(call -> call.arguments().properties().stream()
                        .anyMatch(value -> !value.getKey().equals("revision")))
                .filter(call -> tools.stream().anyMatch(tool -> tool.name().equals(call.name())))
                .findFirst();
        if (kind == 0 && filling.isPresent() && filling.get().name().equals(ConventionPlanner.FILL)) {
            return replace(plan, filling.get(), dropped(filling.get(), random));
        }
        if (kind == 1 && filling.isPresent()) {
            return replace(plan, filling.get(), swapped(filling.get(), tools, random));
        }
        if (kind == 2) {
            return List.of(new Output.Speak("All right, I see."));
        }
        return unclear.isEmpty() ? List.of(new Output.Speak("Sorry, I did not quite get that.")) : unclear;
    }

    private static List<Output> replace(List<Output> plan, Output old, Output spoiled) {
        List<Output> replaced = new ArrayList<>(plan);
        replaced.set(plan.indexOf(old), spoiled);
        return replaced;
    }

    private static Output dropped(Output.CallTool call, RandomGenerator random) {
        ObjectNode arguments = JSON.objectNode();
        int lost = random.nextInt(call.arguments().size());
        int index = 0;
        for (var value : call.arguments().properties()) {
            if (index++ != lost) {
                arguments.set(value.getKey(), value.getValue());
            }
        }
        return new Output.CallTool(call.name(), arguments);
    }

    private static Output swapped(Output.CallTool call, List<ToolSpec> tools, RandomGenerator random) {
        List<Property> properties = tools.stream()
                .filter(tool -> tool.name().equals(call.name()))
                .flatMap(tool -> Property.of(tool.parameters()).stream())
                .filter(property -> call.arguments().has(property.name()))
                .toList();
        ObjectNode arguments = JSON.objectNode();
        call.arguments().properties().forEach(value -> arguments.set(value.getKey(), value.getValue()));
        if (!properties.isEmpty()) {
            Property property = properties.get(random.nextInt(properties.size()));
            arguments.set(property.name(), neighbour(property, call.arguments().get(property.name())));
        }
        return new Output.CallTool(call.name(), arguments);
    }

    private static JsonNode neighbour(Property property, JsonNode value) {
        String text = value.asString();
        return switch (property.kind()) {
            case DATE ->
                text.matches("\\d{4}-\\d{2}-\\d{2}")
                        ? JSON.stringNode(LocalDate.parse(text).plusDays(1).toString())
                        : value;
            case TIME ->
                text.matches("\\d{2}:\\d{2}")
                        ? JSON.stringNode(LocalTime.parse(text).plusHours(1).toString())
                        : value;
            case CHOICE -> {
                List<String> values = property.values();
                yield JSON.stringNode(values.get((values.indexOf(text) + 1) % values.size()));
            }
            case WHOLE_NUMBER, NUMBER ->
                property.name().equals("revision") ? value : JSON.numberNode(value.asLong() + 1);
            case PHONE, DIGITS, IDENTIFIER ->
                JSON.stringNode(text.length() > 1 ? text.substring(0, text.length() - 1) : text);
            case FLAG -> JSON.booleanNode(!value.asBoolean());
            case DATE_TIME, EMAIL, DURATION, MONEY, POSTAL_ADDRESS, PERSON_NAME, TOKEN, TEXT -> value;
        };
    }
}
