package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.Output;
import dev.antiphon.testkit.emulator.Brain.Turn;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Chooses among the entries of an FAQ that a flow left to the model: the one with the most words of the question, or none. */
final class EntryChoice {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String QUESTION = "question";
    private static final int NONE = 0;

    private EntryChoice() {}

    /** The call that is due; empty when nothing is left to the model. */
    static Optional<Output> of(Turn turn, Scene scene) {
        boolean offered = turn.tools().stream().anyMatch(tool -> tool.name().equals(ConventionPlanner.ASK));
        if (scene.entries().isEmpty() || !offered) {
            return Optional.empty();
        }
        JsonNode question = scene.known().getOrDefault(QUESTION, JSON.stringNode(""));
        ObjectNode arguments = JSON.objectNode();
        arguments.set(QUESTION, question);
        arguments.put("entry", chosen(question.asString(""), scene.entries()));
        return Optional.of(new Output.CallTool(ConventionPlanner.ASK, arguments));
    }

    private static int chosen(String question, Map<Integer, String> entries) {
        Set<String> asked = GenericPlanner.words(question);
        Comparator<Map.Entry<Integer, String>> alike =
                Comparator.comparing(entry -> GenericPlanner.shared(asked, GenericPlanner.words(entry.getValue())));
        return entries.entrySet().stream()
                .filter(entry -> GenericPlanner.shared(asked, GenericPlanner.words(entry.getValue())) > 0)
                // Of several that are alike the first is the best.
                .max(alike.thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(NONE);
    }
}
