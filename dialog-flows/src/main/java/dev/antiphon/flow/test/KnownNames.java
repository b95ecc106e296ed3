package dev.antiphon.flow.test;

import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.realtime.FunctionTool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names that a test may use: a misspelt one would only be an error that the model is told, and the test would go on. */
final class KnownNames {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> tasks;
    private final List<String> actions;
    private final List<String> slots = new ArrayList<>();
    private final List<String> flows = new ArrayList<>();

    KnownNames(FlowConversation conversation) {
        tasks = options(conversation, "start_task", "task");
        actions = options(conversation, "control", "action");
        conversation.dialog().flows().forEach(flow -> {
            flows.add(flow.name());
            flow.slots().stream()
                    .map(Slot::name)
                    .filter(name -> !slots.contains(name))
                    .forEach(slots::add);
        });
    }

    private static List<String> options(FlowConversation conversation, String tool, String property) {
        return conversation.opening().tools().stream()
                .filter(each -> each.name().equals(tool))
                .map(FunctionTool::parameters)
                .flatMap(schema ->
                        JSON.readTree(schema.text()).path("properties").path(property).path("enum").values().stream())
                .map(JsonNode::asString)
                .toList();
    }

    void requireTask(String name) {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("a task is wanted only of a service, but '" + name
                    + "' was wanted of the flow '" + flows.getFirst() + "', whose task begins with the call");
        }
        require("task", name, tasks);
    }

    void requireAction(String name) {
        require("action of the tool control", name, actions);
    }

    /** Of several flows, {@code flow} names the one that the values belong to. */
    void requireSlots(Collection<String> names) {
        names.stream()
                .filter(name -> flows.size() == 1 || !name.equals("flow"))
                .forEach(name -> require("slot", name, slots));
    }

    void requireFlow(String name) {
        require("flow", name, flows);
    }

    private static void require(String kind, String name, List<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("the " + kind + " must be one of " + known + ", but was '" + name + "'");
        }
    }
}
